"""What differs from the build before, as far as others than the unit itself have to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from cnnt_site.building.making import Facts
from cnnt_site.building.memory import Memory, Unit
from cnnt_site.problems import Problem
from cnnt_site.verifying import Target


class News:
    """What is told, counted, listed, wanted and left when the units that were made stand in the place of those before.

    `told` are problems by the name of their unit, `wanted` what the pages that were made want of others, `left` the
    addresses that units had before, `gone` units that are no more. `moved` says that some file is new or gone;
    `listed`, `demanded` and `lost_anchors` that some page is listed for search engines otherwise, asks for other
    files, or no longer has an anchor that it had.
    """

    def __init__(self, memory: Memory) -> None:
        self.told: dict[str, tuple[Problem, ...]] = dict(memory.part("told", {}))
        self.counts: Counter[str] = Counter(memory.part("counts", {}))
        self.wanted: dict[str, tuple[Target, ...]] = {}
        self.left: set[str] = set()
        self.gone: set[str] = set()
        self.moved = self.listed = self.demanded = self.lost_anchors = False

    def made(self, name: str, before: Unit | None, now: Unit) -> None:
        """A unit was made."""
        self._left(name, before)
        self.moved |= before is None or before.sums.keys() != now.sums.keys()
        if now.problems:
            self.told[name] = now.problems
        then, facts = before.facts if before else None, now.facts
        if facts is not None:
            self._count(facts, 1)
            if facts.ties.wanted:
                self.wanted[name] = facts.ties.wanted
        self._compare(then, facts)

    def dropped(self, name: str, before: Unit | None) -> None:
        """A unit is no longer wanted."""
        self._left(name, before)
        self.gone.add(name)
        self.moved = True
        self._compare(before.facts if before else None, None)

    def _left(self, name: str, before: Unit | None) -> None:
        self.told.pop(name, None)
        if before is not None:
            self.left.update(before.sums)
            if before.facts is not None:
                self._count(before.facts, -1)

    def _count(self, facts: Facts, times: int) -> None:
        self.counts["pages"] += times
        self.counts["untranslated"] += times * facts.untranslated

    def _compare(self, then: Facts | None, now: Facts | None) -> None:
        if then is None or now is None:
            changed = then is not now
            self.listed, self.demanded = self.listed or changed, self.demanded or changed
            return
        self.listed |= (then.canonical, then.alternates) != (now.canonical, now.alternates)
        self.demanded |= then.demand != now.demand
        self.lost_anchors |= not set(then.ties.anchors.split("\n")) <= set(now.ties.anchors.split("\n"))


class Known:
    """Addresses that are sure to be there while the plan is that of before: its pages, and files of the theme.

    Another process is sent all of them.
    """

    def __init__(self, memory: Memory, assets: Iterable[str]) -> None:
        self._memory, self._assets = memory, frozenset(assets)

    def __contains__(self, address: object) -> bool:
        return address in self._assets or (str(address).endswith(".html") and self._memory.has(str(address)))

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return set, ({*self._assets, *(at for at in self._memory.addresses() if at.endswith(".html"))},)
