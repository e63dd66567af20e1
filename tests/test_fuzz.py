"""Whatever stands in a file: it is read or told, never a crash. Found failures stay as examples (`@example`)."""

from __future__ import annotations

import io

from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st
from PIL import Image

from cnnt_site.pages import prose
from cnnt_site.pictures.pixels import Unfit, open_drawing, open_photo
from cnnt_site.problems import Problems
from cnnt_site.reading import text_file, yaml_file
from tests.harness.examples import examples

QUICK = examples(60, suppress_health_check=list(HealthCheck))

SIGNS = ":[]{},|>'\"#%@`?\\~ễ()<=*_!;&a-"
SPACES = ("\n", "\n\n", "  ", "    ", "\t", "\r", "\x00", "\ufeff", "\u202e", "\u2028", ": ", "- ", "1. ", "> ", "# ")
WORDS = ("&a ", "*a", "!!x ", "---", "...", "<<", "0277", "name", "&#x", "```")
LINKS = ("http://", "javascript:", "product:", "](", "[a]: ")
TEXT = st.lists(st.sampled_from((*SIGNS, *SPACES, *WORDS, *LINKS)), max_size=50).map("".join)
DRAWN = ("<svg ", "viewBox='0 0 9 9'", ">", "<g>", "</g>", "<use href='#a'/>", "</svg>", "&", "<", "a")
CHANGES = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6)


@QUICK
@given(TEXT | st.text(max_size=60) | st.binary(max_size=60).map(lambda data: data.decode("latin-1")))
@example("- - - - - - - - - - - - - a")
@example("a: *a")
@example("?\u2028[")
@example("[a]: ")
def test_yaml(text: str) -> None:
    for data in (text.encode("utf-8", "surrogatepass"), text.encode("utf-16", "surrogatepass")):
        problems = Problems()
        said = yaml_file.parse("a.yaml", data, problems)
        yaml_file.places(data)
        assert said is None or isinstance(said, dict | list | str)


@QUICK
@given(TEXT | st.text(max_size=80))
@example("1. " * 19 + "a")
@example("[a]: javascript:b\n[a]")
def test_markdown(text: str) -> None:
    problems = Problems()
    read = text_file.parse("vi.md", text.encode("utf-8", "surrogatepass"), problems)
    if read is not None and not problems.errors:
        made = prose.html_of(read)
        assert "<script" not in made
        assert 'href="javascript:' not in made.lower()


def _pictures() -> list[bytes]:
    found = []
    for form in ("JPEG", "PNG", "WEBP", "AVIF"):
        target = io.BytesIO()
        Image.new("RGB", (24, 16), (90, 20, 200)).save(target, form)
        found.append(target.getvalue())
    return found


@QUICK
@given(st.sampled_from(_pictures()), CHANGES, st.integers(0, 2_000))
@example(_pictures()[3], [(125, 0)], 2_000)
def test_photographs(whole: bytes, changes: list[tuple[int, int]], cut: int) -> None:
    damaged = bytearray(whole)
    for at, value in changes:
        damaged[at % len(damaged)] = value
    for tried in (bytes(damaged), bytes(damaged[:cut])):
        try:
            assert open_photo(tried, 16).mode == "RGB"
        except Unfit:
            continue


@QUICK
@given(st.lists(st.sampled_from(DRAWN)))
def test_drawings(parts: list[str]) -> None:
    try:
        open_drawing("".join(parts).encode(), 32)
    except Unfit:
        return
