"""Plain values as YAML that our reader, and any other YAML 1.2 reader, takes for what they are.

A text that another reader could take for a number or a truth value is quoted; a number or a day is
given as such (`int`, `float`, `date`) and isn't.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~<=][^\n]*")
_BROKEN = re.compile(r":(\s|$)|\s#|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_OTHER_TYPE = re.compile(
    r"[-+]?(0x[0-9a-f]+|0o?[0-7]+|[0-9][0-9_]*(:[0-9]+)*(\.[0-9_]*)?(e[-+]?[0-9]+)?|\.[0-9]+|\.inf)|\.nan"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*|~|null|true|false|yes|no|on|off|y|n",
    re.I,
)
_INSIDE_FLOW = re.compile(r"[,\[\]{}?]")  # YAML 1.1 readers stumble over `:?`, some over any `?`
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: str | int | float | date, *, flow: bool = False) -> str:
    """One value on one line; within `[…]` or `{…}` when `flow`."""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return f"{value:g}" if isinstance(value, float) else str(value)
    unfit = not _PLAIN.fullmatch(value) or _BROKEN.search(value) or _OTHER_TYPE.fullmatch(value)
    if not unfit and not (flow and _INSIDE_FLOW.search(value)):
        return value
    return '"' + "".join(_ESCAPES.get(sign) or _printable(sign) for sign in value) + '"'


def _printable(sign: str) -> str:
    return sign if _BROKEN.fullmatch(sign) is None or sign == " " else f"\\u{ord(sign):04X}"


def flow(value: Any) -> str:
    """A value within one line, as it stands inside `[…]` and `{…}`."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(value, flow=True)


def block(value: Any, indent: int = 0) -> list[str]:
    """The lines of a mapping or list, each `indent` spaces in; a mapping or list within one goes two further."""
    margin = " " * indent
    lines: list[str] = []
    if isinstance(value, dict):
        for key, inner in value.items():
            if _is_nested(inner):
                lines += [f"{margin}{scalar(key)}:", *block(inner, indent + 2)]
            else:
                lines.append(f"{margin}{scalar(key)}: {flow(inner)}")
        return lines
    for inner in value:
        if _is_nested(inner):
            first, *more = block(inner, indent + 2)
            lines += [f"{margin}- {first.lstrip()}", *more]
        else:
            lines.append(f"{margin}- {flow(inner)}")
    return lines


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list | tuple) and bool(value)
