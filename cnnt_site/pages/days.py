"""When a fair is, as exact as its sources tell it."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from cnnt_site.model.fair import Fair


@dataclass(frozen=True, slots=True)
class Days:
    """When a fair is. `start` and `end` are ISO dates, maybe only a year or a month.

    `first` and `last` are the days between which it surely lies, for a script to tell whether it is to
    come, on, or over; `last` is None when no source says when it ended. `over` says that it had ended
    on the day of the site, which stays true.
    """

    start: str | None
    end: str | None
    first: date | None
    last: date | None
    over: bool


def days(fair: Fair, as_of: date) -> Days:
    """When a fair is, as exact as its sources."""
    first = _first_day(fair.start) if fair.start else None
    last = _last_day(fair.end) if fair.end else None
    return Days(fair.start, fair.end, first, last, last is not None and last < as_of)


def _first_day(rough: str) -> date:
    return date.fromisoformat(rough + "-01-01"[len(rough) - 4 :])


def _last_day(rough: str) -> date:
    if len(rough) == 10:
        return date.fromisoformat(rough)
    year, month = int(rough[:4]), int(rough[5:] or 12)
    return date(year, month, monthrange(year, month)[1])
