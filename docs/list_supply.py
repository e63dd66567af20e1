"""What the program is made of: `python -m docs.list_supply` writes docs/supply/sbom.json and licences.md.

Both follow from requirements.lock (which version of each library, the sums of its files) and from what
the installed libraries say of themselves. The same lock gives the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

PROJECT = Path(__file__).parents[1]
LOCK = PROJECT / "requirements.lock"
FOLDER = PROJECT / "docs" / "supply"

_SPDX = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
    "ISC License (ISCL)": "ISC",
}


@dataclass(frozen=True, slots=True)
class Library:
    """A library at its locked version: its licence as an SPDX expression, the sums of its files."""

    name: str
    version: str
    licence: str
    about: str
    sums: tuple[str, ...]
    only_on: str = ""


def libraries(lock: str) -> list[Library]:
    """Every library of a lock file, by name. One that isn't installed here (for other systems) has no licence."""
    found = []
    for name, version, marker, rest in re.findall(
        r"^([a-z0-9-]+)==([^ \n]+?)(?: ; ([^\\\n]+?))? \\\n((?:    --hash=.*\n?)+)", lock, re.M
    ):
        try:
            known: Distribution | None = distribution(name)
        except PackageNotFoundError:
            known = None
        licence = _licence(known) if known else "NOASSERTION"
        about = (known.metadata["Summary"] or "") if known else ""
        sums = tuple(sorted(re.findall(r"sha256:([0-9a-f]{64})", rest)))
        found.append(Library(name, version, licence, about.strip(), sums, marker))
    return found


def _licence(known: Distribution) -> str:
    """As an SPDX expression when the library gives one, else by its classifier, else as it says."""
    told = known.metadata
    if told["License-Expression"]:
        return str(told["License-Expression"])
    classified = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License")]
    named = [_SPDX[name] for name in classified if name in _SPDX]
    written = (told["License"] or "").strip().splitlines()
    if named or written:
        return " AND ".join(named) or _SPDX.get(written[0], written[0])
    texts = [Path(str(file.locate())).read_text("utf-8") for file in known.files or () if "/licenses/" in str(file)]
    return "MIT" if any("Permission is hereby granted, free of charge" in text for text in texts) else "NOASSERTION"


def bill(found: list[Library]) -> str:
    """A CycloneDX bill of materials, without a time or a serial number: it says what, not when."""
    components = [
        {
            "type": "library",
            "name": each.name,
            "version": each.version,
            "purl": f"pkg:pypi/{each.name}@{each.version}",
            "bom-ref": f"pkg:pypi/{each.name}@{each.version}",
            "description": each.about,
            "licenses": [{"expression": each.licence}],
            "properties": [{"name": "sha256", "value": told} for told in each.sums],
        }
        for each in found
    ]
    return (
        json.dumps(
            {
                "bomFormat": "CycloneDX",
                "specVersion": "1.6",
                "version": 1,
                "metadata": {"component": {"type": "application", "name": "cnnt-site", "bom-ref": "cnnt-site"}},
                "components": components,
                "dependencies": [{"ref": "cnnt-site", "dependsOn": [each["bom-ref"] for each in components]}],
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def table(found: list[Library]) -> str:
    """The licences as a table in Markdown."""
    lines = [
        "# Licences of what the program uses",
        "",
        "Made by `make supply` from `requirements.lock` and what the libraries say of themselves. All are used as they",
        "come; none is changed or shipped in this repository. What the project ships itself stands in `SECURITY.md`.",
        "",
        "| library | version | licence | what it is |",
        "|---|---|---|---|",
    ]
    for each in found:
        where = f" (only {each.only_on})" if each.only_on else ""
        about = each.about.replace("|", "/")
        lines.append(f"| {each.name}{where} | {each.version} | {each.licence} | {about} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Writes both files."""
    found = libraries(LOCK.read_text("utf-8"))
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "sbom.json").write_text(bill(found), "utf-8")
    (FOLDER / "licences.md").write_text(table(found), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
