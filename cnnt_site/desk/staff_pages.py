"""What the preview adds for staff: problems over the page, the state of the catalogue, an index of all pages."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from cnnt_site.addresses.routes import FOLDER_OF
from cnnt_site.desk.preview import Preview
from cnnt_site.desk.report import as_json, lack_label, sections
from cnnt_site.desk.state import State, describe, untranslated
from cnnt_site.pipeline import Result
from cnnt_site.problems import Problem
from cnnt_site.reading.layout import FOLDERS
from cnnt_site.reporting import Reporter, Told, message

ROOT = "_desk/"
REPORT, INDEX, JSON, STYLE = f"{ROOT}report.html", f"{ROOT}pages.html", f"{ROOT}report.json", f"{ROOT}desk.css"

EDITORS = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "none": "",
}
"""Addresses by which editors open a file; `{path}` begins with a slash and is encoded."""

MOST_SHOWN = 30
"""Problems of a kind that stand over a page; the terminal has all of them."""

_FOLDER = Path(__file__).parent / "preview_pages"
_TITLE = re.compile(rb"<title>(.*?)</title>", re.S)


@dataclass(frozen=True, slots=True)
class Shown:
    """A problem as the overlay shows it, with the link that opens its file ('' for none)."""

    told: Told
    link: str


def editor_link(template: str, path: PurePath, line: int | None = None, column: int | None = None) -> str:
    """The address that opens `path`, a full path of any system, in the editor; '' without a template."""
    written = path.as_posix()
    encoded = quote(written if written.startswith("/") else f"/{written}", safe="/:")
    gaps = {"path": encoded, "line": str(line or 1), "column": str(column or 1)}
    return functools.reduce(lambda text, gap: text.replace(f"{{{gap}}}", gaps[gap]), gaps, template)


class StaffPages:
    """The preview's own pages, made from the result of its last build, in the language of the command.

    `content` is how the content folder is called, `editor` a template as in EDITORS, `days` those within
    which certificates are said to end soon.
    """

    def __init__(self, preview: Preview, lang: str, themes: Path, content: str, editor: str, days: int | None) -> None:
        self._preview, self._lang, self._themes = preview, lang, themes
        self._content, self._editor, self._days = content, editor, days
        self._described: tuple[Result, State | None] | None = None

    def pages(self) -> Mapping[str, Callable[[], bytes]]:
        """The pages and files by their path in the preview."""
        return {
            REPORT: self.report,
            INDEX: self.index,
            JSON: self.json,
            STYLE: (_FOLDER / "desk.css").read_bytes,
        }

    def dress(self, address: str, page: bytes) -> bytes:
        """A page of the site with the staff bar, and the problems over it when there are any."""
        result = self._preview.result
        if result is None:
            return page
        files, lacking = self._about(result, address)
        bar = self._render(
            "bar.html",
            found=(("errors", *self._problems(result, "error")), ("warnings", *self._problems(result, "warning"))),
            files=[(path, self._open(result, path)) for path in files],
            lacking=lacking,
        )
        head, body_end, rest = page.rpartition(b"</body>")
        return head + bar + body_end + rest

    def report(self) -> bytes:
        """The state of the catalogue as a page."""
        result = self._preview.result
        state = self._state(result) if result else None
        found = list(sections(state, self._lang)) if state else []
        rows = {row.file for section in found for row in section.rows if row.file}
        links = {path: self._open(result, path) for path in rows} if result else {}
        return self._whole("report.html", state=state, sections=found, links=links)

    def json(self) -> bytes:
        """Problems and state for other programs, as `check --json` prints them."""
        result = self._preview.result
        told = [self._reporter(result).told(problem) for problem in result.problems] if result else []
        return as_json(told, self._state(result) if result else None).encode()

    def index(self) -> bytes:
        """Every page of the site by its folder, with its title."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for address, page in sorted(self._preview.files.items()):
            if address.endswith(".html"):
                found = _TITLE.search(page)
                title = html.unescape(found[1].decode("utf-8").strip()) if found else address
                groups.setdefault(f"/{address.rpartition('/')[0]}", []).append((address, title))
        return self._whole("index.html", groups=groups)

    def _state(self, result: Result) -> State | None:
        """The state that a result shows; worked out once for each."""
        if self._described is None or self._described[0] is not result:
            described = describe(result.records, result.tree, result.catalogue, result.as_of, self._days)
            self._described = (result, described)
        return self._described[1]

    def _about(self, result: Result, address: str) -> tuple[list[str], list[str]]:
        """The files of the record that a page is about, and what of it isn't translated into the page's language."""
        key = result.routes.ledger.current.get(address, "") if result.routes else ""
        kind, _, id_ = key.partition(":")
        if kind not in FOLDER_OF:
            return [], []
        folder = f"{FOLDER_OF[kind]}/{id_}"
        file = f"{folder}/{FOLDERS[FOLDER_OF[kind]][0]}"
        texts = [f"{folder}/{lang}.md" for lang in result.records.told_in.get(folder, ())]
        record = getattr(result.records, FOLDER_OF[kind]).get(id_)
        if record is None or getattr(record, "withdrawn", None) is not None:
            return [file, *texts], []
        lacks = untranslated(result.records, folder, record, address.split("/")[0])
        return [file, *texts], [lack_label(lack, self._lang) for lack in lacks]

    def _open(self, result: Result, path: str) -> str:
        file = result.tree.files.get(path)
        return editor_link(self._editor, Path(file.real).resolve()) if file else ""

    def _problems(self, result: Result, severity: str) -> tuple[int, list[Shown]]:
        """How many problems there are, and the first of them in words."""
        reporter, found = self._reporter(result), [each for each in result.problems if each.severity == severity]
        return len(found), [self._shown(reporter, problem) for problem in found[:MOST_SHOWN]]

    def _shown(self, reporter: Reporter, problem: Problem) -> Shown:
        told = reporter.told(problem)
        link = editor_link(self._editor, told.real.resolve(), told.line, told.column) if told.real else ""
        return Shown(told, link)

    def _reporter(self, result: Result) -> Reporter:
        return Reporter(self._lang, result.tree, self._themes, self._content)

    def _whole(self, template: str, **values: Any) -> bytes:
        """A page of the desk's own, with the bar that every page has."""
        return self.dress("", self._render(template, **values))

    def _render(self, template: str, **values: Any) -> bytes:
        links = {"report": f"/{REPORT}", "index": f"/{INDEX}", "style": f"/{STYLE}", "json": f"/{JSON}"}
        text: str = (
            _templates()
            .get_template(template)
            .render(t=functools.partial(message, self._lang), lang=self._lang, at=links, **values)
        )
        return text.encode()


@functools.cache
def _templates() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
