"""Reading again without a network: a service worker and the manifest of an installable site, when they are wanted.

Where they aren't, the worker that stands at the same address takes itself and all that it kept away.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import resources

from cnnt_site.pages.framing import MANIFEST
from cnnt_site.pages.showroom import Showroom
from cnnt_site.pages.teller import Teller

WORKER = "sw.js"


def files(showroom: Showroom) -> Iterator[tuple[str, bytes]]:
    """The worker always; the manifest when `hosting` of site.yaml says `offline: yes`."""
    if showroom.catalogue.site.hosting.offline == "no":
        yield WORKER, _script("sw_off.js")
        return
    languages, assets = showroom.catalogue.languages, showroom.theme.addresses
    homes = {lang: showroom.routes.of("home", "", lang) for lang in languages}
    first = [*homes.values(), "index.html", *(assets[name] for name in ("site.css", "site.js", "icon.svg"))]
    version = hashlib.sha256("\n".join(first).encode()).hexdigest()[:10]
    build = json.dumps({"version": version, "files": first, "homes": homes}, ensure_ascii=False)
    yield WORKER, f"const BUILD = {build};\n".encode() + _script("sw.js")
    yield MANIFEST, _manifest(showroom, homes[languages[0]])


def _script(name: str) -> bytes:
    return (resources.files("cnnt_site.feeds") / name).read_bytes()


def _manifest(showroom: Showroom, home: str) -> bytes:
    site, lang = showroom.catalogue.site, showroom.catalogue.languages[0]
    teller = Teller(showroom, lang, MANIFEST)
    said = {
        "name": teller.must_say(site.name).text,
        "description": teller.must_say(site.description).text,
        "lang": lang,
        "start_url": home,
        "scope": "./",
        "display": "minimal-ui",
        "icons": [{"src": teller.asset("icon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
