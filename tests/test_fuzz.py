"""Whatever stands in a file: it is read or told, never a crash. Found failures stay as examples (`@example`)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import strategies as st

from cnnt_site.addresses.ledger import read_ledger
from cnnt_site.pages import prose
from cnnt_site.pictures.pixels import Unfit, open_drawing, open_photo
from cnnt_site.problems import Problems
from cnnt_site.reading import text_file, yaml_file
from cnnt_site.reading.scanning import scan
from tests.harness.examples import examples, photographs
from tests.harness.sites import TinySite, site_from

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


@QUICK
@given(st.sampled_from(photographs()), CHANGES, st.integers(0, 2_000))
@example(photographs()[3], [(125, 0)], 2_000)
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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinySite, dict[Path, bytes], dict[str, bytes]]:
    """A site that was built, what it keeps for the next build, and its output."""
    site = site_from(tmp_path_factory.mktemp("kept")).built()
    kept = {path: path.read_bytes() for path in (site.folder / ".cache").rglob("*") if path.is_file()}
    return site, {path: data for path, data in kept.items() if data}, site.files()


KEYS = ("current", "moved", "vi/index.html", "p/a.html", "p/tranh-mot.html", "product:tranh-mot", "home", "code:fair/a")
BETWEEN = (": ", ":\n", "\n  ", "\n", "{}", "[", "'", "&a", "*a", "../", "?", "- ")
LINES = st.lists(st.sampled_from((*KEYS, *BETWEEN)), max_size=40)


@QUICK
@given(LINES.map("".join) | TEXT)
@example("current: {vi/index.html: a}")
@example("current: {1: 2}\nmoved: []")
def test_ledgers(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "ledger"
    folder.mkdir(exist_ok=True)
    (folder / "permalinks.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    problems = Problems()
    ledger = read_ledger(scan(folder, problems), problems)
    assert all(isinstance(key, str) for key in (*ledger.current.values(), *ledger.moved.values()))


@examples(8, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(KEYS[2:5]), st.sampled_from(KEYS[5:]), max_size=3), st.sampled_from(KEYS[:2]))
@example({"p/tranh-mot.html": "product:khong-co"}, "current")
def test_any_ledger_ends_in_words_and_is_not_written_over_after_a_mistake(
    built: tuple[TinySite, dict[Path, bytes], dict[str, bytes]], addresses: dict[str, str], title: str
) -> None:
    site, _, output = built
    path = site.content / "permalinks.yaml"
    before = path.read_bytes()
    try:
        lines = "".join(f"  {address}: {key}\n" for address, key in addresses.items())
        path.write_text(f"{title}:\n{lines}" if lines else f"{title}: {{}}\n", "utf-8")
        written = path.read_bytes()
        done = site.run("build")
        assert done.code in (0, 1), done.err
        if done.code == 1:
            assert site.files() == output
            assert path.read_bytes() == written
    finally:
        path.write_bytes(before)
        assert site.built().files() == output


@examples(10, suppress_health_check=list(HealthCheck))
@given(st.data(), CHANGES)
def test_whatever_became_of_the_cache_the_output_is_the_same(
    built: tuple[TinySite, dict[Path, bytes], dict[str, bytes]], data: st.DataObject, changes: list[tuple[int, int]]
) -> None:
    site, kept, output = built
    memory = [path for path in kept if path.name == "memory.db"]
    path = data.draw(st.sampled_from([*memory * len(kept), *sorted(kept)]), label="which")
    damaged = bytearray(kept[path])
    for at, value in changes:
        damaged[at * 41 % len(damaged)] = value
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)), label="cut")])
    (site.output / "vi/index.html").unlink()
    assert site.built().files() == output
