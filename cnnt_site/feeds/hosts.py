"""The table of `headers.py` and the redirects, in the words of each host; and security.txt.

Netlify and Cloudflare Pages read `_headers` and `_redirects`, Apache reads `.htaccess`; nginx and Caddy
include their file below `hosting/`. The base address is only needed for `_headers`, `_redirects`, and
the page for unknown addresses on Apache and nginx; all else holds below any path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from urllib.parse import quote, urlsplit

from cnnt_site.addresses.relative import relative
from cnnt_site.compressing import ENDINGS, original
from cnnt_site.headers import COMPRESSED, MEDIA_TYPES, UNUSUAL, USUAL, headers_of
from cnnt_site.pages.showroom import Showroom

SECURITY_HOLDS = timedelta(days=364)
"""How long security.txt may be trusted after the as-of date: less than a year, says RFC 9116."""

CODINGS = {".gz": "gzip", ".br": "br"}
"""What the endings of compressed files are called in headers."""

Redirects = Sequence[tuple[str, str]]


def files(showroom: Showroom, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The rules for each kind of host. `addresses`: those of all other files."""
    root = quote(urlsplit(showroom.base_url or "/").path, safe="/%-._~")
    redirects = sorted(showroom.routes.redirects.items())
    languages = "|".join(showroom.catalogue.languages)
    beside = ENDINGS[showroom.catalogue.site.hosting.compressed]
    written = {
        "_headers": _netlify(root, addresses),
        "_redirects": (f"{root}{old} {root}{new} 301" for old, new in redirects),
        ".htaccess": _apache(root, languages, redirects, beside),
        "hosting/nginx.conf": _nginx(root, languages, redirects, beside),
        "hosting/Caddyfile": _caddy(redirects, beside),
        ".well-known/security.txt": _security(showroom),
    }
    for address, lines in written.items():
        text = "".join(f"{line}\n" for line in lines)
        if text:
            yield address, text.encode("utf-8")


def _netlify(root: str, addresses: Iterable[str]) -> Iterator[str]:
    """A rule for each folder and file at the root, for hosts join the values of rules that overlap."""
    own = (address for address in addresses if original(address) == address)  # these hosts compress themselves
    places = sorted({folder + slash for folder, slash, _ in (address.partition("/") for address in own)})
    for place in ("", *places):
        yield f"{root}{place}*" if place.endswith("/") else f"{root}{place}"
        yield from (f"  {name}: {value}" for name, value in headers_of(place).items())


def _below(folders: Iterable[str], languages: str) -> str:
    """A pattern for files of `folders` at the root of the site, wherever that lies: no language comes before them."""
    return rf"^(?:(?!/(?:{languages})/).)*/(?:{'|'.join(folder.rstrip('/') for folder in folders)})/"


def _apache(root: str, languages: str, redirects: Redirects, beside: Sequence[str]) -> Iterator[str]:
    yield f"ErrorDocument 404 {root}404.html"
    yield "Options -Indexes"
    yield "AddDefaultCharset utf-8"
    yield "<IfModule mod_mime.c>"
    yield from (f"  AddType {kind} .{ending}" for ending, kind in MEDIA_TYPES.items())
    yield f"  AddCharset utf-8 {' '.join(f'.{ending}' for ending in COMPRESSED)}"
    yield "</IfModule>"
    yield "<IfModule mod_headers.c>"
    yield from (f'  Header always set {name} "{value}"' for name, value in USUAL.items() if value)
    for folders, different in UNUSUAL.items():
        when = f"%{{REQUEST_STATUS}} -lt 400 && %{{REQUEST_URI}} =~ m#{_below(folders, languages)}#"
        for name, value in different.items():
            yield (
                f'  Header always set {name} "{value}" "expr={when}"'
                if value
                else f'  Header always unset {name} "expr={when}"'
            )
    yield '  RequestHeader edit* If-None-Match "-gzip\\"" "\\""'  # else a compressed page never counts as known
    yield "</IfModule>"
    yield "<IfModule mod_deflate.c>"
    yield f"  AddOutputFilterByType DEFLATE {' '.join(MEDIA_TYPES[ending] for ending in COMPRESSED)}"
    yield "</IfModule>"
    if redirects:
        yield "<IfModule mod_rewrite.c>"
        yield "  RewriteEngine On"
        yield "  RewriteCond %{REQUEST_URI}::$1 ^(.*?/)(.*)::\\2$"
        yield "  RewriteRule ^(.*)$ - [E=ROOT:%1]"
        yield from (f"  RewriteRule ^{_plain(old)}$ %{{ENV:ROOT}}{new} [R=301,L]" for old, new in redirects)
        yield "</IfModule>"
    if beside:
        yield from _apache_beside(beside)


def _apache_beside(beside: Sequence[str]) -> Iterator[str]:
    """Sends what stands beside a file compressed, to whoever takes it."""
    yield "<IfModule mod_rewrite.c>"
    yield "<IfModule mod_headers.c>"
    yield "  RewriteEngine On"
    for ending in beside:
        coding, pattern = CODINGS[ending], ending.replace(".", r"\.")
        yield f"  RewriteCond %{{HTTP:Accept-Encoding}} \\b{coding}\\b"
        yield f"  RewriteCond %{{REQUEST_FILENAME}}{ending} -f"
        yield f"  RewriteRule ^(.+)$ $1{ending} [L]"
        yield f'  <FilesMatch "{pattern}$">'
        yield f"    RemoveType {ending}"
        yield f"    AddEncoding {coding} {ending}"
        yield "    Header always merge Vary Accept-Encoding"
        yield "  </FilesMatch>"
    yield "</IfModule>"
    yield "</IfModule>"


def _nginx(root: str, languages: str, redirects: Redirects, beside: Sequence[str]) -> Iterator[str]:
    yield "# In a server or location block: include …/hosting/nginx.conf;"
    yield "types {"
    yield from (f"  {kind} {ending};" for ending, kind in MEDIA_TYPES.items())
    yield "}"
    kinds = " ".join(dict.fromkeys(MEDIA_TYPES[ending] for ending in COMPRESSED if ending != "html"))
    yield "charset utf-8;"
    yield f"charset_types {kinds};"
    yield "gzip on;"
    yield "gzip_vary on;"
    yield f"gzip_types {kinds};"
    if beside:
        yield "gzip_static on;"
    if ".br" in beside:
        yield "# With the module ngx_brotli, in the same block: brotli_static on;"
    yield f"error_page 404 {root}404.html;"
    yield "absolute_redirect off;"
    for number, (name, value) in enumerate(USUAL.items()):
        variable = f"$showroom_{number}"
        yield f'set {variable} "{value}";'
        for folders, different in UNUSUAL.items():
            if name in different:
                yield f'if ($uri ~ "{_below(folders, languages)}") {{ set {variable} "{different[name]}"; }}'
        yield f"add_header {name} {variable} always;"
    yield from (f"rewrite ^(.*)/{_plain(old)}$ $1/{new} permanent;" for old, new in redirects)


def _caddy(redirects: Redirects, beside: Sequence[str]) -> Iterator[str]:
    yield "# In a site or handle_path block, after root: import …/hosting/Caddyfile"
    yield "encode {"
    yield "  zstd"
    yield "  gzip"
    yield "  match {"
    yield from (f"    header Content-Type {MEDIA_TYPES[ending]}*" for ending in COMPRESSED)
    yield "  }"
    yield "}"
    yield "route {"
    yield from (f'  header {name} "{value}"' for name, value in USUAL.items() if value)
    yield from (f"  redir /{old} {relative(old, new)} 301" for old, new in redirects)
    yield "  @missing not file {path} {path}/index.html"
    yield "  handle @missing {"
    yield "    rewrite * /404.html"
    yield "    file_server {"
    yield "      status 404"
    yield "    }"
    yield "  }"
    for number, (folders, different) in enumerate(UNUSUAL.items()):
        yield f"  @unusual{number} path {' '.join(f'/{folder}*' for folder in folders)}"
        for name, value in different.items():
            yield f'  header @unusual{number} {name} "{value}"' if value else f"  header @unusual{number} -{name}"
    for ending, kind in MEDIA_TYPES.items():
        yield f"  @{ending} path *.{ending}"
        yield f"  header @{ending} {{"
        yield f'    Content-Type "{kind}; charset=utf-8"' if ending in COMPRESSED else f"    Content-Type {kind}"
        yield "    defer"
        yield "  }"
    yield "  file_server {" if beside else "  file_server"
    if beside:
        yield f"    precompressed {' '.join(CODINGS[ending] for ending in beside)}"
        yield "  }"
    yield "}"


def _plain(address: str) -> str:
    """An address as a pattern: it holds letters, digits, hyphens, slashes and dots."""
    return address.replace(".", r"\.")


def _security(showroom: Showroom) -> Iterator[str]:
    site = showroom.catalogue.site
    if site.contact_email is None:
        return
    yield f"Contact: mailto:{quote(site.contact_email, safe='@')}"
    yield f"Expires: {(showroom.catalogue.as_of + SECURITY_HOLDS).isoformat()}T00:00:00Z"
    yield f"Preferred-Languages: {', '.join(showroom.catalogue.languages)}"
    if (showroom.base_url or "").startswith("https://"):
        yield f"Canonical: {showroom.absolute('.well-known/security.txt')}"
