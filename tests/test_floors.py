"""The house: imports go one way, file by file, wherever in a file they stand."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "cnnt_site"

FLOORS = (
    ("recent",),
    (
        "vietnamese",
        "blocks",
        "cache",
        "files",
        "headers",
        "languages",
        "noting",
        "processes",
        "program",
        "shelf",
        "unpickling",
    ),
    ("problems", "compressing"),
    ("model",),
    ("reading",),
    ("words",),
    ("catalogue", "themes"),
    ("addresses", "pictures", "escaping"),
    ("pages",),
    ("search",),
    ("templates", "compiling"),
    ("rendering", "verifying", "feeds"),
    ("weighing",),
    ("printing",),
    ("building",),
    ("pipeline",),
    ("reporting",),
    ("progress", "desk"),
    ("commands",),
    ("cli",),
)
"""From the ground up. A module may import from lower floors and from its own package, nothing else."""

HEIGHT = {name: height for height, names in enumerate(FLOORS) for name in names}


def _imports(path: Path) -> Iterator[str]:
    """Modules of ours that a file imports, at its top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("cnnt_site."))
        elif isinstance(node, ast.ImportFrom) and node.module == "cnnt_site":
            yield from (f"cnnt_site.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cnnt_site."):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if _file_of(inner) else str(node.module)


def _file_of(module: str) -> Path | None:
    stem = PACKAGE.parent / Path(*module.split("."))
    return next((path for path in (stem.with_suffix(".py"), stem / "__init__.py") if path.exists()), None)


def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def test_every_module_has_a_floor() -> None:
    rooms = {module.split(".")[1] for module in _modules() if "." in module}
    assert rooms <= set(HEIGHT), "put these on a floor"


def test_imports_go_down() -> None:
    wrong = []
    for module, path in _modules().items():
        if "." not in module:
            continue
        room = module.split(".")[1]
        for imported in _imports(path):
            other = imported.split(".")[1]
            if other != room and HEIGHT[other] >= HEIGHT[room]:
                wrong.append(f"{module} imports {imported}")
    assert not wrong


def test_no_module_imports_itself_by_way_of_others() -> None:
    graph = {module: set(_imports(path)) & set(_modules()) for module, path in _modules().items()}
    done: set[str] = set()

    def walk(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join((*above[above.index(module) :], module))
        if module not in done:
            for imported in sorted(graph[module]):
                walk(imported, (*above, module))
            done.add(module)

    for module in graph:
        walk(module, ())


def test_files_stay_small() -> None:
    long = {path.name: lines for path in PACKAGE.rglob("*.py") if (lines := path.read_text("utf-8").count("\n")) > 320}
    assert not long
