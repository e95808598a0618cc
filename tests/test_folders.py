"""Who may import whom: read from the imports of every file, those within functions too."""

import ast
import sys
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("main.py", "commands", "exporters", "gui", "importers", "models")
# Which rooms a room may import besides itself.
MAY_IMPORT: Mapping[str, frozenset[str]] = {
    "main": frozenset({"commands", "exporters", "gui", "importers", "models"}),
    "commands": frozenset({"exporters", "importers", "models"}),
    "gui": frozenset({"exporters", "importers", "models"}),
    "exporters": frozenset({"models"}),
    "importers": frozenset({"models"}),
    "models": frozenset(),
}
# Where a library may be imported, by module.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "PySide6": ("gui.*", "main"),
    "shiboken6": ("gui.*",),
    "sqlalchemy": ("models.*",),
    "alembic": ("models.migrations.*",),
    "sqlcipher3": ("models.connections",),
    "cryptography": ("models.attachments", "models.slots"),
    "sqlite3": ("models.connections",),
    "reportlab": ("exporters.*",),
    "docx": ("exporters.*",),
    "PIL": ("exporters.forms.photographs",),
    "openpyxl": ("exporters.*", "importers.reading.*"),
    "python_calamine": ("importers.reading.*",),
    "xlrd": ("importers.reading.*",),
    "defusedxml": ("importers.reading.*",),
    "msoffcrypto": ("exporters.*", "importers.reading.*"),
    "pypdfium2": ("gui.papers.preview",),
    "pypinyin": ("models.initials",),
    "lunar_python": ("models.*",),
    "platformdirs": ("models.*",),
}
# From the ground up: a module may import those of its own layer and of the layers before it; the rest stand on top.
LAYERS = (
    ("base", "codes", "errors", "failures", "faults", "festivals", "filenames", "files", "initials", "keys", "kinds",
     "leftovers", "places", "preferences", "recovery", "rules", "slots", "strokes", "variants"),
    ("attachments", "audit", "bulk", "commits", "connections", "database", "engines", "holders", "locks", "manifests",
     "migrations", "settings", "soundness", "unlocking"),
    ("records",),
    ("ledger", "ledgers", "steps"),
)  # fmt: skip
TOOLS = ("models.migrations.draft",)  # of the developer, who writes a migration with the tables of all chapters at hand


def files() -> Iterator[Path]:
    for room in ROOMS:
        path = PROJECT / room
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(PROJECT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> Mapping[str, Path]:
    return {module_of(path): path for path in files()}


@cache
def imports_of(module: str) -> frozenset[str]:
    """The modules that a module imports, the program's own to the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(modules()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports by dots"
            base = node.module or ""
            inner = {f"{base}.{alias.name}" for alias in node.names}
            found.update(name if name in modules() else base for name in inner)
    return frozenset(found)


def room(module: str) -> str:
    return module.partition(".")[0]


def test_the_rooms_stand():
    assert {room(module) for module in modules()} == set(MAY_IMPORT)
    assert imports_of("main") >= {"commands.arguments"}


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_a_room_imports_only_those_it_may(name: str):
    wrong = {
        f"{module} → {other}"
        for module in modules()
        if room(module) == name
        for other in imports_of(module)
        if room(other) in MAY_IMPORT and room(other) not in MAY_IMPORT[name] | {name}
    }
    assert wrong == set()


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_library_is_imported_only_where_it_belongs(library: str):
    wrong = {
        module
        for module in modules()
        if any(room(other) == library for other in imports_of(module))
        and not any(fnmatch(module, place) for place in LIBRARIES[library])
    }
    assert wrong == set()


def test_every_library_has_its_place():
    known = set(LIBRARIES) | set(MAY_IMPORT) | set(sys.stdlib_module_names)
    assert {room(other) for module in modules() for other in imports_of(module)} <= known


def test_rules_are_arithmetic():
    """They import one another and the standard library: no session, no clock of the database, no screen."""
    allowed = set(sys.stdlib_module_names) - {"sqlite3"}
    wrong = {
        f"{module} → {other}"
        for module in modules()
        if module.startswith("models.rules")
        for other in imports_of(module)
        if not other.startswith("models.rules") and room(other) not in allowed
    }
    assert wrong == set()


def layer(module: str) -> int:
    name = module.split(".")[1] if module not in TOOLS else ""
    return next((height for height, names in enumerate(LAYERS) if name in names), len(LAYERS))


def test_models_import_only_what_stands_below():
    inner = [module for module in modules() if module.startswith("models.")]
    wrong = {
        f"{module} → {other}"
        for module in inner
        for other in imports_of(module)
        if other.startswith("models.") and layer(other) > layer(module)
    }
    assert wrong == set()


def test_no_module_comes_back_to_itself():
    """No cycle, not even one that an import within a function would hide."""
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " → ".join((*above[above.index(module) :], module))
        if module not in done:
            for other in sorted(imports_of(module) & modules().keys()):
                if other != module and not module.startswith(f"{other}."):  # a package is there before its modules
                    visit(other, (*above, module))
            done.add(module)

    for module in modules():
        visit(module, ())


def test_nothing_is_imported_for_the_type_checker_alone():
    assert [name for name, path in modules().items() if "TYPE_CHECKING" in path.read_text(encoding="utf-8")] == []


def test_the_last_line_of_defence_stands_in_three_places():
    """`except Exception` in the window, the commands and the reading child's own modules, and nowhere else."""
    caught = set()
    for name, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler) and (
                node.type is None or (isinstance(node.type, ast.Name) and node.type.id == "Exception")
            ):
                caught.add(name)
    assert {name for name in caught if not name.startswith(("gui.", "importers.reading."))} == {"commands"}
