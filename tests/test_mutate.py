"""The driver of `make mutate`, tried on a tiny module: what its tests notice and what they do not is told as it is."""

import json
import subprocess
import sys
from pathlib import Path

from tests.mutate import Score, changed_lines, mutants_of
from tests.mutate_targets import EQUIVALENT, TARGETS

ROOT = Path(__file__).resolve().parents[1]
TINY = '''\
"""Tiny."""

MOST = 5


def may(count: int | None, *, strict: bool = False) -> bool:
    return count is not None and count <= MOST
'''
NOTICES_LESS = "import tiny\n\ndef test_few():\n    assert tiny.may(5) and not tiny.may(9) and not tiny.may(None)\n"
DRIVER = """
import json, sys
from pathlib import Path
from tests.mutate import mutants_of, score
sys.path.insert(0, "."); path = Path("tiny.py")
found = score(path, list(mutants_of(path.read_text())), ["test_tiny.py"], ["-q", "-p", "no:cacheprovider"])
told = {"survivors": [mutant.now for mutant in found.survivors], "killed": found.killed, "percent": found.percent}
Path("told.json").write_text(json.dumps(told))
"""


def test_a_change_is_made_once_and_none_lies_in_types_alone():
    found = [(mutant.line, mutant.now) for mutant in mutants_of(TINY)]
    assert len(set(found)) == len(found)
    assert {(3, "MOST = 6"), (3, "MOST = 4"), (7, "return count is not None or count <= MOST")} <= set(found)
    assert not [now for _line, now in found if "def may" in now and "strict: bool = False" in now]


def test_what_the_tests_notice_and_what_not_is_told(tmp_path):
    """With 5 and 9 tried, a limit of 6 goes unnoticed, one of 4 does not."""
    (tmp_path / "tiny.py").write_text(TINY)
    (tmp_path / "test_tiny.py").write_text(NOTICES_LESS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environment = {"PYTHONPATH": str(ROOT), "PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-c", DRIVER]
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
    told = json.loads((tmp_path / "told.json").read_text())
    assert "MOST = 6" in told["survivors"] and "MOST = 4" not in told["survivors"]
    assert told["killed"] >= 4 and 50 < told["percent"] < 100
    assert (tmp_path / "tiny.py").read_text() == TINY


def test_equivalents_do_not_count_and_nothing_to_change_is_no_failure():
    assert Score([], 0, 3).percent == 100
    assert Score(["x"], 3, 2).percent == 75


def test_only_lines_changed_since_a_commit_are_asked_for(tmp_path):
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=n", "-c", "user.email=e", "commit", "-qm", "m"]):
        (tmp_path / "tiny.py").write_text(TINY)
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    (tmp_path / "tiny.py").write_text(TINY.replace("MOST = 5", "MOST = 7"))
    assert changed_lines(Path("tiny.py"), "HEAD", tmp_path) == {3}


def test_every_module_and_every_test_that_is_named_is_there():
    named = [*TARGETS, *EQUIVALENT, *(test for tests in TARGETS.values() for test in tests)]
    assert [name for name in named if not (ROOT / name).is_file()] == []
    assert set(EQUIVALENT) <= set(TARGETS)
