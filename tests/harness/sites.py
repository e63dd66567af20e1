"""Whole tiny sites, written from one string.

A string holds files as sections that begin with a line `--- path`; they are laid over a site that is
complete with one product. What isn't plain text is asked for by a word after the path:

    --- site.yaml remove                            takes a file away
    --- themes/showroom/templates/text.html         changes a copy of the themes
    --- products/tranh-mot/en.md repeat 9000        the text so many times
    --- products/tranh-mot/vi.md bytes              the text with escapes such as \\xff made bytes
    --- products/tranh-mot/pipe pipe                a named pipe
    --- products/link link ../elsewhere             a symbolic link
    --- products/tranh-mot/photos/a.jpg picture JPEG RGB 60x40 [cut|animated]
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element

import html5lib
from PIL import Image

from cnnt_site.cli import PROJECT, main

DRAWING = """\
--- illustrations/illustrations.yaml
tranh:
  file: tranh.svg
  represents: {vi: tranh}
  alt: {vi: Một bức tranh}
  author: A
  licence: {vi: Tự do}
--- illustrations/tranh.svg
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"><path fill="#b8285a" d="M0 0h800v800z"/></svg>
"""
"""Sections that give a site a drawing named `tranh`."""

SMALLEST = """\
--- site.yaml
name: {vi: Trang thử, en: Trial site}
tagline: {vi: Chỉ để thử, en: For trials only}
description: {vi: Một trang nhỏ để thử., en: A small site for trials.}
term: {vi: sản phẩm công nghiệp nông thôn tiêu biểu, en: typical rural industrial product}
languages: [vi, en]
updated: 2026-11-24
programme: cnnt
province: tinh-thu
home:
  title: {vi: Trang thử, en: Trial}
--- taxonomies/programmes.yaml
cnnt:
  name: {vi: Chương trình thử, en: Trial programme}
  short: {vi: CNNT, en: CNNT}
--- taxonomies/levels.yaml
district:
  programme: cnnt
  step: 1
  label: {vi: Cấp huyện, en: District level}
  slug: {vi: huyen, en: district}
province:
  programme: cnnt
  step: 2
  label: {vi: Cấp tỉnh, en: Provincial level}
  slug: {vi: tinh, en: province}
--- taxonomies/product-groups.yaml
crafts:
  label: {vi: Thủ công mỹ nghệ, en: Handicrafts}
  slug: {vi: thu-cong, en: handicrafts}
--- taxonomies/producer-kinds.yaml
household:
  label: {vi: Hộ kinh doanh, en: Household business}
--- places/provinces.yaml
tinh-thu:
  name: {vi: tỉnh Thử, en: Thử Province}
  short: {vi: Thử, en: Thử}
--- places/districts.yaml
tinh-thu/huyen-mot:
  province: tinh-thu
  name: {vi: huyện Một, en: Một District}
  short: {vi: Một, en: Một}
--- places/communes.yaml
tinh-thu/xa-ba:
  province: tinh-thu
  name: {vi: xã Ba, en: Ba Commune}
  parts:
    - name: xã Hai
      district: tinh-thu/huyen-mot
--- producers/co-so-mot/producer.yaml
name: {vi: Cơ sở Một, en: Một Workshop}
kind: household
place: {commune: xã Hai, district: tinh-thu/huyen-mot}
--- products/tranh-mot/product.yaml
name: {vi: Tranh một, en: Painting one}
summary: {vi: Một bức tranh để thử., en: A painting for trials.}
producer: co-so-mot
group: crafts
certificates:
  - level: province
    year: 2020
--- products/tranh-mot/vi.md
Bức tranh này chỉ có để thử.
--- products/tranh-mot/en.md
This painting exists for trials only.
"""

MANY = "".join(
    f"""\
--- products/am-chen-{number}/product.yaml
name: {{vi: Ấm chén {number}, en: Tea set {number}}}
producer: co-so-mot
--- products/am-chen-{number}/vi.md
Bộ ấm chén thứ {number}.
"""
    for number in range(120)
)
"""Sections that give a site so many products that other processes help to make it."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command ended with: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class TinySite:
    """A site in a folder of its own, to be built, edited and built again."""

    folder: Path

    @property
    def content(self) -> Path:
        """Its content folder."""
        return self.folder / "content"

    @property
    def output(self) -> Path:
        """Where it is built to."""
        return self.folder / "output"

    def write(self, path: str, text: str | bytes) -> None:
        """Writes a file of the content."""
        file = self.content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)

    def lay(self, sections: str) -> None:
        """Writes or removes files, given as in the module's docstring."""
        for heading, text in re.findall(r"^--- (.+)\n((?:(?!--- ).*\n?)*)", sections, re.M):
            path, _, asked = heading.partition(" ")
            word, *details = asked.split() or [""]
            if path.startswith("themes/"):
                self._write_theme_file(path, text, removed=word == "remove")
            elif word == "remove":
                (self.content / path).unlink()
            elif word == "repeat":
                self.write(path, text.rstrip("\n") * int(details[0]))
            elif word == "bytes":
                self.write(path, text.encode("latin-1").decode("unicode_escape").encode("latin-1"))
            elif word == "link":
                (self.content / path).parent.mkdir(parents=True, exist_ok=True)
                (self.content / path).symlink_to(details[0])
            elif word == "pipe":
                os.mkfifo(self.content / path)
            elif word == "picture":
                self.write(path, picture(*details))
            else:
                self.write(path, text)

    def _write_theme_file(self, path: str, text: str, *, removed: bool) -> None:
        """Changes a file of the site's own copy of the themes."""
        if not (self.folder / "themes").exists():
            shutil.copytree(PROJECT / "themes", self.folder / "themes")
        file = self.folder / path
        if removed:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Changes a text that stands in a file of the content."""
        text = (self.content / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new))

    def run(self, *arguments: str) -> Run:
        """Runs the command where the site is, in English unless told otherwise."""
        asked = list(arguments) if "--lang" in arguments else [*arguments, "--lang", "en"]
        if (self.folder / "themes").exists():
            asked += ["--themes", "themes"]
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(asked)
        return Run(code, out.getvalue(), err.getvalue())

    def built(self, *arguments: str) -> TinySite:
        """Builds it, which must succeed, and returns it."""
        done = self.run("build", *arguments)
        assert done.code == 0, done.err
        return self

    def page(self, address: str) -> Element:
        """A page of the output, parsed."""
        return parse((self.output / address).read_bytes())

    def files(self) -> dict[str, bytes]:
        """Every file of the output with its bytes."""
        return snapshot(self.output)


def site_from(folder: Path, sections: str = "") -> TinySite:
    """The smallest site below `folder`, with `sections` laid over it."""
    site = TinySite(folder)
    for path, data in _compiled_templates().items():
        entry = site.folder / ".cache" / path
        entry.parent.mkdir(parents=True, exist_ok=True)
        entry.write_bytes(data)
    site.lay(SMALLEST)
    site.lay(sections)
    return site


@cache
def _compiled_templates() -> dict[str, bytes]:
    """What every site would find out again for its cache: mostly the theme's templates, compiled."""
    with TemporaryDirectory() as folder:
        site = TinySite(Path(folder))
        site.lay(SMALLEST)
        entries = snapshot(site.built().folder / ".cache")
    return {path: data for path, data in entries.items() if "/" in path}


def picture(form: str, mode: str, size: str, way: str = "") -> bytes:
    """A picture file: `form` JPEG, PNG …, `mode` as Pillow names it, `size` as 60x40, whole, `cut` or `animated`."""
    width, height = (int(side) for side in size.split("x"))
    image = Image.new(mode, (width, height), 120)
    more = [Image.new(mode, (width, height), 10)] if way == "animated" else []
    target = io.BytesIO()
    image.save(target, form, **({"save_all": True, "append_images": more} if more else {}))
    data = target.getvalue()
    return data[: len(data) // 2] if way == "cut" else data


def parse(page: bytes) -> Element:
    """HTML as a tree without namespaces; fails when it isn't strictly valid."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(page)
    return tree


def text_of(element: Element | None) -> str:
    """All text in an element, its white space joined."""
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
