"""Times this project, and other generators beside it, on the same products: in turns, with medians and ratios.

    python bench/speed.py --products 500 --runs 5                                 this project alone
    python bench/speed.py --corpus CORPUS --peer hugo=…/peers/hugo.sh --runs 5     beside others on a neutral corpus

A peer is a script with the verbs of `bench/peer.sh`. CPU seconds are those of all processes together;
they are what to compare on a machine that has other work, too. Memory is that of the largest process.
"""

from __future__ import annotations

import argparse
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


@dataclass
class Figures:
    """What was measured of one generator at one task."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)


def run(command: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of a command. Raises CalledProcessError when it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - started


def compare(
    peers: dict[str, Path], folders: dict[str, Path], corpus: Path, runs: int
) -> dict[tuple[str, str], Figures]:
    """Each generator in turn, so that a drift of the machine falls on all of them."""
    found: dict[tuple[str, str], Figures] = {}

    def note(name: str, task: str, verb: str, *more: str) -> None:
        cpu, wall = run([str(peers[name]), verb, str(folders[name]), *more])
        figures = found.setdefault((name, task), Figures())
        figures.cpu.append(cpu)
        figures.wall.append(wall)

    for _ in range(runs):
        for name, script in peers.items():
            subprocess.run([str(script), "clean", str(folders[name])], check=True)
            note(name, "cold", "build")
    for turn in range(1, runs + 1):
        for name, script in peers.items():
            edit = [str(script), "edit", str(corpus), str(folders[name]), str(turn)]
            subprocess.run(edit, check=True, stdout=subprocess.DEVNULL)
            note(name, "one text edited", "rebuild", str(turn))
    for _ in range(runs):
        note("project", "nothing changed", "build")
    return found


def table(found: dict[tuple[str, str], Figures]) -> str:
    """A table for the README: medians, and how they stand to those of the first other generator."""
    others = [name for name, _ in found if name != "project"]
    lines = ["| task | generator | CPU s | wall s | ratio of CPU |", "|---|---|---|---|---|"]
    for (name, task), figures in sorted(found.items(), key=lambda item: (item[0][1], item[0][0])):
        cpu, wall = statistics.median(figures.cpu), statistics.median(figures.wall)
        other = found.get((others[0], task)) if others and name == "project" else None
        ratio = f"{cpu / statistics.median(other.cpu):.2f} × {others[0]}" if other else ""
        lines.append(f"| {task} | {name} | {cpu:.2f} | {wall:.2f} | {ratio} |")
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
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\nLargest process: {largest:.0f} MiB.")


if __name__ == "__main__":
    main()
