"""Bytes to text: UTF-8 and nothing else, with the usual other encodings named in the problem."""

from __future__ import annotations

from cnnt_site.problems import Problems, Spot


def decode(path: str, data: bytes, problems: Problems) -> str | None:
    """The text of a file, or None after a problem. A byte-order mark of UTF-8 is passed over."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.error("not-utf8", Spot(path, line=1, column=1), looks="UTF-16")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        start = before.rfind(b"\n") + 1
        problems.error(
            "not-utf8",
            Spot(path, line=before.count(b"\n") + 1, column=len(before[start:].decode("utf-8", "replace")) + 1),
            looks="Windows-1258, TCVN3, VNI",
        )
        return None
    if "\x00" in text:
        problems.error("not-utf8", Spot(path, line=text.count("\n", 0, text.index("\x00")) + 1), looks="UTF-16")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
