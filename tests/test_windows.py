"""Windows rules where no Windows is: encodings, line ends, backslashes, capitals, reserved names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest

from cnnt_site.cli import PROJECT
from tests.harness.sites import TinySite, site_from, snapshot

STRICT = r"import warnings; warnings.filterwarnings('error', category=EncodingWarning, module=r'cnnt_site(\.|$)')"
"""Makes Python's warnings about encodings errors, where our own files are meant."""

EVERY_COMMAND = f"""\
{STRICT}
import sys
from cnnt_site.cli import main
for command in (
    ["build"],
    ["check", "--full"],
    ["check", "--json"],
    ["new", "product", "--name", "Chiếu lác", "--level", "Cấp tỉnh", "--year", "2020"],
    ["new", "producer", "--name", "Cơ sở Hai"],
    ["editor"],
    ["cms", "--repository", "a/b"],
    ["init", "Tỉnh khác", "--province", "Cà Mau"],
    ["remove", "product", "chieu-lac", "--yes"],
    ["build"],
):
    ended = main([*command, "--lang", "vi"])
    if ended:
        sys.exit(str(command))
"""


def _run(site: TinySite, code: str, *options: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, *options, "-c", code]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    return subprocess.run(
        command,
        cwd=site.folder,
        env={**kept, "PYTHONPATH": str(PROJECT), **environment},
        capture_output=True,
        check=False,
    )


def test_no_file_is_opened_in_the_encoding_of_the_system(tmp_path: Path) -> None:
    """Python warns where an encoding is left to the system; here each warning is an error."""
    site = site_from(tmp_path / "Nội dung")
    done = _run(site, EVERY_COMMAND, "-X", "warn_default_encoding")
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    careless = f"{STRICT}\nexec('open(\"content/site.yaml\")', {{'__name__': 'cnnt_site.careless'}})"
    caught = _run(site, careless, "-X", "warn_default_encoding")
    assert caught.returncode == 1
    assert b"EncodingWarning" in caught.stderr


def test_vietnamese_reaches_a_terminal_that_speaks_another_encoding(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.edit("products/tranh-mot/product.yaml", "producer: co-so-mot", "producer: khong-co")
    code = "import sys; from cnnt_site.cli import main; sys.exit(main(['check', '--lang', 'vi']))"
    done = _run(site, code, PYTHONIOENCODING="cp1252", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 1
    assert "Không có cơ sở nào" in done.stderr.decode("utf-8")


def test_files_saved_by_notepad_are_the_same_to_us(tmp_path: Path) -> None:
    """With Windows line ends and a byte-order mark every page has the same bytes."""
    plain, notepad = (site_from(tmp_path / name) for name in ("plain", "notepad"))
    for path, data in snapshot(notepad.content).items():
        notepad.write(path, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    assert plain.built().files() == notepad.built().files()
    checked = notepad.run("check")
    assert checked.code == 0, checked.err


def test_a_removal_keeps_the_line_ends_of_the_file(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    site.write(
        "producers/co-so-mot/producer.yaml",
        "name: {vi: Cơ sở Một}\r\ncontacts:\r\n  - {kind: phone, value: 0277 123 4567}\r\nkind: household\r\n",
    )
    assert site.run("remove", "contacts", "co-so-mot", "--yes").code == 0
    written = (site.content / "producers/co-so-mot/producer.yaml").read_bytes()
    assert written == "name: {vi: Cơ sở Một}\r\nkind: household\r\n".encode()


@pytest.mark.parametrize("name", ["con", "aux.yaml", "LPT1.md", "mau.", "mau ", "a:b.md", "a?b.md"])
def test_names_that_windows_cannot_have_are_told_with_a_cure(tmp_path: Path, name: str) -> None:
    site = site_from(tmp_path)
    site.write(
        f"products/{name}/product.yaml" if name == "con" else f"products/tranh-mot/{name}", "name: {vi: Tranh}\n"
    )
    done = site.run("check", "--lang", "vi")
    assert done.code == 1
    assert f"Tên “{name}” không dùng được trên một số máy, nhất là Windows" in done.err


@pytest.mark.parametrize("other", ["products/tranh-mot/VI.md", "products/Tranh-Mot/product.yaml"])
def test_names_that_are_one_for_windows_are_told(tmp_path: Path, other: str) -> None:
    site = site_from(tmp_path)
    site.write(other, "name: {vi: Tranh}\n")
    done = site.run("check", "--lang", "vi")
    assert done.code == 1
    assert "chỉ khác chữ hoa, chữ thường" in done.err


def test_every_published_path_is_fit_for_windows_and_short(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    for path in site.files():
        assert path.isascii()
        assert not set(path) & set('<>:"\\|?*')
        assert len(path) < 150
        assert (
            not any(PureWindowsPath(part).is_reserved() for part in path.split("/"))
            if sys.version_info < (3, 13)
            else True
        )
    assert len({path.casefold() for path in site.files()}) == len(site.files())


def test_paths_are_shown_with_forward_slashes_from_where_people_stand(tmp_path: Path) -> None:
    from cnnt_site.problems import Problems
    from cnnt_site.reading.scanning import scan

    site = site_from(tmp_path / "Sở Công Thương" / "danh mục")
    assert site.run("check").code == 0
    assert not [path for path in scan(site.content, Problems()).files if "\\" in path]
    site.edit("products/tranh-mot/product.yaml", "group: crafts", "group: khong")
    assert "content/products/tranh-mot/product.yaml:4:8" in site.run("check").err
