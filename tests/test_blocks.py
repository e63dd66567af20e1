"""Blocks of ids, by which what goes over all products is made."""

from __future__ import annotations

from cnnt_site.blocks import SIZE, blocks

IDS = [f"san-pham-{number:04}" for number in range(2_000)]


def test_blocks_hold_every_id_once_in_its_order() -> None:
    found = dict(blocks(IDS))
    assert [id_ for ids in found.values() for id_ in ids] == IDS
    assert next(iter(found)) == ""
    assert len(IDS) / SIZE / 2 < len(found) < 3 * len(IDS) / SIZE
    assert max(map(len, found.values())) <= 2 * SIZE
    assert dict(blocks([])) == {"": ()}


def test_one_that_comes_or_goes_changes_hardly_more_than_its_own_block() -> None:
    before = set(blocks(IDS))
    for place in (0, 700, len(IDS) - 1):
        for now in (IDS[:place] + IDS[place + 1 :], [*IDS[:place], "san-pham-x", *IDS[place:]]):
            assert len(set(blocks(now)) - before) <= 4
