"""What hosts are to say along with each file: one table, from which every host's own rules are written.

The policy lets a page use nothing but files of its own site, and no script or style that stands inside
a page. So even content that slipped through every check could neither run nor ask another host.
"""

from __future__ import annotations

LASTING = ("assets/", "media/")
"""Folders whose names carry a hash: their files never change, so they may be kept for ever."""

FRAMED = "embed/"
"""The only pages that other sites may show in a frame."""

SHARED = "data/"
"""Open data: scripts of other sites may read it."""

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'self'",  # 404.html has a base, to be whole at any depth
}

REFERRER = "strict-origin-when-cross-origin"


def policy(ancestors: str = "") -> str:
    """The content security policy. `ancestors` says who may frame a page; `<meta>` can't say that."""
    directives = [f"{name} {value}" for name, value in POLICY.items()]
    return "; ".join([*directives, f"frame-ancestors {ancestors}"] if ancestors else directives)


USUAL = {
    "Content-Security-Policy": policy("'none'"),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": REFERRER,
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Access-Control-Allow-Origin": "",
}
"""The headers of every file; an empty one isn't sent. `no-cache` keeps a copy, and asks whether it still holds."""

UNUSUAL: dict[tuple[str, ...], dict[str, str]] = {
    LASTING: {"Cache-Control": "public, max-age=31536000, immutable"},
    (FRAMED,): {"Content-Security-Policy": policy("*"), "X-Frame-Options": ""},
    (SHARED,): {"Access-Control-Allow-Origin": "*"},
}
"""What differs below some folders."""

MEDIA_TYPES = {
    "avif": "image/avif",
    "css": "text/css",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "html": "text/html",
    "ics": "text/calendar",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "ttl": "text/turtle",
    "txt": "text/plain",
    "vcf": "text/vcard",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}
"""By the ending of a name: browsers that may not guess must be told."""

COMPRESSED = (
    "css",
    "csv",
    "geojson",
    "html",
    "ics",
    "js",
    "json",
    "jsonld",
    "svg",
    "ttl",
    "txt",
    "vcf",
    "webmanifest",
    "xml",
)
"""Endings of files that become smaller when compressed."""


def headers_of(address: str) -> dict[str, str]:
    """Every header that the file at `address` is to be sent with, beside its type."""
    headers = dict(USUAL)
    for folders, different in UNUSUAL.items():
        if address.startswith(folders):
            headers.update(different)
    return {name: value for name, value in headers.items() if value}
