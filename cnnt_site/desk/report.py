"""The state of the catalogue in words: sections of rows, which a terminal and the preview's page both show."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cnnt_site.desk.counts import Beside, Count, Counts
from cnnt_site.desk.fields import described
from cnnt_site.desk.state import Expiry, Lack, Mention, State, as_plain
from cnnt_site.reporting import Told, message

SHOWN = 8
"""How many rows of a section a terminal shows unless all are asked for."""

WIDEST = 48
"""Letters of a cell that a terminal shows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section: its cells, and the file of the content folder that it is about ('' for none)."""

    cells: tuple[str, ...]
    file: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question about the catalogue. `note` says what an empty section means, or what to do about rows.

    `figure` sections count; the others list what somebody should look at.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    figure: bool = False


def sections(state: State, lang: str) -> Iterator[Section]:
    """The whole state, what asks for work first, worded in `lang`."""
    yield from _to_do(state, lang)
    if state.counts is not None:
        yield from _figures(state.counts, lang)


def as_text(state: State | None, lang: str, *, full: bool = False) -> str:
    """The state for a terminal; long lists are cut unless `full`."""
    if state is None:
        return message(lang, "state-unknown")
    lines = [message(lang, "state-title", day=_day(state.as_of.isoformat(), lang))]
    for section in sections(state, lang):
        if section.figure and section.columns and not section.rows:
            continue
        lines += ["", f"{section.title}: {len(section.rows)}" if not section.figure else section.title]
        if section.rows and not section.figure:
            lines.append(f"  {section.note}")
        most = len(section.rows) if full or section.figure else SHOWN
        lines += _table(section.rows[:most], 1000 if full else WIDEST)
        if len(section.rows) > most:
            lines.append(f"  {message(lang, 'state-more', n=len(section.rows) - most)}")
    if state.counts is None:
        lines += ["", message(lang, "state-no-counts")]
    return "\n".join(lines)


def as_json(problems: Iterable[Told], state: State | None) -> str:
    """Problems and state for other programs: keys are the fields of `Told` and `State`, days `2026-11-24`."""
    told = [{name: said for name, said in dataclasses.asdict(each).items() if name != "real"} for each in problems]
    return json.dumps({"problems": told, "state": as_plain(state)}, ensure_ascii=False, indent=1)


def _table(rows: Iterable[Row], widest: int) -> list[str]:
    """Rows with their columns below one another, cells cut to `widest` letters; the file stands last, whole."""

    def cut(cell: str) -> str:
        return cell if len(cell) <= widest else f"{cell[: widest - 1]}…"

    filled = [(*map(cut, row.cells), row.file) if row.file else tuple(map(cut, row.cells)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*filled, strict=True)]
    return ["  " + "  ".join(map(str.ljust, cells, widths)).rstrip() for cells in filled]


def _to_do(state: State, lang: str) -> Iterator[Section]:
    name, lacks, language = message(lang, "state-name"), message(lang, "state-lacks"), message(lang, "state-language")

    def listed(title: str, note: str, mentions: Iterable[Mention], tell: Callable[[Mention], str]) -> Section:
        return Section(title, note, (name, lacks), tuple(Row((each.name, tell(each)), each.file) for each in mentions))

    def fields(mention: Mention) -> str:
        return ", ".join(lack_label(each, lang) for each in mention.lacks)

    yield Section(
        message(lang, "state-ending", days=state.days),
        message(lang, "state-ending-note"),
        _expiry_columns(lang),
        tuple(_expiry(each, lang) for each in state.ending),
    )
    yield Section(
        message(lang, "state-ended"),
        message(lang, "state-ended-note"),
        _expiry_columns(lang),
        tuple(_expiry(each, lang) for each in state.ended),
    )
    yield Section(
        message(lang, "state-twins"),
        message(lang, "state-twins-note"),
        (name, message(lang, "state-ids")),
        tuple(
            Row((" = ".join(each.names), ", ".join(f"{each.kind}/{id_}" for id_ in each.ids))) for each in state.twins
        ),
    )
    photo_lacks = {
        "licence": message(lang, "state-lacks-licence"),
        "alt": message(lang, "state-lacks-alt"),
        "permission": message(lang, "state-lacks-permission"),
    }
    yield listed(
        message(lang, "state-photos"),
        message(lang, "state-photos-note"),
        state.photos_incomplete,
        lambda each: ", ".join(photo_lacks[lack.field] for lack in each.lacks),
    )
    yield listed(
        message(lang, "state-consent"),
        message(lang, "state-consent-note"),
        state.without_consent,
        lambda each: ", ".join(lack.field for lack in each.lacks),
    )
    yield listed(
        message(lang, "state-unused"), message(lang, "state-unused-note"), state.unused_photos, lambda each: ""
    )
    yield Section(
        message(lang, "state-untranslated"),
        message(lang, "state-untranslated-note"),
        (name, language, lacks),
        tuple(Row((each.name, each.language, fields(each)), each.file) for each in state.untranslated),
    )
    nothing, only_drawing = message(lang, "state-no-drawing"), message(lang, "state-drawing")
    yield listed(
        message(lang, "state-pictures"),
        message(lang, "state-pictures-note"),
        state.without_picture,
        lambda each: nothing if each.lacks else only_drawing,
    )
    no_certificate, no_number = message(lang, "state-no-certificate"), message(lang, "state-no-number")
    yield listed(
        message(lang, "state-numbers"),
        message(lang, "state-numbers-note"),
        state.without_number,
        lambda each: no_certificate if each.lacks else no_number,
    )


def _figures(counts: Counts, lang: str) -> Iterator[Section]:
    columns = (message(lang, "state-name"), message(lang, "state-products"))

    def counted(title: str, index: Iterable[Count]) -> Section:
        return Section(title, "", columns, tuple(Row((each.name, str(each.products))) for each in index), figure=True)

    whole = message(lang, "state-whole", products=counts.products, producers=counts.producers)
    yield Section(whole, "", (), (), figure=True)
    yield counted(message(lang, "state-by-level"), counts.levels)
    yield counted(message(lang, "state-by-year"), counts.years)
    yield counted(message(lang, "state-by-group"), counts.groups)
    yield counted(message(lang, "state-by-place"), counts.places)
    yield Section(
        message(lang, "state-official"),
        message(lang, "state-official-note"),
        (
            message(lang, "state-period"),
            message(lang, "state-area"),
            message(lang, "state-what"),
            message(lang, "state-figure"),
            message(lang, "state-here"),
        ),
        tuple(_beside(each) for each in counts.official),
        figure=True,
    )


def _beside(each: Beside) -> Row:
    return Row((each.period, each.area, each.what, str(each.figure), "–" if each.here is None else str(each.here)))


def _expiry_columns(lang: str) -> tuple[str, ...]:
    return message(lang, "state-name"), message(lang, "state-certificate"), message(lang, "state-until")


def _expiry(each: Expiry, lang: str) -> Row:
    paper = " · ".join(part for part in (each.level, str(each.year or ""), each.number or "") if part)
    until = _day(each.until.isoformat(), lang)
    return Row((each.name, paper, message(lang, "state-by-rule", day=until) if each.by_rule else until), each.file)


def lack_label(lack: Lack, lang: str) -> str:
    """A field as people call it, and where it is written unless that is at the top: "Ghi chú (certificates.2.note)"."""
    if not lack.words:
        return lack.field
    label = described(lack.words, lang).label
    return f"{label} ({lack.field})" if "." in lack.field else label


def _day(iso: str, lang: str) -> str:
    """A day as the language writes it."""
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}" if lang == "vi" else iso
