"""A machine that fails: the real command, killed or refused by the disk at its n-th change of a file.

`python -m tests.harness.faults FOLDER [--sample N]` does it at every point (or at N of them, evenly
spread) for every way of failing and every edit of `EDITS`, tells each site that did not survive, and
the counts. It knows nothing of how publishing works: it counts what the program asks of the system.
"""

from __future__ import annotations

import argparse
import builtins
import errno
import io
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cnnt_site.cli import main as command
from cnnt_site.publishing import STAGING, STAND_IN
from tests.harness.crawling import dead_links
from tests.harness.sites import TinySite, site_from, snapshot

BASE = "https://vi-du.example/"
WAYS = ("kill", "full", "broken", "in-use")
"""Killed; no space from then on; one input/output error; a file that another program holds from then on."""

FIRST = """\
--- products/tranh-mot/photos/a.png picture PNG RGB 90x60
--- products/tranh-hai/product.yaml
name: {vi: Tranh hai, en: Painting two}
producer: co-so-mot
certificates: [{level: district, year: 2019}]
--- products/tranh-ba/product.yaml
name: {vi: Tranh ba, en: Painting three}
--- fairs/hoi-cho/fair.yaml
name: {vi: Hội chợ thử, en: Trial fair}
products: [tranh-mot]
"""
SECOND = """\
--- products/tranh-mot/photos/a.png picture PNG RGB 60x90
--- products/tranh-bon/product.yaml
name: {vi: Tranh bốn, en: Painting four}
producer: co-so-hai
certificates: [{level: province, year: 2024}]
--- producers/co-so-hai/producer.yaml
name: {vi: Cơ sở Hai, en: Hai Workshop}
place: {commune: xã Ba}
--- products/tranh-ba/product.yaml
name: {vi: Tranh ba, en: Painting three}
withdrawn: {date: 2026-10-01}
--- themes/showroom/assets/tokens.css
:root { --ink: #123; }
"""
SHOWN = (
    "photos: [{file: a.png, alt: {vi: A}, author: A, rights_holder: A, licence: {vi: A},"
    " permission: {date: 2026-01-01, by: A}}]"
)
EDITS = ("first", "edited")
"""A first publication, and one that adds, changes, moves and takes away pages, pictures and styles."""


@dataclass(slots=True)
class Fault:
    """Fails the `at`-th change (from 1) of a file below `folder`, in one of `WAYS`; 0 only counts."""

    folder: Path
    way: str = "kill"
    at: int = 0
    steps: list[str] = field(default_factory=list)
    held: str = ""

    def step(self, what: str, path: object, *, needs_space: bool = False) -> None:
        """One change that is about to be made; killed or refused here when its turn has come."""
        name = os.fspath(path) if isinstance(path, str | bytes | os.PathLike) else ""
        name = os.path.abspath(os.fsdecode(name))
        if not name.startswith(str(self.folder)):
            return
        self.steps.append(f"{what} {name}")
        now = len(self.steps) == self.at
        if now and self.way == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if now and self.way == "broken":
            raise OSError(errno.EIO, os.strerror(errno.EIO), name)
        if self.at and len(self.steps) >= self.at:
            if self.way == "full" and needs_space:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
            if now and self.way == "in-use":
                self.held = name
            if self.held == name:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)

    def install(self) -> None:
        """Puts itself between this process and the system, for good: for processes that end soon."""
        fault, real_open, real_os_open = self, io.open, os.open

        class Raw(io.FileIO):
            def write(self, data: Any, /) -> int:
                half = len(data) // 2
                try:
                    fault.step("write", self.name, needs_space=True)
                except OSError:
                    super().write(memoryview(data).cast("B")[:half])
                    raise
                return super().write(data)

        def opened(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **options: Any) -> Any:
            if not set(mode) & set("wxa+") or isinstance(file, int) or "opener" in options:
                return real_open(file, mode, buffering, *more, **options)
            fault.step("open", file, needs_space=True)
            raw = Raw(file, mode.replace("b", "").replace("t", ""))
            if buffering == 0:
                return raw
            writer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return writer if "b" in mode else io.TextIOWrapper(writer, *more, **options)

        def os_open(path: Any, flags: int, *more: Any, **options: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                fault.step("open", path, needs_space=True)
            return real_os_open(path, flags, *more, **options)

        io.open, builtins.open, os.open = opened, opened, os_open
        time.sleep = lambda seconds: None
        for name in ("replace", "rename", "link", "symlink"):
            setattr(os, name, self._changing(getattr(os, name), name, target=1))
        for name in ("unlink", "remove", "mkdir", "rmdir", "truncate", "utime", "chmod"):
            setattr(os, name, self._changing(getattr(os, name), name, target=0))

    def _changing(self, real: Callable[..., Any], name: str, target: int) -> Callable[..., Any]:
        def changed(*paths: Any, **options: Any) -> Any:
            self.step(name, paths[target], needs_space=name in ("mkdir", "link", "symlink"))
            return real(*paths, **options)

        return changed


@dataclass(slots=True)
class Campaign:
    """Sites of `EDITS` below `folder`, and what they must look like before and after."""

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)

    def run(self, sample: int | None, ways: Iterable[str], edits: Iterable[str]) -> Iterator[str]:
        """Fails everything, everywhere (or `sample` times in each way); yields what did not survive."""
        for edit in edits:
            start, old, new = self._prepared(edit)
            steps = self._steps(start)
            points = range(1, len(steps) + 1)
            for way in ways:
                every = max(1, len(points) // sample) if sample else 1
                for at in points[(every - 1) // 2 :: every]:
                    self.counts[way] = self.counts.get(way, 0) + 1
                    site = self._copy(start)
                    status, said = _build(site, Fault(site.folder, way, at))
                    wrong = [*_broken(site, old, new, status, said, way), *self._unhealed(site, new)]
                    yield from (f"{edit}, {way} at {at} ({steps[at - 1]}): {each}" for each in wrong)

    def _prepared(self, edit: str) -> tuple[TinySite, dict[str, bytes], dict[str, bytes]]:
        """The site as it is before the build that fails, its output then, and after a clean build."""
        site = site_from(self.folder / edit, FIRST)
        site.edit("products/tranh-mot/product.yaml", "group:", f"{SHOWN}\ngroup:")
        old: dict[str, bytes] = {}
        if edit == "edited":
            old = site.built("--base-url", BASE).files()
            site.lay(SECOND)
            site.edit("products/tranh-hai/product.yaml", "name:", "slug: {vi: tranh-thu-hai}\nname:")
        clean = TinySite(Path(shutil.copytree(site.folder, self.folder / f"{edit}-clean")))
        shutil.rmtree(clean.output, ignore_errors=True)
        return site, old, _with_ledger(clean.built("--base-url", BASE))

    def _copy(self, site: TinySite) -> TinySite:
        folder = self.folder / "tried"
        shutil.rmtree(folder, ignore_errors=True)
        return TinySite(Path(shutil.copytree(site.folder, folder)))

    def _steps(self, start: TinySite) -> list[str]:
        """What a build that nothing happens to asks of the system."""
        site = self._copy(start)
        log = self.folder / "steps"
        status, said = _build(site, Fault(site.folder), log)
        assert status == 0, said
        return log.read_text("utf-8").replace(f"{site.folder}/", "").splitlines()

    def _unhealed(self, site: TinySite, new: dict[str, bytes]) -> Iterator[str]:
        status, said = _build(site, None)
        if status != 0:
            yield f"the next build ends with {status}: {said}"
            return
        found = _with_ledger(site)
        for address in sorted({*found, *new}):
            if found.get(address) != new.get(address):
                yield f"after the next build {address} is {_seen(found.get(address), None, new.get(address))}"


def _with_ledger(site: TinySite) -> dict[str, bytes]:
    """All that a build leaves: the output and the content folder with its ledger."""
    return {**site.files(), **{f"content/{path}": data for path, data in snapshot(site.content).items()}}


def _build(site: TinySite, fault: Fault | None, log: Path | None = None) -> tuple[int, str]:
    """Builds in a process of its own; how it ended (minus the signal that killed it), and what it said."""
    said = site.folder.parent / "said"
    child = os.fork()
    if child == 0:
        code = 99
        try:
            told = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(told, 1)
            os.dup2(told, 2)
            os.chdir(site.folder)
            if fault:
                fault.install()
            themes = ["--themes", "themes"] if (site.folder / "themes").exists() else []
            code = command(["build", "--base-url", BASE, "--lang", "en", "--jobs", "2", *themes])
            if fault and log:
                log.write_text("\n".join(fault.steps), "utf-8")
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.read_text("utf-8", "replace")


def _broken(
    site: TinySite, old: dict[str, bytes], new: dict[str, bytes], status: int, said: str, way: str
) -> Iterator[str]:
    """What a visitor or the office would meet after the failure."""
    if status not in ((-signal.SIGKILL,) if way == "kill" else (0, 1)):
        yield f"ended with {status}: {said[-1500:]}"
    if status == 1 and "Could not write" not in said:
        yield f"did not say what the disk refused: {said}"
    files = {a: data for a, data in site.files().items() if STAGING not in a and not a.endswith(".tmp")}
    for address, data in files.items():
        whole = data in (old.get(address), new.get(address), STAND_IN) or address == "site-manifest.txt"
        if not whole:
            yield f"{address} is {_seen(data, old.get(address), new.get(address))}"
    yield from dead_links(files)
    missing = [address for address in old if address in new and address not in files]
    yield from (f"{address} has gone" for address in missing)


def _seen(data: bytes | None, old: bytes | None, new: bytes | None) -> str:
    if data is None:
        return "missing"
    if old is None and new is None:
        return "too much"
    return f"neither old nor new: {len(data)} bytes, {data[:60]!r}"


def main() -> int:
    """The whole campaign; 1 when a site did not survive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--way", choices=WAYS, action="append")
    parser.add_argument("--edit", choices=EDITS, action="append")
    asked = parser.parse_args()
    campaign, lost = Campaign(asked.folder.resolve()), 0
    for wrong in campaign.run(asked.sample, asked.way or WAYS, asked.edit or EDITS):
        print(wrong)
        lost += 1
    print(f"{sum(campaign.counts.values())} failures: {campaign.counts}; {lost} things wrong")
    return min(lost, 1)


if __name__ == "__main__":
    sys.exit(main())
