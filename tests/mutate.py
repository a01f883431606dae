"""`make mutate`: small changes to the code, one at a time, each of which the module's own tests have to notice.

Cosmic-ray makes the changes. A mutant is never written to disk: a process that has the libraries loaded and the
services started is forked, and imports the changed source in place of the file's.
"""

import argparse
import ast
import difflib
import functools
import importlib
import importlib.machinery
import importlib.util
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutate_targets import EQUIVALENT, TARGETS
from tests.plugins.services import started_services

ROOT = Path(__file__).resolve().parents[1]
ENOUGH = 95.0  # per cent of a module's mutants
PATIENCE = 4  # times as long as the tests take without a mutant; longer than that is noticed, too
OPERATORS = re.compile(
    r"core/(ReplaceAndWithOr|ReplaceOrWithAnd|ReplaceTrueWithFalse|ReplaceFalseWithTrue|AddNot|NumberReplacer"
    r"|ReplaceBreakWithContinue|ReplaceContinueWithBreak|ExceptionReplacer|ZeroIterationForLoop"
    r"|ReplaceUnaryOperator_(USub_UAdd|Delete_Not|Delete_USub)"
    r"|ReplaceBinaryOperator_(Add_Sub|Sub_Add|Mul_Div|Div_Mul|Mod_Mul|FloorDiv_Mul|BitOr_BitAnd|BitAnd_BitOr)"
    r"|ReplaceComparisonOperator_(Lt_LtE|LtE_Lt|Gt_GtE|GtE_Gt|Eq_NotEq|NotEq_Eq|Is_IsNot|IsNot_Is|In_NotIn|NotIn_In))"
)
# Slow to load, and none of them the project's: what is loaded before the fork, no mutant waits for.
LIBRARIES = (
    "pandas",
    "hypothesis.strategies",
    "django.db.models",
    "psycopg2",
    "plotly",
    "celery",
    "playwright.sync_api",
)
QUIETLY = [
    "-x",
    "-q",
    "--reuse-db",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:tests.plugins.services",
    "-p",
    "no:schemathesis",
]


@dataclass(frozen=True)
class Mutant:
    line: int
    was: str
    now: str
    source: str

    def __str__(self) -> str:
        return f"{self.line}: {self.was}  ->  {self.now}"


def mutants_of(source: str) -> Iterator[Mutant]:
    """Every change that a run can notice, once: none that lies in annotations or docstrings alone."""
    seen = {_meaning(source)}
    for name in filter(OPERATORS.fullmatch, operator_names()):
        for occurrence in range(10_000):
            changed = mutate_code(source, get_operator(name)(), occurrence)
            if changed is None:
                break
            if (meaning := _meaning(changed)) not in seen:
                seen.add(meaning)
                yield _mutant(source, changed)


def _mutant(source: str, changed: str) -> Mutant:
    before, after = source.splitlines(), changed.splitlines()
    for tag, first, last, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            was, now = (" ".join(line.strip() for line in part) for part in (before[first:last], after[start:end]))
            return Mutant(first + 1, was, now, changed)
    raise AssertionError("a mutant that changes nothing")


def _meaning(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            node.returns = None
        elif isinstance(node, ast.arguments):  # by name or by place is the callers' choice
            node.args = [*node.posonlyargs, *node.args, *node.kwonlyargs]
            node.defaults += filter(None, node.kw_defaults)
            node.posonlyargs, node.kwonlyargs, node.kw_defaults = [], [], []
    return ast.dump(tree)


def changed_lines(path: Path, since: str, folder: Path = ROOT) -> set[int]:
    """The lines of a file that are other than they were at a commit."""
    command = ["git", "diff", "-U0", since, "--", str(path)]
    told = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    hunks = re.findall(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", told, re.MULTILINE)
    return {line for first, count in hunks for line in range(int(first), int(first) + int(count or 1))}


class Changed(importlib.machinery.SourceFileLoader):
    """Loads another source than the file's, and finds itself for its one module."""

    def __init__(self, path: Path, name: str, source: str) -> None:
        super().__init__(name, str(path))
        self.source = source

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> object:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.name else None

    def get_code(self, fullname: str) -> object:
        return compile(self.source, self.path, "exec")


def name_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts)


def noticed(path: Path, source: str, tests: Sequence[str], seconds: float, options: Sequence[str] = QUIETLY) -> bool:
    """Whether the tests fail with that source in place of the file's, or take too long."""
    if child := os.fork():
        return _ended(child, seconds) != 0
    os.setpgid(0, 0)
    code = 3
    with suppress(BaseException):
        sys.meta_path.insert(0, Changed(path, name_of(path), source))
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        code = int(pytest.main([*options, *tests]))
    os._exit(code)


def _ended(child: int, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            with suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)  # what its tests started
            return status
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -1


@dataclass(frozen=True)
class Score:
    survivors: list[Mutant]
    killed: int
    equivalent: int

    @property
    def percent(self) -> float:
        counted = self.killed + len(self.survivors)
        return 100 * self.killed / counted if counted else 100.0


def score(path: Path, mutants: Iterable[Mutant], tests: Sequence[str], options: Sequence[str] = QUIETLY) -> Score:
    known = EQUIVALENT.get(str(path), {})
    began = time.monotonic()
    if noticed(path, path.read_text(encoding="utf-8"), tests, 600, options):
        raise SystemExit(f"{path}: its tests fail without any change: {' '.join(tests)}")
    patience = 10 + PATIENCE * (time.monotonic() - began)
    survivors, killed, equivalent = [], 0, 0
    for mutant in mutants:
        if (mutant.was, mutant.now) in known:
            equivalent += 1
        elif noticed(path, mutant.source, tests, patience, options):
            killed += 1
        else:
            survivors.append(mutant)
            print(f"  {path}:{mutant}", flush=True)
    return Score(survivors, killed, equivalent)


def chosen(path: Path, since: str) -> list[Mutant]:
    mutants = list(mutants_of(path.read_text(encoding="utf-8")))
    lines = changed_lines(path, since) if since else set()
    return [mutant for mutant in mutants if not since or mutant.line in lines]


def main() -> int:
    asked = argparse.ArgumentParser(prog="make mutate", description=__doc__)
    asked.add_argument("modules", nargs="*", help="part of a path; all without any")
    asked.add_argument("--since", default="", help="a commit: only lines that have changed since")
    options = asked.parse_args()
    paths = [Path(p) for p in TARGETS if not options.modules or any(part in p for part in options.modules)]
    for library in LIBRARIES:
        importlib.import_module(library)
    with started_services() as environment:
        os.environ |= environment
        scores = dict(filter(None, map(functools.partial(_told, since=options.since), paths)))
    return int(any(found.percent < ENOUGH for found in scores.values()))


def _told(path: Path, since: str) -> tuple[Path, Score] | None:
    began, mutants = time.monotonic(), chosen(path, since)
    if not mutants:
        return None
    found = score(path, mutants, TARGETS[str(path)])
    counts = f"{found.killed} noticed, {len(found.survivors)} not, {found.equivalent} equivalent"
    print(f"{found.percent:5.1f} %  {path}: {counts} ({time.monotonic() - began:.0f} s)", flush=True)
    return path, found


if __name__ == "__main__":
    sys.exit(main())
