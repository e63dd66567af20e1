"""Changing YAML in place: what was asked for changes, what people wrote around it stays to the byte."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnnt_site.desk.yaml_edits import as_read, as_text, rewritten
from cnnt_site.desk.yaml_text import block, flow
from tests.harness.examples import examples

TEXTS = st.text(alphabet=st.sampled_from("ab=+-#:, '\"\\{}[]&*!|>%@`~?.0123đạ\nno"), max_size=8)
KEYS = st.sampled_from(["a", "b", "c", "no", "0277", "đ e", "x: y", "vi", "en"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS | st.integers(0, 99) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
RECORDS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)

BY_HAND = """\
# Hồ sơ này do người viết tay.
name:   {vi: "Tranh  sen",   en: 'Lotus'}   # tên trên giấy

summary:
    vi: >-
      Một câu
      dài hai dòng.
    en: One sentence.
# các giấy chứng nhận
certificates:
- level: province   # cấp
  year: 2020

  # số còn phải hỏi
  number:
- level: region # vùng
  year: 2022
sources: [ ]
# price_vnd: chưa hỏi
"""


def _by_hand(draw: st.DrawFn, said: dict[str, Any]) -> dict[str, str]:
    """Each key of a record as people may write it: with comments, blank lines, within one line or not."""
    chunks = {}
    for number, (key, value) in enumerate(said.items()):
        nested = isinstance(value, dict | list) and value
        if draw(st.booleans()) or not nested:
            name = block({key: 0})[0][:-1].rstrip()
            lines = [f"{name} {flow(value)}{draw(st.sampled_from(['', '  # theo giấy']))}"]
        else:
            lines = block({key: value})
        above = draw(st.sampled_from([[], [f"# ghi chú {number}"], ["", f"# ghi chú {number}"]]))
        chunks[key] = "\n".join((*above, *lines)) + "\n"
    return chunks


@given(st.data(), RECORDS, RECORDS, st.sampled_from(["\n", "\r\n"]), st.booleans())
@examples(40)
def test_what_did_not_change_stays_as_people_wrote_it(
    data: st.DataObject, old: dict[str, Any], new: dict[str, Any], newline: str, marked: bool
) -> None:
    chunks = {key: text.replace("\n", newline) for key, text in data.draw(st.composite(_by_hand)(old)).items()}
    written = "".join(chunks.values()).encode("utf-8-sig" if marked else "utf-8")
    assert as_read(written) == as_text(old)

    done = rewritten(written, new)

    assert as_read(done) == as_text(new)
    assert done.startswith(b"\xef\xbb\xbf") == marked
    text = done.decode("utf-8-sig")
    for key, chunk in chunks.items():
        if key in new and as_text(new[key]) == as_text(old[key]):
            assert chunk in text
    if newline == "\r\n":
        assert "\n" not in text.replace("\r\n", "")


@given(RECORDS)
@examples(40)
def test_saying_the_same_changes_no_byte(said: dict[str, Any]) -> None:
    written = ("\n".join(block(said)) + "\n").encode()
    assert as_read(written) == as_text(said)
    assert rewritten(written, said) == written


def _changed(change: Any) -> list[str]:
    """The lines of BY_HAND that are new after a change of what it says."""
    said = as_read(BY_HAND.encode())
    change(said)
    done = rewritten(BY_HAND.encode(), said).decode()
    before = BY_HAND.splitlines()
    return [line for line in done.splitlines() if line not in before]


@pytest.mark.parametrize(
    ("change", "new"),
    [
        (
            lambda said: said["name"].update(vi="Tranh lá sen"),
            ["name:   {vi: Tranh lá sen,   en: 'Lotus'}   # tên trên giấy"],
        ),
        (lambda said: said["certificates"][0].update(year=2021), ["  year: 2021"]),
        (lambda said: said["certificates"][0].update(number="012"), ['  number: "012"']),
        (lambda said: said["summary"].update(vi="Ngắn."), ["    vi: Ngắn."]),
        (lambda said: said.update(sources=[{"date": date(2020, 10, 14)}]), ["sources:", "  - date: 2020-10-14"]),
        (lambda said: said["certificates"].append({"level": "national"}), ["- level: national"]),
        (lambda said: said["certificates"][1].pop("level"), ["- year: 2022"]),
        (lambda said: said["certificates"].pop(0), []),
        (lambda said: said.pop("certificates"), []),
    ],
)
def test_one_change_touches_its_own_line(change: Any, new: list[str]) -> None:
    assert _changed(change) == new


def test_comments_of_what_stays_are_never_lost() -> None:
    said = as_read(BY_HAND.encode())
    said["certificates"][0]["number"] = "12"
    said["certificates"].append({"level": "national", "year": 2023})
    del said["summary"]
    text = rewritten(BY_HAND.encode(), said).decode()
    for comment in ("# Hồ sơ này", "# tên trên giấy", "# các giấy", "# cấp", "# số còn", "# vùng", "# price_vnd"):
        assert comment in text


def test_what_can_not_be_edited_in_place_is_refused_and_not_spoilt() -> None:
    with pytest.raises(ValueError, match="in place"):
        rewritten(b"? a\n: 1\n", {"a": {"b": "2"}})
