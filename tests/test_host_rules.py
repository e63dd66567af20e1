"""What a site tells hosts that no test can start here, and those who find a weakness."""

from __future__ import annotations

from pathlib import Path

from tests.harness.sites import site_from


def _rules(text: str) -> dict[str, dict[str, str]]:
    """`_headers` as Netlify and Cloudflare read it: a path, then its headers indented."""
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[path][name] = value
        else:
            path = line
            rules[path] = {}
    return rules


def _matches(path: str, rule: str) -> bool:
    return path.startswith(rule[:-1]) if rule.endswith("*") else path == rule


def test_every_file_has_one_rule_for_netlify_and_cloudflare(tmp_path: Path) -> None:
    """Hosts join the values of rules that overlap, and two policies are stricter than each."""
    site = site_from(tmp_path).built("--base-url", "https://vi-du.example/x/")
    rules = _rules((site.output / "_headers").read_text("utf-8"))
    own = ("_headers", "_redirects", ".htaccess", "hosting/", ".well-known/", "site-manifest.txt")
    assert "no-cache" in rules["/x/"]["Cache-Control"]
    for address in site.files():
        found = [rule for rule in rules if _matches(f"/x/{address}", rule)]
        assert len(found) == (0 if address.startswith(own) else 1), (address, found)
        if found and address.startswith("assets/"):
            assert "immutable" in rules[found[0]]["Cache-Control"]
        ancestors = "frame-ancestors *" if address.startswith("embed/") else "frame-ancestors 'none'"
        assert all(ancestors in rules[rule]["Content-Security-Policy"] for rule in found)


def test_security_txt_says_whom_to_write_to_and_until_when(tmp_path: Path) -> None:
    site = site_from(tmp_path).built("--base-url", "https://vi-du.example/")
    assert not (site.output / ".well-known").exists()
    site.edit("site.yaml", "updated:", "contact_email: văn.phòng@vi-du.example\nupdated:")
    site.built("--base-url", "https://vi-du.example/", "--as-of", "2026-11-24")
    assert (site.output / ".well-known/security.txt").read_text("utf-8").splitlines() == [
        "Contact: mailto:v%C4%83n.ph%C3%B2ng@vi-du.example",
        "Expires: 2027-11-23T00:00:00Z",
        "Preferred-Languages: vi, en",
        "Canonical: https://vi-du.example/.well-known/security.txt",
    ]


def test_no_base_address_reaches_into_the_rules_of_a_host(tmp_path: Path) -> None:
    hostile = "https://vi-du.example/a;return(200)$x\"'{}/"
    site = site_from(tmp_path).built("--base-url", hostile)
    for rules in ("hosting/nginx.conf", ".htaccess"):
        line = next(line for line in (site.output / rules).read_text("utf-8").splitlines() if "404.html" in line)
        assert "/a%3Breturn%28200%29%24x%22%27%7B%7D/404.html" in line
