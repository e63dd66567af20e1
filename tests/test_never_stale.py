"""P2: whatever happens to content, themes, caches and builds, the output is that of a clean build."""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from cnnt_site import blocks, files, noting
from cnnt_site.building import publishing, workshop
from cnnt_site.cli import PROJECT
from tests.harness.examples import examples
from tests.harness.sites import TinySite, picture, site_from, snapshot

MORE = """\
--- products/tranh-hai/product.yaml
name: {vi: Tranh hai, en: Painting two}
producer: co-so-mot
group: crafts
certificates:
  - level: district
    year: 2019
--- products/am-chen/product.yaml
name: {vi: Ấm chén, en: Tea set}
group: crafts
place: {district: tinh-thu/huyen-mot}
certificates:
  - level: district
    year: 2020
photos:
  - file: a.jpg
    alt: {vi: Một tấm ảnh, en: A photo}
    author: A
    rights_holder: A
    licence: {vi: Được phép, en: Permitted}
    permission: {date: 2026-01-01, by: A}
--- products/am-chen/photos/a.jpg picture JPEG RGB 60x40
--- products/an-thu/product.yaml
name: {vi: Ăn thử}
--- fairs/hoi-cho/fair.yaml
name: {vi: Hội chợ thử, en: Trial fair}
products: [tranh-mot]
--- pages/gioi-thieu/page.yaml
title: {vi: Giới thiệu, en: About}
menu: about
--- pages/gioi-thieu/vi.md
Xem [tranh một](product:tranh-mot).
"""

PRODUCTS = ("tranh-mot", "tranh-hai", "am-chen", "an-thu")
WORDS = st.sampled_from(("Đỏ", "Xanh", "Vàng & bạc", "A < B", "Rất dài " * 8))
product = st.sampled_from(PRODUCTS)


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few products are several blocks, too."""
    monkeypatch.setattr(blocks, "SIZE", 2)


class Keeper(RuleBasedStateMachine):
    """Somebody who keeps a catalogue, with bad luck."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="never-stale-"))
        self.site = TinySite(self.folder / "kept")
        self.away: dict[str, Path] = {}
        self.options: list[str] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @initialize()
    def begin(self) -> None:
        site_from(self.site.folder, MORE)
        shutil.copytree(PROJECT / "themes", self.site.folder / "themes")
        self.site.run()

    def _there(self, id_: str) -> Path | None:
        path = self.site.content / "products" / id_ / "product.yaml"
        return path if path.exists() else None

    def _replace(self, path: Path, old: str, new: str) -> None:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    # What staff do

    @rule(id_=product, words=WORDS, lang=st.sampled_from(("vi", "en")))
    def write_a_text(self, id_: str, words: str, lang: str) -> None:
        if self._there(id_):
            self.site.write(f"products/{id_}/{lang}.md", f"{words} và [hội chợ](fair:hoi-cho).\n\n## {words}\n")

    @rule(id_=product, lang=st.sampled_from(("vi", "en")))
    def take_a_text_away(self, id_: str, lang: str) -> None:
        (self.site.content / f"products/{id_}/{lang}.md").unlink(missing_ok=True)

    @rule(id_=product, old=st.sampled_from(("Tranh", "Ấm", "Ăn")), words=st.sampled_from(("Tranh", "Ấm", "Bộ")))
    def rename(self, id_: str, old: str, words: str) -> None:
        if path := self._there(id_):
            self._replace(path, f"vi: {old}", f"vi: {words}")

    @rule(id_=product, letter=st.sampled_from("aă "))
    def correct_a_name(self, id_: str, letter: str) -> None:
        if path := self._there(id_):
            path.write_text(re.sub(r"name: {vi: [^,}]*", rf"\g<0>{letter}", path.read_text("utf-8")), "utf-8")

    @rule(id_=product, year=st.integers(2018, 2022), level=st.sampled_from(("district", "province")))
    def certify(self, id_: str, year: int, level: str) -> None:
        if path := self._there(id_):
            kept = path.read_text("utf-8").split("certificates:")[0]
            path.write_text(f"{kept}certificates:\n  - level: {level}\n    year: {year}\n", "utf-8")

    @rule(id_=product)
    def put_away_or_bring_back(self, id_: str) -> None:
        """A folder that vanishes may lose an address, which is an error; it comes back with its old times."""
        folder = self.site.content / "products" / id_
        if id_ in self.away:
            self.away.pop(id_).rename(folder)
        elif folder.exists():
            self.away[id_] = folder.rename(self.folder / f"away-{id_}")

    @rule(id_=product)
    def rename_a_folder(self, id_: str) -> None:
        folder, other = (self.site.content / "products" / name for name in (id_, f"{id_}-moi"))
        if folder.exists() and not other.exists():
            folder.rename(other)
        elif other.exists() and not folder.exists():
            other.rename(folder)

    @rule(colour=st.integers(0, 255))
    def swap_the_photo_keeping_its_time(self, colour: int) -> None:
        path = self.site.content / "products/am-chen/photos/a.jpg"
        if path.exists():
            before = path.stat()
            path.write_bytes(picture("JPEG", "RGB", f"6{colour % 2}x40"))
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    @rule(seconds=st.integers(0, 10**6), which=st.randoms(use_true_random=False))
    def touch_something(self, seconds: int, which: random.Random) -> None:
        paths = sorted(path for path in self.site.content.rglob("*") if path.is_file())
        os.utime(which.choice(paths), (1_700_000_000 + seconds, 1_700_000_000 + seconds))

    @rule(name=WORDS)
    def change_a_list(self, name: str) -> None:
        path = self.site.content / "places/districts.yaml"
        before = path.read_text("utf-8").split("\n")
        path.write_text("\n".join(f'  short: {{vi: "{name}", en: M}}' if "short" in row else row for row in before))

    @rule(text=WORDS)
    def change_the_theme(self, text: str) -> None:
        for name, own in (("templates/footer.html", "<p>{{ site.name }}: {}</p>"), ("assets/base.css", "/* {} */")):
            source = (PROJECT / "themes/base" / name).read_text("utf-8")
            (self.site.folder / "themes/base" / name).write_text(source + own.replace("{}", text) + "\n", "utf-8")

    @rule(text=st.sampled_from(("Sản phẩm", "Món")))
    def change_a_word(self, text: str) -> None:
        source = (PROJECT / "themes/base/words/vi.po").read_text("utf-8")
        changed = source.replace('msgid "nav.products"\nmsgstr "Sản phẩm"', f'msgid "nav.products"\nmsgstr "{text}"')
        (self.site.folder / "themes/base/words/vi.po").write_text(changed, "utf-8")

    @rule(options=st.sampled_from(([], ["--as-of", "2030-01-01"], ["--base-url", "https://vi-du.example/a/"])))
    def want_something_else(self, options: list[str]) -> None:
        self.options = options

    # What goes wrong

    @rule(id_=product)
    def break_something(self, id_: str) -> None:
        if path := self._there(id_):
            self._replace(path, "group: crafts", "group: khong-co")

    @rule(id_=product)
    def mend_it(self, id_: str) -> None:
        if path := self._there(id_):
            self._replace(path, "group: khong-co", "group: crafts")

    @rule(step=st.integers(0, 40))
    def build_and_be_killed(self, step: int) -> None:
        left, real = [step], files.move_into_place

        def until_killed(ready: Path, path: Path) -> None:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            real(ready, path)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(publishing, "move_into_place", until_killed)
            self.site.run("build", *self.options)

    @rule(which=st.randoms(use_true_random=False), way=st.sampled_from(("cut", "flip", "remove", "empty")))
    def damage_the_cache(self, which: random.Random, way: str) -> None:
        cache = self.site.folder / ".cache"
        entries = sorted(path for path in cache.rglob("*") if path.is_file() and path.name != "lock")
        if not entries:
            return
        path = which.choice([*entries, *(entry for entry in entries if entry.suffix == ".db")])
        data = bytearray(path.read_bytes())
        if way == "remove":
            path.unlink()
        elif way == "empty" or not data:
            path.write_bytes(b"")
        elif way == "cut":
            path.write_bytes(data[: len(data) // 2])
        else:
            data[which.randrange(len(data))] ^= 255
            path.write_bytes(data)

    @rule()
    def delete_the_cache(self) -> None:
        shutil.rmtree(self.site.folder / ".cache", ignore_errors=True)

    @precondition(lambda self: self.site.output.exists())
    @rule(which=st.randoms(use_true_random=False))
    def spoil_an_output(self, which: random.Random) -> None:
        path = which.choice(sorted(path for path in self.site.output.rglob("*.html")))
        if which.random() < 0.5:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes() + b"<!-- -->")

    # What must hold

    @rule(jobs=st.sampled_from(("1", "2")))
    def build(self, jobs: str) -> None:
        """Equal to a build of the same content and themes by somebody without a cache."""
        before = snapshot(self.site.output) if self.site.output.exists() else {}
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(workshop, "WORTH_WORKERS", 8)
            done = self.site.run("build", "--jobs", jobs, *self.options)
        clean = TinySite(Path(tempfile.mkdtemp(dir=self.folder)))
        shutil.copytree(self.site.content, clean.content)
        shutil.copytree(self.site.folder / "themes", clean.folder / "themes")
        expected = clean.run("build", "--jobs", "1", *self.options)
        assert done.code == expected.code, done.err
        assert done.err == expected.err
        now = snapshot(self.site.output) if self.site.output.exists() else {}
        wanted = clean.files() if done.code == 0 else before
        assert sorted(now) == sorted(wanted)
        assert [address for address in now if now[address] != wanted[address]] == []
        shutil.rmtree(clean.folder)


QUICK = examples(3, stateful_step_count=12)


def test_builds_of_every_history_equal_clean_ones() -> None:
    run_state_machine_as_test(Keeper, settings=QUICK)


@contextlib.contextmanager
def blind(path: str) -> Iterator[None]:
    """Plants a bug: what is looked at below `path` isn't noted."""
    real = noting.Watched.__init__

    def forgetful(self: Any, part: Any, at: str, add: Any) -> None:
        real(self, part, at, (lambda cell: None) if at.endswith(path) else add)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(noting.Watched, "__init__", forgetful)
        yield


@pytest.mark.parametrize(
    ("path", "act"),
    [
        ("records.texts", lambda keeper: keeper.write_a_text("tranh-mot", "Đỏ", "vi")),
        ("catalogue.entries", lambda keeper: keeper.rename("tranh-mot", "Tranh", "Bộ")),
        ("records.districts", lambda keeper: keeper.change_a_list("Đỏ")),
        ("album.pictures", lambda keeper: keeper.swap_the_photo_keeping_its_time(1)),
    ],
)
def test_a_part_that_is_looked_at_without_being_noted_would_be_found(path: str, act: Callable[[Keeper], None]) -> None:
    keeper = Keeper()
    try:
        with blind(path):
            keeper.begin()
            act(keeper)
            with pytest.raises(AssertionError):
                keeper.build("1")
    finally:
        keeper.teardown()
