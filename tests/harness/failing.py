"""A machine that fails at the n-th change of a file, whichever of a build's processes makes it.

It knows nothing of how publishing works: it stands between the program and the system, and counts.
"""

from __future__ import annotations

import builtins
import errno
import io
import mmap
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.synchronize import Lock
from pathlib import Path
from typing import Any

WAYS = ("kill", "worker", "full", "broken", "in-use", "denied")
"""All processes killed; only the worker that makes the change killed; no space from then on; one input/output
error; a file that another program holds from then on; no right to change anything from then on."""


def _shared() -> mmap.mmap:
    return mmap.mmap(-1, 4096 * 2)


def _lock() -> Lock:
    return multiprocessing.get_context("fork").Lock()


@dataclass(slots=True)
class Fault:
    """Fails the `at`-th change (from 1) of a file below `folder`, in one of `WAYS`; 0 only counts.

    `log` is a file that gets a line for each change: "worker" or "parent", what, where. The count and the
    name of the file that is held are shared with processes that are forked later.
    """

    folder: Path
    way: str = "kill"
    at: int = 0
    log: Path | None = None
    _memory: mmap.mmap = field(default_factory=_shared)
    _lock: Lock = field(default_factory=_lock)
    _log: int = -1

    def step(self, what: str, path: object, *, needs_space: bool = False) -> None:
        """One change that is about to be made; killed or refused here when its turn has come."""
        name = os.fspath(path) if isinstance(path, str | bytes | os.PathLike) else ""
        name = os.path.abspath(os.fsdecode(name))
        if not name.startswith(str(self.folder)):
            return
        number = self._next()
        in_worker = os.getpid() != os.getsid(0)
        if self._log >= 0:
            os.write(self._log, f"{'worker' if in_worker else 'parent'} {what} {name}\n".encode())
        if not self.at or number < self.at:
            return
        now = number == self.at
        if now and self.way == "kill":
            os.killpg(0, signal.SIGKILL)
        if now and self.way == "worker" and in_worker:
            os.kill(os.getpid(), signal.SIGKILL)
        if now and self.way == "broken":
            raise OSError(errno.EIO, os.strerror(errno.EIO), name)
        if self.way == "full" and needs_space:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
        if self.way == "denied" or (self.way == "in-use" and name == self._held(name if now else "")):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), name)

    def _next(self) -> int:
        with self._lock:
            number = int.from_bytes(self._memory[:8], "little") + 1
            self._memory[:8] = number.to_bytes(8, "little")
        return number

    def _held(self, name: str) -> str:
        """The file that is held; from now on `name`, if there is one."""
        if name:
            self._memory[8:4096] = name.encode().ljust(4088, b"\0")
        return self._memory[8:4096].rstrip(b"\0").decode()

    def install(self) -> None:
        """Puts itself between this process and the system, for good: for the leader of a session that ends soon."""
        fault, real_open, real_os_open = self, io.open, os.open
        if self.log is not None:
            self._log = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)

        class Raw(io.FileIO):
            def write(self, data: Any, /) -> int:
                half = len(data) // 2
                try:
                    fault.step("write", self.name, needs_space=True)
                except OSError:
                    super().write(memoryview(data).cast("B")[:half])
                    raise
                return super().write(data)

        def opened(file: Any, mode: str = "r", buffering: int = -1, *more: Any, **options: Any) -> Any:
            if not set(mode) & set("wxa+") or isinstance(file, int) or "opener" in options:
                return real_open(file, mode, buffering, *more, **options)
            fault.step("open", file, needs_space=True)
            raw = Raw(file, mode.replace("b", "").replace("t", ""))
            if buffering == 0:
                return raw
            writer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return writer if "b" in mode else io.TextIOWrapper(writer, *more, **options)

        def os_open(path: Any, flags: int, *more: Any, **options: Any) -> int:
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                fault.step("open", path, needs_space=True)
            return real_os_open(path, flags, *more, **options)

        io.open, builtins.open, os.open = opened, opened, os_open
        time.sleep = lambda seconds: None
        for name in ("replace", "rename", "link", "symlink"):
            setattr(os, name, self._changing(getattr(os, name), name, target=1))
        for name in ("unlink", "remove", "mkdir", "rmdir", "truncate", "utime", "chmod"):
            setattr(os, name, self._changing(getattr(os, name), name, target=0))

    def _changing(self, real: Callable[..., Any], name: str, target: int) -> Callable[..., Any]:
        def changed(*paths: Any, **options: Any) -> Any:
            self.step(name, paths[target], needs_space=name in ("mkdir", "link", "symlink"))
            return real(*paths, **options)

        return changed
