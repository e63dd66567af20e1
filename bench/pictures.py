"""Measures what becomes of photographs: CPU seconds beside the bare encoders and beside sharp, quality, bytes.

    python bench/pictures.py --photos 10 --runs 5
    python bench/pictures.py --folder PHOTOS --sharp FOLDER --avif

The floor is Pillow's encoders alone, on pixels that were decoded in full and scaled before. sharp is called for
each file, as other generators do; FOLDER is where `npm install sharp` was run. The reference for quality is a
Lanczos scaling of the picture decoded in full: SSIMULACRA2 tells how far from it ours is, and how far the
floor's files are; it needs the Python package ssimulacra2. All turns are taken in turns, on one core.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import photographs
from PIL import Image
from speed import Figures

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cnnt_site.cache import Cache
from cnnt_site.pictures import album
from cnnt_site.pictures.album import Wanted
from cnnt_site.pictures.measured import Measured
from cnnt_site.pictures.renditions import ENCODERS, make
from cnnt_site.problems import Problems, Spot
from cnnt_site.reading.tree import SourceFile, SourceTree

SHARP = """
const [, , folder, out, avif, ...photos] = process.argv;
const sharp = require(`${folder}/node_modules/sharp`);
sharp.concurrency(1);
sharp.cache(false);
const scaled = (photo, width) => sharp(photo).rotate().resize(width);
(async () => {
  for (const [at, photo] of photos.entries()) {
    for (const width of [320, 640, 1280]) {
      const name = `${out}/${at}-${width}`;
      if (avif === "yes") await scaled(photo, width).avif({ quality: 55, effort: 3 }).toFile(`${name}.avif`);
      await scaled(photo, width).webp({ quality: 78, effort: 4 }).toFile(`${name}.webp`);
    }
    await scaled(photo, 640).jpeg({ quality: 80, progressive: true }).toFile(`${out}/${at}-640.jpg`);
  }
})();
"""
"""The same files as ours. With no photo it tells what starting costs."""

Made = dict[str, bytes]
"""Files of one photograph by width and ending: "640.webp"."""


@dataclass
class Way:
    """One way to make pictures: CPU seconds a photograph, a figure a run, and the files of the last run."""

    seconds: list[float] = field(default_factory=list)
    files: list[Made] = field(default_factory=list)


def clocked(make_one: Callable[[], Made]) -> tuple[float, Made]:
    """CPU seconds of this process, and what was made."""
    started = time.process_time()
    files = make_one()
    return time.process_time() - started, files


def pipeline(file: SourceFile, folder: Path, *, avif: bool) -> tuple[Measured, Made]:
    """A photograph measured and made as a build does it, without anything in the cache."""
    tree, problems = SourceTree(folder, {file.path: replace(file)}), Problems()
    with tempfile.TemporaryDirectory() as kept:
        cache = Cache(Path(kept))
        wanted = [Wanted(file.path, "photo", Spot(""), avif)]
        found = album.measure(wanted, tree, cache, problems, making=True)
        measured = found.pictures[file.path]
        return measured, {address.rsplit("-", 1)[1]: data for address, data in make(measured, file, cache)}


def scaled(file: SourceFile, measured: Measured) -> dict[int, Image.Image]:
    """The reference: decoded in full, each width scaled from that."""
    with Image.open(file.real) as opened:
        full = opened.convert("RGB")
    widths = {each.width for each in measured.renditions()}
    return {width: full.resize((width, measured.height_at(width)), Image.Resampling.LANCZOS) for width in widths}


def encoded(measured: Measured, pixels: dict[int, Image.Image]) -> Made:
    """The floor: nothing but encoding."""
    made: Made = {}
    for each in measured.renditions():
        target = io.BytesIO()
        pixels[each.width].save(target, each.codec, **ENCODERS[each.codec])
        made[each.address.rsplit("-", 1)[1]] = target.getvalue()
    return made


def by_sharp(folder: Path, photos: Iterable[Path], out: Path, *, avif: bool) -> float:
    """CPU seconds of sharp for all photographs, without those that node needs to start."""
    out.mkdir()
    script = out / "sharp.cjs"
    script.write_text(SHARP, "utf-8")
    command = ["node", str(script), str(folder.resolve()), str(out), "yes" if avif else "no"]
    figures = Figures()
    figures.run(command)
    figures.run([*command, *map(str, photos)])
    return figures.cpu[1] - figures.cpu[0]


def distance(reference: Image.Image, file: bytes) -> float:
    """SSIMULACRA2 of a file against pixels: 100 is the same, 70 is good."""
    from ssimulacra2 import compute_ssimulacra2

    with tempfile.TemporaryDirectory() as work:
        for name, picture in (("a", reference), ("b", Image.open(io.BytesIO(file)).convert("RGB"))):
            picture.save(f"{work}/{name}.png", compress_level=1)
        return float(compute_ssimulacra2(f"{work}/a.png", f"{work}/b.png"))


def main() -> None:
    """Measures, prints two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=10)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--sharp", type=Path)
    parser.add_argument("--avif", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--judged", type=int, default=4, help="of so many photographs the quality is judged")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as work:
        folder = asked.folder or Path(work)
        if asked.folder is None:
            for number, data in enumerate(photographs(asked.photos)):
                (folder / f"{number:03}.jpg").write_bytes(data)
        paths = sorted(folder.glob("*.jpg"))[: asked.photos]
        files = [SourceFile(path.name, str(path), path.stat().st_size) for path in paths]
        measured = [pipeline(file, folder, avif=asked.avif)[0] for file in files]
        found = {name: Way() for name in ("encoders alone", "this project", "sharp for each file")}
        for turn in range(asked.runs):
            ours, floor = found["this project"], found["encoders alone"]
            sums = [0.0, 0.0]
            ours.files, floor.files = [], []
            for file, known in zip(files, measured, strict=True):
                seconds, made = clocked(lambda file=file: pipeline(file, folder, avif=asked.avif)[1])
                sums[0] += seconds
                ours.files.append(made)
                pixels = scaled(file, known)
                seconds, made = clocked(lambda known=known, pixels=pixels: encoded(known, pixels))
                sums[1] += seconds
                floor.files.append(made)
            ours.seconds.append(sums[0] / len(files))
            floor.seconds.append(sums[1] / len(files))
            if asked.sharp:
                seconds = by_sharp(asked.sharp, paths, Path(work) / f"sharp-{turn}", avif=asked.avif)
                found["sharp for each file"].seconds.append(seconds / len(files))
        print_speed(found)
        print_quality(found, files, measured, asked.judged)


def print_speed(found: dict[str, Way]) -> None:
    """CPU seconds a photograph: the median of all runs, their range, and ratios."""
    least = statistics.median(found["encoders alone"].seconds)
    print("| photographs | CPU s each | of all runs | to the encoders |", "|---|---|---|---|", sep="\n")
    for name, figures in found.items():
        if figures.seconds:
            middle = statistics.median(figures.seconds)
            bounds = f"{min(figures.seconds):.3f}–{max(figures.seconds):.3f}"
            print(f"| {name} | {middle:.3f} | {bounds} | {middle / least:.2f} |")
    sharp = found["sharp for each file"].seconds
    if sharp:
        ratio = statistics.median(found["this project"].seconds) / statistics.median(sharp)
        print(f"\nThis project takes {ratio:.2f} of what sharp takes.")


def print_quality(found: dict[str, Way], files: list[SourceFile], measured: list[Measured], judged: int) -> None:
    """Bytes of ours beside the floor's, and how much nearer to the reference those are."""
    can_judge = judged > 0 and importlib.util.find_spec("ssimulacra2") is not None
    ours, floor = found["this project"].files, found["encoders alone"].files
    print("\n| file | kB | to the encoders' | SSIMULACRA2 | of the encoders' |", "|---|---|---|---|---|", sep="\n")
    for name in ours[0]:
        size = [sum(len(made[name]) for made in each) / len(each) / 1000 for each in (ours, floor)]
        told = ["–", "–"]
        if can_judge:
            points: list[list[float]] = [[], []]
            for number in range(min(judged, len(files))):
                reference = scaled(files[number], measured[number])[int(name.partition(".")[0])]
                for way, each in enumerate((ours, floor)):
                    points[way].append(distance(reference, each[number][name]))
            told = [f"{statistics.mean(each):.1f}" for each in points]
        print(f"| {name} | {size[0]:.1f} | {size[0] / size[1]:.3f} | {told[0]} | {told[1]} |", flush=True)
    if not can_judge:
        print("\nQuality wasn't judged: pip install ssimulacra2")


if __name__ == "__main__":
    main()
