"""Times this project, and other generators beside it, on the same products: in turns, with medians and ratios.

    python bench/speed.py --products 500 --runs 5                                 this project alone
    python bench/speed.py --corpus CORPUS --peer hugo=…/peers/hugo.sh --runs 5     beside others on a neutral corpus

A peer is a script with the verbs of `bench/peer.sh`. CPU seconds are those of all processes together;
they are what to compare on a machine that has other work, too. Memory is the most that all processes had
at one time, shared pages counted once (Linux only).
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
OWN = HERE / "peer.sh"
LOOK_EVERY = 0.1
"""Seconds between two looks at memory."""


@dataclass
class Figures:
    """What was measured of one generator at one task."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)

    def run(self, command: list[str]) -> None:
        """Adds CPU seconds, wall seconds and MiB of a command. Raises CalledProcessError when it fails."""
        before, started, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0.0
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None:
                peak = max(peak, sum(map(_memory, _family(process.pid))))
                time.sleep(LOOK_EVERY)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.wall.append(time.monotonic() - started)
        self.cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        self.peak.append(peak)


def _family(process: int) -> list[int]:
    """A process and all that it started, as far as Linux tells."""
    found = [process]
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [member for child in children.read_text().split() for member in _family(int(child))]
        except OSError:
            continue
    return found


def _memory(process: int) -> float:
    """MiB of a process, its part of what it shares."""
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("Pss:")), 0)


def compare(
    peers: dict[str, Path], folders: dict[str, Path], corpus: Path, runs: int
) -> dict[tuple[str, str], Figures]:
    """Each generator in turn, so that a drift of the machine falls on all of them."""
    found: dict[tuple[str, str], Figures] = {}

    def note(name: str, task: str, verb: str, *more: str) -> None:
        found.setdefault((name, task), Figures()).run([str(peers[name]), verb, str(folders[name]), *more])

    for _ in range(runs):
        for name, script in peers.items():
            subprocess.run([str(script), "clean", str(folders[name])], check=True)
            note(name, "cold", "build")
    for turn in range(1, runs + 1):
        for name, script in peers.items():
            edit = [str(script), "edit", str(corpus), str(folders[name]), str(turn)]
            subprocess.run(edit, check=True, stdout=subprocess.DEVNULL)
            note(name, "one text edited", "rebuild", str(turn))
        for verb, task in {"retitle": "one title edited", "reorder": "one title moved to the front"}.items():
            subprocess.run([str(OWN), verb, str(corpus), str(folders["project"]), str(turn)], check=True)
            note("project", task, "rebuild", str(turn))
    for _ in range(runs):
        note("project", "nothing changed", "build")
    return found


def table(found: dict[tuple[str, str], Figures]) -> str:
    """A table for the README: medians, the most memory, and how the project stands to each other generator.

    Others build everything after any change, so what wasn't timed of them takes as long as a cold build.
    """
    others = list(dict.fromkeys(name for name, _ in found if name != "project"))
    lines = ["| task | generator | CPU s | wall s | MiB | CPU against others |", "|---|---|---|---|---|---|"]
    for (name, task), figures in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
        cpu, wall = statistics.median(figures.cpu), statistics.median(figures.wall)
        same = {other: found.get((other, task)) or found[other, "cold"] for other in others if name == "project"}
        ratios = ", ".join(f"{cpu / statistics.median(there.cpu):.2f} × {other}" for other, there in same.items())
        lines.append(f"| {task} | {name} | {cpu:.2f} | {wall:.2f} | {max(figures.peak):.0f} | {ratios} |")
    return "\n".join(lines)


def main() -> None:
    """Prepares the content, measures, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=500)
    parser.add_argument("--photos", type=int, default=0)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=SCRIPT")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    peers = {"project": OWN, **{name: Path(path) for name, _, path in (one.partition("=") for one in asked.peer)}}
    if asked.peer and asked.corpus is None:
        parser.error("--peer needs --corpus")
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        folders = {name: Path(work) / name for name in peers}
        corpus = asked.corpus or folders["project"]
        for name, script in peers.items():
            if asked.corpus is None:
                counts = ["--products", str(asked.products), "--photos", str(asked.photos)]
                subprocess.run(
                    [sys.executable, str(HERE / "corpus.py"), f"{folders[name]}/content", *counts], check=True
                )
            else:
                subprocess.run([str(script), "prepare", str(corpus), str(folders[name])], check=True)
        print(table(compare(peers, folders, corpus, asked.runs)))
    print(f"\nLoad when it ended: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")


if __name__ == "__main__":
    main()
