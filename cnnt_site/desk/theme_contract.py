"""What a theme may rely on, written from the code: `python -m cnnt_site.desk.theme_contract > themes/README.md`."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from cnnt_site import pages
from cnnt_site.catalogue.fallback import Phrase
from cnnt_site.pages import parts

_INTRODUCTION = """\
# Themes

A theme is a folder. `showroom` is the one in use, `base` has the structure that it extends, `phu-sa` shows how
little it takes to look quite different. Try one with `python build.py --theme phu-sa`; keep it with
`theme: phu-sa` in `content/site.yaml`.

```
themes/<name>/
  theme.yaml       extends: base; styles and scripts of assets/, bundled into site.css and site.js; search,
                   the scripts that a search loads when there is one
  templates/       Jinja2; a file stands in for the parent's of its name, which stays reachable as "base/<file>"
  words/<lang>.po  gettext; a word stands in for the parent's, a word that is nowhere stops the build
  assets/          published with a hash of the content in the name; url(band.svg) in a style finds them.
                   A file stands in for the parent's of its name; a style is added to it instead
```

`python build.py --content sample --output sample-output` builds an invented showroom of everything awkward, whose page
"All parts of the theme" shows every part in every state; add `--theme` to see yours.

Colours and typefaces are custom properties at the top of `base/assets/base.css`: setting them is most of a theme.
A province that only wants other colours needs `theme.yaml` and one style.

## What a template sees

Three values and nothing else: `frame` (what every page has around its content), `site` (the showroom), `view`
(this page). All texts are in the page's language, all links are relative already. An unknown name is an error
with its file and line.

| | |
|---|---|
| `t('key', n=3)` | a word of `words/`, its gaps filled and escaped; `n` chooses the plural |
| `forms('key', …)` | words for a script: all forms by key, their gaps open |
| `has_word('key')` | whether there is one |
| `asset('band.svg')` | the way to a file of `assets/` |
| `once(macro, value, …)` | what a macro makes of values that many pages show; it is kept, so it may show nothing else |
| `phrase\\|said` | a phrase, marked with its language when it had to be told in another |
| `phrase\\|whole` | the same for large type: compounds (the word `text.compounds`) and measures don't break |
| `date\\|day`, `text\\|rough_day`, `number\\|number` | as the language writes them |

"""


def text() -> str:
    """The whole of `themes/README.md`."""
    told = [_INTRODUCTION, "## Pages\n\n"]
    for template, view in sorted(_templates().items()):
        told.append(_section(f"`{template}`: {view.__name__}", view))
    told.append("## Frame and site\n\n")
    told += [_section(cls.__name__, cls) for cls in (parts.Frame, parts.SiteView)]
    told.append("## Parts of views\n\n")
    told += [_section(cls.__name__, cls) for cls in sorted(_parts(), key=lambda cls: cls.__name__)]
    return "".join(told).rstrip() + "\n"


def _modules() -> Iterator[Any]:
    for found in pkgutil.iter_modules(pages.__path__):
        yield importlib.import_module(f"{pages.__name__}.{found.name}")


def _templates() -> dict[str, type[Any]]:
    """Every template with the view that it gets, read from where pages are planned."""
    found = {}
    for module in _modules():
        source = inspect.getsource(module)
        for template in re.findall(r'"([a-z_]+\.html)"', source):
            name = "".join(part.capitalize() for part in template.removesuffix(".html").split("_")) + "View"
            if hasattr(module, name):
                found[template] = getattr(module, name)
    return found


def _parts() -> set[type[Any]]:
    """The records that views are made of, other than views themselves."""
    views = set(_templates().values())
    return {
        value
        for module in (*_modules(),)
        for value in vars(module).values()
        if inspect.isclass(value)
        and _is_record(value)
        and (value is Phrase or value.__module__.startswith(f"{pages.__name__}."))
        and value.__name__ not in ("About", "Draft", "PagePlan", "Showroom", "Teller", "Frame", "SiteView")
        and value not in views
    }


def _is_record(cls: type[Any]) -> bool:
    """Views and their parts are dataclasses, or named tuples where there are very many."""
    return is_dataclass(cls) or (issubclass(cls, tuple) and hasattr(cls, "_fields"))


def _fields(cls: type[Any]) -> Iterator[tuple[str, str]]:
    if is_dataclass(cls):
        yield from ((field.name, str(field.type)) for field in fields(cls))
    else:
        yield from ((name, cls.__annotations__[name].__forward_arg__) for name in cls._fields)


def _section(title: str, cls: type[Any]) -> str:
    lines = [f"### {title}\n\n", f"{inspect.cleandoc(cls.__doc__ or '')}\n\n", "| field | type |\n|---|---|\n"]
    for name, kind in _fields(cls):
        told = kind.replace("|", "\\|")
        lines.append(f"| `{name}` | {told} |\n")
    return "".join(lines) + "\n"


if __name__ == "__main__":
    print(text(), end="")
