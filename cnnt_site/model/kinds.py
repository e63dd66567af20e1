"""The kinds of value a field can hold, each with the check of what a person may write for it.

YAML hands every scalar over as the text that stands in the file, so `0277…`, `125.000` and `no` arrive
unharmed; the kinds below decide what that text means. Each check raises the code of a problem, whose
wording stands in `wording/problems.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from cnnt_site.vietnamese import slug

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema


class Refusal(ValueError):
    """A value that can't stand: the problem's code and the figures its wording needs."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class Check:
    """Marks a type with the function that turns what was written into its value.

    pydantic asks for the schema when it first meets the type, so it is imported only where records
    are read.
    """

    accept: Callable[[Any], Any]
    pattern: str = ""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def checked(value: object) -> object:
            try:
                return self.accept(value)
            except Refusal as refusal:
                raise PydanticCustomError("refused", "{code}", {"code": refusal.code, **refusal.details}) from None

        described = core_schema.str_schema(pattern=self.pattern) if self.pattern else core_schema.str_schema()
        return core_schema.no_info_plain_validator_function(checked, json_schema_input_schema=described)


@dataclass(frozen=True)
class LanguageCheck:
    """Marks the key of a text by language: one of the site's languages, which reading gives as context."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def checked(value: object, info: Any) -> object:
            languages = (info.context or {}).get("languages", ())
            if not isinstance(value, str) or (languages and value not in languages):
                details = {"code": "unknown-language", "written": str(value), "languages": ", ".join(languages)}
                raise PydanticCustomError("refused", "{code}", details)
            return value

        return core_schema.with_info_plain_validator_function(
            checked, json_schema_input_schema=core_schema.str_schema(pattern="^[a-z]{2,3}$")
        )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Refusal("not-text")
    return value


INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Control, formatting, filling and private characters: nobody sees them, and search fails over them."""


LONGEST_LINE = 2_000
"""Letters of a text that stands in a record; longer ones have a Markdown file."""


def _one_line(value: object) -> str:
    """Text on one line, without invisible or direction-changing characters."""
    text = " ".join(_text(value).split())
    if not text:
        raise Refusal("empty-text")
    if len(text) > LONGEST_LINE:
        raise Refusal("line-too-long", letters=len(text), most=LONGEST_LINE)
    hidden = INVISIBLE.search(text)
    if hidden:
        raise Refusal("invisible-character", character=f"U+{ord(hidden[0]):04X}")
    return text


def _whole_number(value: object) -> int:
    text = _text(value)
    if not re.fullmatch(r"0|[1-9][0-9]{0,11}", text):
        grouped = re.match(r"[1-9][0-9]{0,2}([., \xa0][0-9]{3})+(?![0-9.,])", text)
        raise Refusal("not-a-whole-number", written=text, guess=re.sub("[^0-9]", "", grouped[0]) if grouped else "")
    return int(text)


def _year(value: object) -> int:
    text = _text(value)
    if not re.fullmatch(r"(19|20)[0-9]{2}", text):
        years = re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", text)
        raise Refusal("bad-year", written=text, guess=years[0] if len(years) == 1 else "")
    return int(text)


def _day(value: object) -> date:
    text = _text(value)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Refusal("bad-date", written=text, guess=_guess_day(text))


_DAY_FIRST = re.compile(r"(?:ngày )?([0-9]{1,2})(?:[/.\-]| tháng )([0-9]{1,2})(?:[/.\-]| năm )([0-9]{4})", re.I)
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.\-]([0-9]{1,2})[/.\-]([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")


def _guess_day(text: str) -> str:
    """The ISO form of a date written in another way, or nothing when it can't be told.

    Day first is how dates are written in Vietnam; month first is only meant where day first can't be.
    """
    day_first, year_first = _DAY_FIRST.fullmatch(text.strip()), _YEAR_FIRST.fullmatch(text.strip())
    if day_first is not None:
        day, month, year = (int(part) for part in day_first.groups())
    elif year_first is not None:
        year, month, day = (int(part) for part in year_first.groups())
    else:
        return ""
    for asked in ((year, month, day), (year, day, month)):
        try:
            return date(*asked).isoformat()
        except ValueError:
            continue
    return ""


def _rough_day(value: object) -> str:
    """A date as exact as its source is: `2013`, `2013-10` or `2013-10-05`."""
    text = _text(value)
    if re.fullmatch(r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?", text):
        return text
    return _day(text).isoformat()


def _identifier(value: object) -> str:
    text = _text(value)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?", text):
        raise Refusal("bad-identifier", written=text, guess="/".join(slug(part) for part in text.split("/")))
    return text


def _slug(value: object) -> str:
    text = _text(value)
    if len(text) > 80 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise Refusal("bad-slug", written=text, guess=slug(text))
    return text


def _web_address(value: object) -> str:
    text = _text(value).strip()
    if not re.fullmatch(r"https?://[^\s<>\"'`\\{}|^/?#\[\]]+([/?#][^\s<>\"'`\\{}|^]*)?", text):
        raise Refusal("bad-web-address", written=text)
    return text


def _file_name(value: object) -> str:
    text = _text(value)
    if not text or text.startswith(".") or re.search(r'[/\\:*?"<>|\x00-\x1f]', text):
        raise Refusal("bad-file-name", written=text)
    return text


def _share(value: object) -> float:
    """A position between two edges of a picture, 0 to 1."""
    text = _text(value)
    if not re.fullmatch(r"0(\.[0-9]+)?|1(\.0+)?", text):
        raise Refusal("not-a-share", written=text)
    return float(text)


Line = Annotated[str, Check(_one_line)]
Number = Annotated[int, Check(_whole_number, r"^(0|[1-9][0-9]*)$")]
Year = Annotated[int, Check(_year, r"^(19|20)[0-9]{2}$")]
Day = Annotated[date, Check(_day, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
RoughDay = Annotated[str, Check(_rough_day, r"^(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$")]
Identifier = Annotated[str, Check(_identifier, r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]
Slug = Annotated[str, Check(_slug, r"^[a-z0-9]+(-[a-z0-9]+)*$")]
WebAddress = Annotated[str, Check(_web_address, r"^https?://")]
FileName = Annotated[str, Check(_file_name)]
Share = Annotated[float, Check(_share)]

Language = Annotated[str, LanguageCheck()]

Words = dict[Language, Line]
"""A short text by language: `{vi: Tranh sen, en: Lotus painting}`. Any language may be missing."""

Slugs = dict[Language, Slug]
"""The last part of a page's address by language."""

STRICT: dict[str, Any] = {"extra": "forbid"}
"""Set as `__pydantic_config__` of every record: a key that the record doesn't know is a problem."""
