"""The site as a host serves it, compared with what was published: every byte, and what is sent along."""

from __future__ import annotations

import gzip
import hashlib
import re
import ssl
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin

from cnnt_site.desk.stick import FOR_HOSTS
from cnnt_site.headers import MEDIA_TYPES, headers_of

UNKNOWN = "khong-co-trang-nay/a.html"
"""An address that no showroom has."""

SECURITY = ".well-known/security.txt"
_LARGEST = 100_000_000
_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a host does not do as it should: its message key, and what fills the gaps."""

    key: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Message
    body: bytes


def compare(
    root: str, sums: Mapping[str, str], jobs: int, now: datetime, *, trusting: bool = False
) -> Iterator[Finding]:
    """What differs at `root` (ends with a slash) from the files of `sums`, in the order of their addresses.

    `trusting` takes any certificate. Raises OSError when the host doesn't answer at all.
    """
    context = ssl.create_default_context()
    if trusting:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
    _ask(opener, root)
    wanted = sorted(address for address in sums if not FOR_HOSTS.fullmatch(address))
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        for found in pool.map(lambda address: list(_file(opener, root, address, sums)), wanted):
            yield from found
    yield from _rules(opener, root, wanted)
    if SECURITY in sums:
        yield from _security(opener, root, now)


def _file(opener: urllib.request.OpenerDirector, root: str, address: str, sums: Mapping[str, str]) -> Iterator[Finding]:
    told = sums[address]
    try:
        answer = _ask(opener, root + quote(address))
        packed = _ask(opener, root + quote(address), "gzip") if f"{address}.gz" in sums else answer
    except OSError as error:
        yield Finding("live-no-answer", {"file": address, "reason": error})
        return
    if answer.status != 200:
        yield Finding("live-missing", {"file": address, "status": answer.status})
    elif hashlib.sha256(answer.body).hexdigest() != told:
        yield Finding("live-different", {"file": address})
    else:
        kind = MEDIA_TYPES.get(address.rpartition(".")[2])
        sent = answer.headers.get_content_type()
        if kind is not None and sent not in (kind, kind.replace("text/javascript", "application/javascript")):
            yield Finding("live-type", {"file": address, "sent": sent, "kind": kind})
    if packed is not answer and hashlib.sha256(_unpacked(packed)).hexdigest() != told:
        yield Finding("live-different", {"file": f"{address}.gz"})


def _unpacked(answer: _Answer) -> bytes:
    """The file as it was before it was compressed; nothing when that can't be told."""
    if answer.headers.get("Content-Encoding") != "gzip":
        return answer.body
    try:
        return gzip.decompress(answer.body)
    except (OSError, EOFError, zlib.error):
        return b""


def _rules(opener: urllib.request.OpenerDirector, root: str, addresses: list[str]) -> Iterator[Finding]:
    """Headers of one page and one lasting file, and what an unknown address gets."""
    asset = next((address for address in addresses if address.startswith("assets/")), None)
    for address in ("index.html", asset):
        if address is None:
            continue
        sent = _ask(opener, root + address).headers
        for name, value in headers_of(address).items():
            if sent.get(name, "").replace(" ", "") != value.replace(" ", ""):
                yield Finding(
                    "live-header", {"file": address, "name": name, "value": value, "sent": sent.get(name, "")}
                )
    missing = _ask(opener, f"{root}{UNKNOWN}")
    if missing.status != 404:
        yield Finding("live-no-404", {"status": missing.status})
    elif b'class="page-not-found"' not in missing.body:
        yield Finding("live-own-404")
    else:
        style = _ask(opener, _style_of(missing.body.decode("utf-8", "replace"), f"{root}{UNKNOWN}"))
        if (style.status, style.headers.get_content_type()) != (200, MEDIA_TYPES["css"]):
            yield Finding("live-404-elsewhere", {"root": root})


def _style_of(page: str, here: str) -> str:
    """The full address of a page's first style, as a browser finds it."""
    base = re.search(r'<base href="([^"]+)"', page)
    style = re.search(r'<link rel="stylesheet" href="([^"]+)"', page)
    start = urljoin(here, base[1] if base else "")
    return str(urljoin(start, style[1] if style else ""))


def _security(opener: urllib.request.OpenerDirector, root: str, now: datetime) -> Iterator[Finding]:
    """Whether security.txt stands where it is looked for, and still holds."""
    answer = _ask(opener, re.sub(r"^(https?://[^/]+/).*", r"\1", root) + SECURITY)
    until = re.search(rb"^Expires: (.+)$", answer.body, re.M)
    if answer.status != 200 or until is None:
        yield Finding("live-no-security", {"file": SECURITY})
    elif datetime.fromisoformat(until[1].decode().replace("Z", "+00:00")) < now:
        yield Finding("live-security-over", {"file": SECURITY, "day": until[1].decode()[:10]})


def _ask(opener: urllib.request.OpenerDirector, address: str, coding: str = "identity") -> _Answer:
    """One request, redirects followed. Raises OSError when nobody answers."""
    headers = {"User-Agent": "showroom deploy-check", "Accept-Encoding": coding}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 (the command takes http and https only)
    try:
        with opener.open(request, timeout=_SECONDS) as answer:
            return _Answer(answer.status, answer.headers, answer.read(_LARGEST))
    except HTTPError as error:
        with error:
            return _Answer(error.code, error.headers, error.read(_LARGEST))
    except URLError as error:
        raise OSError(str(error.reason)) from error
    except HTTPException as error:
        raise OSError(type(error).__name__) from error


def today() -> datetime:
    """The clock: a host's promises are held against it, never a build."""
    return datetime.now(UTC)
