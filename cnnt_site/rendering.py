"""Views to pages: the only place that knows the template language."""

from __future__ import annotations

import traceback
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from cnnt_site.addresses.relative import folder_of, relative
from cnnt_site.cache import Cache
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.escaping import filled, marked, said, shown
from cnnt_site.noting import MOST_SHARED
from cnnt_site.pages.parts import SiteView
from cnnt_site.pages.showroom import PagePlan, Showroom
from cnnt_site.problems import Problems, Spot
from cnnt_site.recent import Recent
from cnnt_site.themes import Theme

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.compiler import CodeGenerator

    from cnnt_site.compiling import DirectMacro

TEMPLATES = "templates"


class Renderer:
    """One template environment for the whole site, made once: compiling costs more than rendering.

    Templates of a later theme come before its parent's; a parent's own stays reachable as
    "base/product.html".
    """

    def __init__(self, showroom: Showroom, sites: Mapping[str, SiteView], cache: Cache, problems: Problems) -> None:
        from cnnt_site.templates import TemplateDigests

        self._cache = cache
        self._theme, self._words, self._sites, self._problems = showroom.theme, showroom.words, sites, problems
        self.template_digests: Mapping[str, str] = TemplateDigests(self._direct)
        self._page: PagePlan | None = None
        self._file: bytes | None = None
        self._plain_words: dict[str, dict[str, Markup]] = {lang: {} for lang in showroom.words}
        self._fragments = Recent[tuple[str, tuple[object, ...]]](MOST_SHARED)
        self._spoken = showroom.words[showroom.catalogue.languages[0]]

    def render(self, page: PagePlan) -> bytes | None:
        """The page's file; None after a problem in a template. Words and links are those of `page`.

        A page that shows what the one before it shows, in the same folder, is the same file.
        """
        import jinja2

        before, self._page, self._spoken = self._page, page, self._words[page.lang]
        if before is not None and self._shows_the_same(before, page):
            return self._file
        self._file = None
        try:
            text = self._text(page)
        except jinja2.TemplateError as error:
            self._tell(page, error)
            return None
        self._file = text.encode("utf-8")
        return self._file

    def _text(self, page: PagePlan) -> str:
        seen = {"frame": page.frame, "site": self._sites[page.lang], "view": page.view}
        try:
            return self._direct.get_template(page.template).render(seen)
        except AttributeError:
            return self._careful.get_template(page.template).render(seen)

    @cached_property
    def _direct(self) -> Environment:
        from cnnt_site.compiling import DirectCode

        return self._environment(DirectCode)

    @cached_property
    def _careful(self) -> Environment:
        from cnnt_site.compiling import CarefulCode

        return self._environment(CarefulCode)

    def _environment(self, code: type[CodeGenerator]) -> Environment:
        import jinja2

        from cnnt_site.compiling import PageEnvironment
        from cnnt_site.templates import KeptBytecode

        folders = {folder.name: jinja2.FileSystemLoader(folder / TEMPLATES) for folder in reversed(self._theme.chain)}
        environment = PageEnvironment(
            code,
            loader=jinja2.ChoiceLoader([*folders.values(), jinja2.PrefixLoader(folders)]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            keep_trailing_newline=True,
            bytecode_cache=KeptBytecode(self._cache, code.__name__),
            cache_size=-1,
        )
        environment.globals.update(
            t=self._word, once=self._once, forms=self._forms, has_word=self._has_word, asset=self._asset
        )
        environment.filters.update(
            said=said, whole=self._whole, day=self._day, rough_day=self._rough_day, number=self._number
        )
        return environment

    @staticmethod
    def _shows_the_same(before: PagePlan, page: PagePlan) -> bool:
        return (
            before.view is page.view
            and before.frame is page.frame
            and before.template == page.template
            and folder_of(before.address) == folder_of(page.address)
        )

    def _tell(self, page: PagePlan, error: Exception) -> None:
        """A broken template, at the line where it broke."""
        path, line = getattr(error, "filename", None) or page.template, getattr(error, "lineno", None)
        inside = [step for step in traceback.extract_tb(error.__traceback__) if TEMPLATES in Path(step.filename).parts]
        if inside and line is None:
            path, line = inside[-1].filename, inside[-1].lineno
        parts = Path(path).parts
        told = "/".join(("themes", *parts[parts.index(TEMPLATES) - 1 :])) if TEMPLATES in parts else path
        self._problems.error("template-broken", Spot(told, line=line), reason=str(error), page=page.address)

    def _word(self, key: str, **values: object) -> Markup:
        if not values:
            plain = self._plain_words[self._spoken.lang]
            if key not in plain:
                plain[key] = filled(self._spoken.template(key), {})
            return plain[key]
        word = self._spoken.template(key, values.get("n"))
        return filled(word, {name: self._shown(name, value) for name, value in values.items()})

    def _once(self, macro: DirectMacro, *shown: object) -> str:
        """What a macro makes of values that many pages of a language show; it may look at nothing else.

        Texts and numbers are told apart by what they are, all else by being the very same value.
        """
        told = [part if isinstance(part, str | int | None) else id(part) for part in shown]
        key = (macro.code, self._spoken.lang, *told)
        known = self._fragments.get(key)
        if known is None:
            known = self._fragments.put(key, (macro(*shown), shown))  # holding them keeps their numbers
        return known[0]

    def _forms(self, *keys: str) -> dict[str, tuple[str, ...]]:
        """Words for scripts by key, the gaps of their forms open."""
        return {key: self._spoken.forms(key) for key in keys}

    def _shown(self, name: str, value: object) -> str:
        if isinstance(value, Markup):
            return value
        return said(value) if isinstance(value, Phrase) else shown(self._spoken.show(name, value))

    def _has_word(self, key: str) -> bool:
        return self._spoken.has(key)

    def _asset(self, name: str) -> str:
        assert self._page is not None
        return relative(self._page.address, self._theme.addresses[name])

    def _whole(self, name: Phrase | str) -> Markup:
        """Like `said`, for large type: compounds and measures don't break."""
        if isinstance(name, Markup):
            return marked(self._spoken.whole(name))
        phrase = name if isinstance(name, Phrase) else Phrase(str(name))
        words = self._words.get(phrase.lang, self._spoken)
        return said(Phrase(words.whole(phrase.text), phrase.lang))

    def _day(self, value: date) -> str:
        return self._spoken.day(value)

    def _rough_day(self, value: str) -> str:
        return self._spoken.rough_day(value)

    def _number(self, value: float) -> str:
        return self._spoken.number(value)


def level_marks(theme: Theme) -> str:
    """The marks of the levels as the theme draws them: the symbols of its `marks.html`."""
    import jinja2

    folders = [jinja2.FileSystemLoader(folder / TEMPLATES) for folder in reversed(theme.chain)]
    return jinja2.Environment(loader=jinja2.ChoiceLoader(folders), autoescape=True).get_template("marks.html").render()
