"""The shape of the code, read from the code: who may import whom, what is pure, what no file may say."""

import ast
import importlib.metadata
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# From the roof to the ground. A layer imports from those below it, never from beside or above.
LAYERS = [
    {"viborg_plan"},
    {"reports"},
    {"hearings", "initiatives"},
    {"goals"},
    {"indicators"},
    {"accounts"},
]
APPS = sorted(app for layer in LAYERS for app in layer if (ROOT / app).is_dir())

# Goals import nothing of the apps above, yet a plan's page tells what those tie to it: Django gives the rows of goals
# a reverse relation for each foreign key of theirs. These modules read one, by its name; no other may.
REVERSE_RELATIONS = {"links", "initiatives", "action_links", "headings", "hearings", "papers"}
READ_IN = {
    "goals/pages/initiatives_behind.py",  # the initiatives behind goals and objectives
    "goals/pages/views.py",  # a supplement's headings and actions, a plan's hearings, whether it has initiatives
    "goals/editing/plan_views.py",  # an editor sees a plan's initiatives beside its goals
    "goals/editing/contributing.py",  # initiatives of other plans that serve this one
    "goals/editing/copy_plan.py",  # published, a plan takes over what served the goals before
    "goals/editing/copy_objectives.py",  # and what served the objectives
    "goals/editing/plan_changes.py",  # a new wording is served by what served the old
}

# A source may fetch over the network, but knows no models; its client alone knows the clock, to wait.
SOURCES = sorted(
    str(path.relative_to(ROOT))
    for path in (ROOT / "indicators/sources").rglob("[a-z]*.py")
    if not path.stem.endswith("client")
)
NETWORK = {"http", "httpx", "requests", "socket", "urllib"}
CLOCK = {"now", "today", "utcnow", "monotonic", "localdate", "localtime"}

LONGEST_FILE = 320
NOT_OURS = {".git", ".venv", ".venv-tools", "node_modules", "vendor", "var", "__pycache__"}
NOT_OURS |= {".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
CODE = {".py", ".html", ".js"}
TEXT = CODE | {".css", ".md", ".yaml", ".yml", ".toml", ".txt", ".lock", ".json", ".csv", ".example", ""}
# Written in pieces, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "registry." + "npm"]
MACHINE_PATH = re.compile(r"(?<![\w.:~/-])/(work|farm|root|home|Users)/")


def our_files(suffixes: set[str]) -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file() and path.suffix in suffixes and not NOT_OURS & set(path.relative_to(ROOT).parts)
    ]


def modules(app: str) -> list[Path]:
    return sorted(path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def imported(path: Path) -> Iterator[str]:
    """Every module the file names, at the top or inside a function; models named by text count too."""
    return imported_in(path.read_text(encoding="utf-8"), ".".join(path.relative_to(ROOT).parent.parts))


def imported_in(source: str, package: str = "") -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = f"{package}." if node.level else ""
            yield from (f"{base}{node.module or ''}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and re.fullmatch(r"[a-z_]+\.[A-Z]\w+", str(node.value)):
            yield str(node.value)


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def layer_of(app: str) -> int:
    return next(number for number, layer in enumerate(LAYERS) if app in layer)


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_from_the_layers_below_it(app):
    others = {other for other in APPS if other != app}
    upward = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(app)
        for name in imported(path)
        if name.split(".")[0] in others and layer_of(name.split(".")[0]) <= layer_of(app)
    ]
    assert upward == []


def test_goals_read_the_apps_above_only_by_the_reverse_relations_and_in_the_modules_named():
    reading = {
        str(path.relative_to(ROOT))
        for path in modules("goals")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in REVERSE_RELATIONS
    }
    assert reading == READ_IN


def says_pure(source: str) -> bool:
    """In the first line of its docstring: "… Pure." It knows no models, clock or network, and is typed throughout."""
    return bool(re.search(r"\bPure\b", (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]))


# They carry the rules: no models, no clock, no network, so that any rule can be tried with any number.
PURE = [
    str(path.relative_to(ROOT))
    for app in APPS
    for path in modules(app)
    if path.stem != "__init__" and says_pure(path.read_text(encoding="utf-8"))
]


def known_to(source: str) -> list[str]:
    """The models and clocks that a module knows. Django's enumerations live among its models but touch no database."""
    modules = [name for name in imported_in(source) if not name.endswith("Choices")]
    attributes = [node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)]
    models = [name for name in modules if name.startswith(("django.db", "time.")) or ".models" in name]
    return models + [name for name in attributes if name in CLOCK]


@pytest.mark.parametrize("name", sorted({*PURE, *SOURCES}))
def test_a_pure_module_knows_no_models_and_no_clock(name):
    assert known_to((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_knows_no_network(name):
    assert [module for module in imported(ROOT / name) if module.split(".")[0] in NETWORK] == []


MYPY = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
# What a rule for modules of ours may say, and of which: all else is checked in every one of them.
RELAXED = {"*.tasks": {"disallow_untyped_decorators"}}
OF_TYPELESS_PACKAGES = {"ignore_missing_imports"}


def relaxations(rule: dict) -> set[str]:
    return rule.keys() - {"module"}


def named(rule: dict) -> list[str]:
    return [rule["module"]] if isinstance(rule["module"], str) else rule["module"]


def is_ours(pattern: str) -> bool:
    return pattern.split(".")[0] in {*APPS, "scripts", "*"}


def test_types_are_checked_in_every_app_and_strictly():
    assert MYPY["strict"] and {*APPS, "scripts"} == set(MYPY["files"]) and MYPY["exclude"] == "migrations"
    assert not {"disable_error_code", "ignore_errors"} & MYPY.keys()


def test_no_module_of_ours_is_checked_less_strictly_than_the_others():
    ours = {pattern: relaxations(rule) for rule in MYPY["overrides"] for pattern in named(rule) if is_ours(pattern)}
    assert ours == RELAXED
    others = [relaxations(rule) for rule in MYPY["overrides"] for pattern in named(rule) if not is_ours(pattern)]
    assert all(said == OF_TYPELESS_PACKAGES for said in others)


@pytest.mark.parametrize("name", PURE)
def test_a_pure_module_is_typed_to_the_last_line(name):
    assert name.split("/")[0] in MYPY["files"] and Path(name).stem != "tasks"
    assert "type: ignore" not in (ROOT / name).read_text(encoding="utf-8")


def test_what_silences_the_type_checker_says_what_and_why():
    silenced = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for folder in [*APPS, "scripts"]
        for path in modules(folder)
        for line in path.read_text(encoding="utf-8").splitlines()
        if "type: ignore" in line
    ]
    assert [line for line in silenced if not re.search(r"# type: ignore\[[a-z-]+\]  # \w", line)] == []
    assert len(silenced) <= 13  # it only shrinks


def test_what_a_pure_module_says_of_itself_is_what_the_guard_reads():
    assert says_pure('"""Places among areas. Pure."""') and not says_pure('"""Places.\n\nPure once."""')
    assert len(PURE) >= 30 and "goals/judging.py" in PURE
    assert known_to("from indicators.models import Area") == ["indicators.models.Area"]
    assert known_to("from django.utils import timezone\ntimezone.now()") == ["now"]
    assert known_to("from django.db.models.enums import IntegerChoices") == []


def test_every_module_opens_with_what_it_is_for():
    silent = [
        str(path.relative_to(ROOT))
        for folder in [*APPS, "scripts", "tests"]
        for path in modules(folder)
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_file_is_too_long_to_read_in_one_go():
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in our_files(CODE)
        if "migrations" not in path.parts
    }
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_folder_for_things_without_a_name():
    names = {path.name for app in APPS for path in (ROOT / app).rglob("*")}
    assert names & {"utils", "utils.py", "core", "common", "services", "helpers.py", "signals.py"} == set()


def test_every_requirement_is_pinned_and_has_its_reason_beside_it():
    lines = [
        line
        for name in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if line and not line.startswith(("#", "-r "))
    ]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+  # \w.*", line)] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_holds_what_is_required_and_a_hash_of_everything(name):
    lock = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    pinned = {line.split("==")[0]: line for line in lock.splitlines() if "==" in line}
    required = re.findall(r"^([\w.-]+==[\w.]+) ", (ROOT / f"{name}.txt").read_text(encoding="utf-8"), re.M)
    assert [pin for pin in required if f"\n{pin.lower()} " not in f"\n{lock}"] == []
    assert len(re.findall(r"==.*\\\n    --hash=sha256:", lock)) == len(pinned)


def test_the_third_generation_of_psycopg_is_not_installed():
    # Django would silently prefer it, and the import's COPY would break.
    installed = {str(package.metadata["Name"]).lower() for package in importlib.metadata.distributions()}
    assert {"psycopg", "psycopg-binary", "psycopg-c"} & installed == set()
    assert "psycopg2-binary" in installed


def test_no_file_names_a_package_host_or_a_place_on_somebodys_machine():
    texts = {path: path.read_text(encoding="utf-8") for path in our_files(TEXT)}
    telling = [
        str(path.relative_to(ROOT))
        for path, text in texts.items()
        if MACHINE_PATH.search(text) or any(host in text for host in HOSTS)
    ]
    assert telling == []
