"""A build that fails at every change of a file, in every way: what visitors meet then, and the build after it.

`python -m tests.harness.faults FOLDER [--sample N]` fails the real command at every change (or at N of
them, evenly spread) in each way of `failing.WAYS`, and with N sizes of a disk that is too small, for each
edit of `EDITS`; it tells each site that did not survive, and the counts.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cnnt_site.building import workshop
from cnnt_site.building.publishing import STAGING, STAND_IN
from cnnt_site.cli import main as command
from tests.harness.crawling import dead_links
from tests.harness.failing import WAYS, Fault
from tests.harness.sites import TinySite, site_from, snapshot

BASE = "https://vi-du.example/"
DISK = "small disk"
"""A disk of its own that is really full, for those who may mount one: libraries that write by themselves fail too."""

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
class Campaign:
    """Sites of `EDITS` below `folder`, and what they must look like before and after.

    `counts` are changes of files in a build by edit, and failures by way; `ends` how the builds that failed ended.
    """

    folder: Path
    counts: dict[str, int] = field(default_factory=dict)
    ends: dict[int, int] = field(default_factory=dict)

    def run(self, sample: int | None, ways: Iterable[str], edits: Iterable[str]) -> Iterator[str]:
        """Fails everything, everywhere (or `sample` times in each way); yields what did not survive."""
        for edit in edits:
            start, old, new = self._prepared(edit)
            steps = self._steps(start)
            self.counts[f"changes of files, {edit}"] = len(steps)
            for way in ways:
                if way == DISK:
                    wrong = self._on_small_disks(start, old, new, sample or 40)
                else:
                    wrong = self._at_points(start, old, new, way, steps, sample)
                yield from (f"{edit}, {way} {each}" for each in wrong)

    def _at_points(
        self,
        start: TinySite,
        old: dict[str, bytes],
        new: dict[str, bytes],
        way: str,
        steps: list[str],
        sample: int | None,
    ) -> Iterator[str]:
        points = [at for at, step in enumerate(steps, start=1) if way != "worker" or step.startswith("worker")]
        every = max(1, len(points) // sample) if sample else 1
        for at in points[every * (WAYS.index(way) + 1) // (len(WAYS) + 1) :: every]:  # other points in each way
            self._count(way)
            site = self._copy(start)
            status, said = _build(site, Fault(site.folder, way, at))
            self.ends[status] = self.ends.get(status, 0) + 1
            wrong = [*_broken(site, old, new, status, said, way), *_unhealed(site, new)]
            yield from (f"at {at} ({steps[at - 1]}): {each}" for each in wrong)

    def _on_small_disks(
        self, start: TinySite, old: dict[str, bytes], new: dict[str, bytes], sample: int
    ) -> Iterator[str]:
        """Builds on disks of sizes between what is there before and what is there in the end."""
        before = _pages(start.folder)
        needed = before + sum(-(-len(data) // 4096) + 1 for data in new.values()) + 400
        for size in range(before + 4, needed, max(1, (needed - before) // sample)):
            with _disk(self.folder / "disk", size) as disk:
                self._count(DISK)
                site = TinySite(Path(shutil.copytree(start.folder, disk / "site")))
                status, said = _build(site, None)
                self.ends[status] = self.ends.get(status, 0) + 1
                wrong = [*_broken(site, old, new, status, said, DISK)]
                subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
                yield from (f"of {size * 4} kB: {each}" for each in (*wrong, *_unhealed(site, new)))

    def _count(self, way: str) -> None:
        self.counts[way] = self.counts.get(way, 0) + 1

    def _prepared(self, edit: str) -> tuple[TinySite, dict[str, bytes], dict[str, bytes]]:
        """The site as it is before the build that fails, its output then, and after a clean build."""
        site = site_from(self.folder / edit, FIRST)
        site.edit("products/tranh-mot/product.yaml", "group:", f"{SHOWN}\ngroup:")
        old: dict[str, bytes] = {}
        if edit == "edited":
            site.edit("site.yaml", "updated:", "hosting: {compressed: gzip}\nupdated:")
            old = site.built("--base-url", BASE).files()
            site.lay(SECOND)
            site.edit("products/tranh-hai/product.yaml", "name:", "slug: {vi: tranh-thu-hai}\nname:")
        clean = TinySite(Path(shutil.copytree(site.folder, self.folder / f"{edit}-clean")))
        shutil.rmtree(clean.output, ignore_errors=True)
        new = _with_ledger(clean.built("--base-url", BASE))
        if edit == "edited":  # templates need not be compiled, pictures not be scaled in each of a thousand builds
            for entry in clean.folder.glob(".cache/*/*"):
                kept = site.folder / entry.relative_to(clean.folder)
                kept.parent.mkdir(exist_ok=True)
                shutil.copyfile(entry, kept)
        return site, old, new

    def _copy(self, site: TinySite) -> TinySite:
        folder = self.folder / "tried"
        shutil.rmtree(folder, ignore_errors=True)
        return TinySite(Path(shutil.copytree(site.folder, folder)))

    def _steps(self, start: TinySite) -> list[str]:
        """What a build that nothing happens to asks of the system."""
        site = self._copy(start)
        log = self.folder / "steps"
        status, said = _build(site, Fault(site.folder, log=log))
        assert status == 0, said
        return log.read_text("utf-8").replace(f"{site.folder}/", "").splitlines()


def _unhealed(site: TinySite, new: dict[str, bytes]) -> Iterator[str]:
    status, said = _build(site, None)
    if status != 0:
        yield f"the next build ends with {status}: {said}"
        return
    found = _with_ledger(site)
    for address in sorted({*found, *new}):
        if found.get(address) != new.get(address):
            yield f"after the next build {address} is {_seen(found.get(address), None, new.get(address))}"


@contextmanager
def _disk(folder: Path, pages: int) -> Iterator[Path]:
    """A disk in memory that holds so many pages of 4096 bytes."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={pages * 4}k", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _pages(folder: Path) -> int:
    return sum(-(-path.stat().st_size // 4096) if path.is_file() else 1 for path in folder.rglob("*"))


def _with_ledger(site: TinySite) -> dict[str, bytes]:
    """All that a build leaves: the output and the content folder with its ledger."""
    return {**site.files(), **{f"content/{path}": data for path, data in snapshot(site.content).items()}}


def _build(site: TinySite, fault: Fault | None) -> tuple[int, str]:
    """Builds in a process of its own; how it ended (minus the signal that killed it), and what it said."""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                os.setsid()
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
                os.chdir(site.folder)
                if fault:
                    workshop.WORTH_WORKERS = 0  # even the smallest site is made by several processes
                    fault.install()
                themes = ["--themes", "themes"] if (site.folder / "themes").exists() else []
                code = command(["build", "--base-url", BASE, "--lang", "en", "--jobs", "2", *themes])
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        return os.waitstatus_to_exitcode(status), said.read().decode("utf-8", "replace")


def _broken(
    site: TinySite, old: dict[str, bytes], new: dict[str, bytes], status: int, said: str, way: str
) -> Iterator[str]:
    """What a visitor or the office would meet after the failure."""
    expected = {"kill": (-signal.SIGKILL,), "worker": (0,)}.get(way, (0, 1))
    if status not in expected:
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
    parser.add_argument("--way", choices=(*WAYS, DISK), action="append")
    parser.add_argument("--edit", choices=EDITS, action="append")
    asked = parser.parse_args()
    campaign, lost, started = Campaign(asked.folder.resolve()), 0, time.monotonic()
    ways = asked.way or [*WAYS, DISK]
    if DISK in ways and not _may_mount():
        print("left out: a disk that is really full, because this user may not mount one")
        ways.remove(DISK)
    for wrong in campaign.run(asked.sample, ways, asked.edit or EDITS):
        print(wrong, flush=True)
        lost += 1
    failures = sum(campaign.counts.get(way, 0) for way in ways)
    print(
        f"{failures} failures in {time.monotonic() - started:.0f} s: {campaign.counts}; "
        f"builds ended so: {campaign.ends}; {lost} things wrong"
    )
    return min(lost, 1)


def _may_mount() -> bool:
    return shutil.which("mount") is not None and os.geteuid() == 0


if __name__ == "__main__":
    sys.exit(main())
