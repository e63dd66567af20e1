"""Times what goes on paper, on invented products: the printed catalogue and the cards of a round, cold and again.

    python bench/paper.py --products 500 --photos 500

Cold is without a cache and without a site, so that every photograph is opened anew.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile

from corpus import YEARS
from speed import HERE, Figures

SHEETS = {
    "printed catalogue": ["catalogue-pdf"],
    "booth cards of a round": ["labels", "--level", "province", "--year", str(YEARS[-1])],
    "shelf labels of a round": ["labels", "--form", "shelf", "--level", "province", "--year", str(YEARS[-1])],
}


def main() -> None:
    """Prepares the content, measures, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--products", type=int, default=500)
    parser.add_argument("--photos", type=int, default=0)
    asked = parser.parse_args()
    print("| sheet | cold: CPU s | wall s | again: CPU s | wall s | MiB |", "|---|---|---|---|---|---|", sep="\n")
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        counts = ["--products", str(asked.products), "--photos", str(asked.photos)]
        subprocess.run([sys.executable, str(HERE / "corpus.py"), f"{work}/content", *counts], check=True)
        for number, (name, verb) in enumerate(SHEETS.items()):
            options = ["--content", f"{work}/content", "--cache", f"{work}/cache-{number}", "--pdf", f"{work}/a.pdf"]
            command = [
                sys.executable,
                str(HERE.parent / "build.py"),
                *verb,
                *options,
                "--base-url",
                "https://vi-du.vn/",
            ]
            figures = Figures()
            for _ in ("cold", "again"):
                figures.run(command)
            told = [f"{cpu:.1f} | {wall:.1f}" for cpu, wall in zip(figures.cpu, figures.wall, strict=True)]
            print(f"| {name} | {' | '.join(told)} | {max(figures.peak):.0f} |", flush=True)


if __name__ == "__main__":
    main()
