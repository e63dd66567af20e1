"""The theme and its words: loaded from their files when one of these has changed, else remembered."""

from __future__ import annotations

from pathlib import Path

from cnnt_site.building.memory import Memory
from cnnt_site.problems import Problems
from cnnt_site.reading.tree import SourceTree
from cnnt_site.themes import Theme, load_theme
from cnnt_site.words import Words, read_words


def dress(
    themes: SourceTree, name: str, languages: tuple[str, ...], memory: Memory, problems: Problems
) -> tuple[Theme, dict[str, Words]] | None:
    """The theme `name` and its words by language; None after a problem."""
    stamps = {folder: (listed.names, listed.stamps) for folder, listed in themes.listed.items()}
    asked, kept = (str(themes.root), name, languages, stamps), memory.part("dress")
    if kept and kept[0] == asked and themes.is_sure:
        _, chain, assets, addresses, entries = kept
        theme = Theme(name, tuple(map(Path, chain)), assets, addresses)
        return theme, {lang: Words(lang, entries[lang], name, problems) for lang in languages}
    loaded = load_theme(themes.root, name, problems)
    if loaded is None:
        return None
    words = {lang: read_words(loaded.word_files(lang), lang, name, problems) for lang in languages}
    chain, entries = tuple(map(str, loaded.chain)), {lang: dict(said.entries) for lang, said in words.items()}
    memory.put("dress", (asked, chain, dict(loaded.assets), dict(loaded.addresses), entries))
    return loaded, words
