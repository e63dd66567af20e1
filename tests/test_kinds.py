"""What a person may write in a field, and what is guessed when it is something else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from cnnt_site.model.kinds import Day, Line, Number, RoughDay, Year


def _guess(kind: Any, written: str) -> object:
    """What the refusal of a value guesses."""
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(written)
    return refused.value.errors()[0]["ctx"]["guess"]


@pytest.mark.parametrize(
    "written",
    [
        "23/8/2021",
        "23-08-2021",
        "23.8.2021",
        "8/23/2021",
        "2021/8/23",
        "2021-8-23",
        "2021-08-23T00:00:00",
        "23 tháng 8 năm 2021",
        "Ngày 23 tháng 08 năm 2021",
    ],
)
def test_a_day_written_in_another_way_is_recognised(written: str) -> None:
    assert _guess(Day, written) == "2021-08-23"
    assert _guess(RoughDay, written) == "2021-08-23"


@pytest.mark.parametrize("written", ["31/2/2021", "2021-02-30", "23/8/21", "quý III năm 2021", "13/13/2021"])
def test_no_day_is_guessed_that_cannot_be_known(written: str) -> None:
    assert _guess(Day, written) == ""


def test_days_are_as_exact_as_their_source() -> None:
    assert TypeAdapter(Day).validate_python("2020-02-29") == date(2020, 2, 29)
    for written in ("2013", "2013-10", "2013-10-05"):
        assert TypeAdapter(RoughDay).validate_python(written) == written
    assert _guess(Day, "2013-10") == ""


def test_texts_that_look_like_other_things_stay_texts() -> None:
    for written in ("no", "0277 123", "125.000", "1e3", "0x1F", "12:30", "2020-09-30", "null và void"):
        assert TypeAdapter(Line).validate_python(written) == written


def test_grouped_numbers_and_years_in_words_are_recognised() -> None:
    assert TypeAdapter(Number).validate_python("125000") == 125000
    assert _guess(Number, "125.000") == _guess(Number, "125,000 đồng") == "125000"
    assert _guess(Number, "1.5") == ""
    assert _guess(Year, "năm 2020") == "2020"
    assert _guess(Year, "2020-2021") == ""
