"""The preview: builds, serves the result on this machine only, and reloads pages after a save."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path


def serve(site: Path, watched: Iterable[Path], port: int, build: Callable[[], object]) -> None:
    """Builds and serves `site` until it is stopped; builds again when a file below `watched` changes.

    A build with problems says so and leaves the last good pages. `site` is made if it isn't there.
    """
    from livereload import Server
    from livereload.handlers import LiveReloadHandler

    LiveReloadHandler.DEFAULT_RELOAD_TIME = 0  # else a save within three seconds of the last is not shown
    site.mkdir(parents=True, exist_ok=True)
    build()
    server = Server()
    for folder in watched:
        server.watch(str(folder), build, delay=None)
    server.serve(root=str(site), host="127.0.0.1", port=port, default_filename="index.html")
