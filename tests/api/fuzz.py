"""`make fuzz`: all that the schema allows and denies, in all phases, asked by nobody in particular and by each role.

On a portal of its own, since some of what it writes is right and is kept.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.roles import Role
from tests.api.roles import token_of
from tests.plugins.portal import serving_demo

CONFIG = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = os.environ.get("EXAMPLES", "20")  # for each address in the phase that makes them up


@pytest.fixture(scope="module")
def fuzzed(demo_template) -> Iterator[str]:
    with serving_demo("fuzzed", demo_template) as address:
        yield address


@pytest.mark.parametrize("role", [None, *Role])
def test_no_request_breaks_the_schema_or_the_server(fuzzed, tmp_path, role):
    program = str(Path(sys.executable).with_name("schemathesis"))
    command = [program, "--config-file", str(CONFIG), "run", f"{fuzzed}/api/v1/schema/", f"--max-examples={EXAMPLES}"]
    command += ["--phases=examples,coverage,fuzzing,stateful", "--continue-on-failure", "--no-color"]
    if role:
        command += ["--header", f"Authorization: Bearer {token_of(fuzzed, role)}"]
    run = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    print(run.stdout)  # noqa: T201 - pytest shows it if the run failed, or with -s
    assert run.returncode == 0
