"""Packing for a stick, and comparing a host with what was published."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from cnnt_site.building.publishing import published
from cnnt_site.cli import PROJECT
from cnnt_site.desk.live import Finding, compare
from docs import list_supply as supply
from tests.harness import servers
from tests.harness.browser import launched, watched
from tests.harness.sites import TinySite, parse, site_from

BASE = "https://vi-du.example/trien-lam/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    """A site with a contact, as it was published."""
    site = site_from(tmp_path_factory.mktemp("deployed"))
    site.edit("site.yaml", "updated:", "contact_email: van-phong@vi-du.example\nupdated:")
    return site.built("--base-url", BASE)


def test_a_stick_holds_every_page_a_start_and_nothing_for_servers(site: TinySite, tmp_path: Path) -> None:
    done = site.run("pack", "--zip", str(tmp_path / "a.zip"))
    assert done.code == 0, done.err
    site.run("pack", "--zip", str(tmp_path / "b.zip"))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        names = packed.namelist()
        assert {name.split("/")[0] for name in names} == {"xem-open.html", "showroom"}
        for name in names[1:]:
            assert packed.read(name) == (site.output / name.removeprefix("showroom/")).read_bytes()
        start = parse(packed.read("xem-open.html"))
    left_out = set(site.files()) - {name.removeprefix("showroom/") for name in names}
    assert left_out == {
        *("_headers", ".htaccess", "robots.txt", "hosting/nginx.conf", "hosting/Caddyfile"),
        ".well-known/security.txt",
    }
    assert [link.get("href") for link in start.iter("a")] == ["showroom/index.html"]


@pytest.mark.browser
def test_a_packed_site_opens_from_a_stick_and_leads_everywhere(site: TinySite, tmp_path: Path) -> None:
    site.run("pack", "--zip", str(tmp_path / "a.zip"))
    stick = tmp_path / "USB của Sở #1"
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        packed.extractall(stick)
    with launched() as browser, watched(browser, viewport={"width": 390, "height": 844}) as watch:
        watch.open((stick / "xem-open.html").as_uri())
        watch.page.wait_for_url("**/showroom/index.html")
        for name, address in (("Tiếng Việt", "vi/index.html"), ("Sản phẩm", "vi/tra-cuu.html")):
            watch.page.get_by_role("link", name=name).first.evaluate("link => link.click()")
            watch.page.wait_for_url(f"**/showroom/{address}")
    assert not watch.complaints


def test_a_damaged_site_is_not_packed(tmp_path: Path) -> None:
    site = site_from(tmp_path)
    done = site.run("pack")
    assert done.code == 1
    assert "There is no site in output yet" in done.err
    (site.built().output / "vi/index.html").write_bytes(b"cut")
    done = site.run("pack")
    assert done.code == 1
    assert "output/vi/index.html isn't as it was published" in done.err
    assert not list(tmp_path.glob("*.zip*"))


def _found(root: str, sums: dict[str, str], now: datetime = datetime(2026, 12, 1, tzinfo=UTC)) -> Iterator[Finding]:
    return compare(root, sums, 4, now, trusting=True)


@pytest.mark.browser
@pytest.mark.parametrize("host", servers.PROGRAMS)
def test_a_host_with_our_rules_passes_and_every_departure_is_told(host: str, site: TinySite) -> None:
    sums = published(site.output)
    with servers.served(host, site.output, secure=True) as root:
        assert [finding.key for finding in _found(root, sums)] == ["live-no-security"], (
            "it is at a path, not at the root"
        )
        other = {**sums, "vi/index.html": hashlib.sha256(b"").hexdigest(), "vi/khong-co.html": ""}
        told = {(finding.key, finding.details.get("file")) for finding in _found(root, other)}
        assert {("live-different", "vi/index.html"), ("live-missing", "vi/khong-co.html")} < told


@pytest.mark.browser
def test_the_security_contact_must_stand_at_the_root_and_hold(site: TinySite) -> None:
    sums = published(site.output)
    with servers.served("nginx", site.output, path="") as root:
        assert "live-no-security" not in {finding.key for finding in _found(root, sums)}
        later = datetime(2027, 12, 1, tzinfo=UTC)
        assert "live-security-over" in {finding.key for finding in _found(root, sums, later)}


def test_a_host_without_rules_is_told_what_it_lacks(site: TinySite) -> None:
    with servers.python_server(site.output) as root:
        done = site.run("deploy-check", root)
    assert done.code == 1
    assert "index.html: Content-Security-Policy should be" in done.err
    assert "Set the site's 404.html" in done.err
    assert "differs" not in done.err
    nobody = site.run("deploy-check", "http://127.0.0.1:9/")
    assert nobody.code == 1
    assert "doesn't answer" in nobody.err


@pytest.mark.browser
def test_a_page_for_unknown_addresses_that_was_built_for_another_place_is_told(tmp_path: Path) -> None:
    site = site_from(tmp_path).built()
    with servers.served("nginx", site.output, path="") as root:
        assert "live-404-elsewhere" not in {finding.key for finding in _found(root, published(site.output))}
        answer = servers.ask(root + "a/b/c.html")
        assert b'<base href="/">' in answer.body
    site.built("--base-url", BASE)
    with servers.served("caddy", site.output, path="elsewhere/") as root:
        found = next(each for each in _found(root, published(site.output)) if each.key == "live-404-elsewhere")
        assert found.details["root"] == root


def test_the_lock_names_every_library_with_its_sums_and_no_registry() -> None:
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    found = {library.name: library for library in supply.libraries(lock)}
    wanted = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert {re.split("[><=]", each)[0].lower() for each in wanted} <= set(found), "run `make supply`"
    assert lock.count("==") == len(found)
    assert all(library.sums for library in found.values())
    assert "://" not in lock


def test_the_bill_of_materials_and_the_licences_are_those_of_the_lock() -> None:
    found = supply.libraries((PROJECT / "requirements.lock").read_text("utf-8"))
    assert not [library.name for library in found if library.licence == "NOASSERTION" and not library.only_on]
    bill = json.loads((supply.FOLDER / "sbom.json").read_text("utf-8"))
    sums = {each["name"]: [p["value"] for p in each["properties"]] for each in bill["components"]}
    assert sums == {library.name: list(library.sums) for library in found}
    told = {(each["name"], each["version"]) for each in bill["components"]}
    assert told == {(library.name, library.version) for library in found}
    licences = (supply.FOLDER / "licences.md").read_text("utf-8")
    assert all(f"| {library.name}" in licences and f"| {library.version} |" in licences for library in found)
    assert not re.search(r"\b(A?GPL|SSPL)", licences), "a licence that our users could not keep"


RECIPES = PROJECT / "docs" / "recipes"


def test_workflows_are_whole_and_pinned() -> None:
    """Every action by the sum of its commit; every command that they run is one of ours or the system's."""
    github = yaml.safe_load((RECIPES / "github-pages.yml").read_text("utf-8"))
    steps = [step for job in github["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]
    assert len(used) == 4
    assert all(len(action.partition("@")[2]) == 40 for action in used)
    assert github["permissions"] == {"contents": "read"}
    gitlab = yaml.safe_load((RECIPES / "gitlab-pages.yml").read_text("utf-8"))
    for commands in ([step.get("run", "") for step in steps], gitlab["pages"]["script"]):
        text = "\n".join(commands)
        assert "--require-hashes" in text
        assert "build.py build --locked" in text
