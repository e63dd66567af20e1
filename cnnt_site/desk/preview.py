"""The preview: the site in memory, built again when a file is saved, served on this machine only.

A save that breaks something leaves the last good pages; `Preview.result` says what is wrong. The pages
that a save changed are shown as soon as they are made, before search and data are. Nothing is written
to disk, so a preview can't be mistaken for what was published.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import cast
from urllib.parse import unquote, urlsplit

from cnnt_site.headers import MEDIA_TYPES
from cnnt_site.pipeline import Result
from cnnt_site.problems import Problems
from cnnt_site.reading.scanning import Scanned, scan
from cnnt_site.reading.tree import Listed

PAUSE = 20
"""Milliseconds without another change after which a burst of saves counts as over."""

LONGEST_BURST = 400
"""Milliseconds after which a build begins though saves go on."""

FIRST_LOOK = 500
"""Milliseconds after which a watcher that hears of nothing looks up."""

RELOAD = {"command": "reload", "path": "*", "liveCSS": False}
"""What a browser is told when there is something new."""

_Stood = dict[Path, Mapping[str, Listed]]

_TYPES = {f".{ending}": MEDIA_TYPES[ending] for ending in ("js", "css", "svg", "webp", "avif")}
"""Types that the registry of Windows may have wrong."""


@dataclass(slots=True)
class Preview:
    """The site as it was last built without errors, and what came of the last build.

    `build` makes both and may tell `show` of pages before it ends; it is told which files may have changed since the
    last build without errors, None for any. `desk_pages` are pages of the preview
    itself by path, made when asked for; `dress` changes a page on its way to the browser; `reload` tells
    browsers that there is something new.
    """

    build: Callable[[Collection[Path] | None], Result]
    desk_pages: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    dress: Callable[[str, bytes], bytes] = lambda address, page: page
    files: Mapping[str, bytes] = field(default_factory=dict)
    result: Result | None = None
    reload: Callable[[], None] = lambda: None
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)
    _saved: frozenset[Path] | None = None

    def rebuild(self, saved: Collection[Path] | None = None) -> Result:
        """Builds again when files were `saved`, None for any. A build with errors leaves the files as they were."""
        with self._one_at_a_time:
            good, before = self.files, self.result
            self._saved = None if saved is None or self._saved is None else self._saved.union(saved)
            result = self.build(self._saved)
            if result.files:
                self._saved = frozenset()
            shown_early = self.files is not good and bool(result.files)
            self.files = result.files or good
            self.result = result
            if before is None or not shown_early or tuple(before.problems) != tuple(result.problems):
                self.reload()
        return result

    def show(self, pages: Mapping[str, bytes]) -> None:
        """Serves pages of a build that goes on."""
        self.files = ChainMap(dict(pages), cast("dict[str, bytes]", self.files))
        self.reload()

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and bytes for a path such as `/vi/`."""
        address = path.lstrip("/")
        if address in self.desk_pages:
            return 200, _type_of(address), self.desk_pages[address]()
        if not address or address.endswith("/"):
            address += "index.html"
        status, data = 200, self.files.get(address)
        if data is None:
            status, address = 404, "404.html"
            data = self.files.get(address, b"<!DOCTYPE html><title>404</title><body></body>")
        return status, _type_of(address), self.dress(address, data) if address.endswith(".html") else data


def _type_of(address: str) -> str:
    ending = PurePosixPath(address).suffix or ".html"
    found = _TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")
    return f"{found}; charset=utf-8" if found.startswith(("text/", "application/j")) else found


def is_free(port: int) -> bool:
    """Whether nobody serves at this port of the machine."""
    import socket

    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) != 0


def with_reload(page: bytes) -> bytes:
    """A page that reloads itself after a build."""
    head, body_end, rest = page.rpartition(b"</body>")
    return head + b'<script src="/livereload.js" async></script>' + body_end + rest


def serve(preview: Preview, watched: Iterable[Path], port: int, ready: Callable[[], None]) -> None:
    """Builds and serves until it is stopped; builds again when a file below `watched` changes.

    `ready` is called once, when the first page can be asked for.
    """
    from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
    from tornado import ioloop, web

    news = 0
    sent: dict[str, int] = {}

    class Page(web.RequestHandler):
        """Any page of the preview, as it is now."""

        def get(self, path: str) -> None:
            sent[path] = news
            status, kind, data = preview.answer(path)
            self.set_status(status)
            self.set_header("Content-Type", kind)
            self.set_header("Cache-Control", "no-store")
            self.finish(with_reload(data) if kind.startswith("text/html") else data)

        def compute_etag(self) -> None:
            return None

    class Reload(LiveReloadHandler):  # type: ignore[misc]
        """The reload protocol, told by our own watcher instead of livereload's slow one."""

        def check_origin(self, origin: str) -> bool:
            return origin in (f"http://127.0.0.1:{port}", f"http://localhost:{port}")

        def on_message(self, message: str | bytes) -> None:
            """A page that was sent before the last news and listens only now hears of them now."""
            super().on_message(message)
            said = json.loads(message)
            path = unquote(urlsplit(said.get("url", "")).path)
            if said["command"] == "info" and sent.get(path, news) < news:
                self.send_message(RELOAD)

    def told() -> None:
        nonlocal news
        news += 1
        for page in LiveReloadHandler.waiters.copy():
            page.send_message(RELOAD)

    loop, stop = ioloop.IOLoop.current(), threading.Event()

    preview.reload = lambda: loop.add_callback(told)
    stood = as_they_stand(watched)
    preview.rebuild()  # before there is another thread, so that it may fork
    watcher = threading.Thread(target=follow, args=(preview, changes(watched, stop), watched, stood), daemon=True)
    watcher.start()
    try:
        handlers = [("/livereload", Reload), ("/livereload.js", LiveReloadJSHandler), ("(/.*)", Page)]
        web.Application(handlers, log_function=lambda handler: None).listen(port, address="127.0.0.1")
        loop.add_callback(lambda: loop.run_in_executor(None, ready))  # a browser may take its time
        loop.start()
    finally:
        stop.set()
        watcher.join()


def follow(preview: Preview, bursts: Iterable[frozenset[Path]], watched: Iterable[Path], stood: _Stood) -> None:
    """Builds after every burst of saves; at every pause also when something was saved that nobody has told of.

    `stood` is how all stood before the build before.
    """
    heard = frozenset[Path]()
    for saved in bursts:
        if saved:
            heard |= saved
            preview.rebuild(saved)
            continue
        now = as_they_stand(watched, stood)
        unheard = _changed(stood, now) - {at.resolve() for path in heard for at in (path, path.parent)}
        heard, stood = frozenset(), now
        if unheard:
            preview.rebuild()


def changes(watched: Iterable[Path], stop: threading.Event) -> Iterator[frozenset[Path]]:
    """Yields what was saved in every burst of saves below the folders `watched`, until `stop` is set.

    And nothing at the first pause after one, and as it begins: a system may not tell of all that is saved, and what
    was saved before is told by nobody.
    """
    import watchfiles

    folders = [folder for folder in watched if folder.is_dir()]
    bursts = watchfiles.watch(
        *folders,
        debounce=LONGEST_BURST,
        step=PAUSE,
        stop_event=stop,
        rust_timeout=FIRST_LOOK,
        yield_on_timeout=True,
        raise_interrupt=False,
    )
    pausing = False
    for burst in bursts:
        if burst or not pausing:
            yield frozenset(Path(path) for _, path in burst)
        pausing = not burst


def as_they_stand(watched: Iterable[Path], before: _Stood | None = None) -> _Stood:
    """What the disk says of all files below some folders, by the folders; `before` is what it said before."""
    return {top: scan(top, Problems(), Scanned((before or {}).get(top, {}))).listed for top in watched}


def _changed(before: _Stood, now: _Stood) -> set[Path]:
    """The folders in which something isn't as it was."""
    return {
        (top / folder).resolve()
        for top in now
        for folder in {**before[top], **now[top]}
        if before[top].get(folder) != now[top].get(folder)
    }
