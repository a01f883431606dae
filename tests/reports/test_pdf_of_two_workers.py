"""The PDF of a day is the same bytes, whichever worker makes it, and whenever that worker started."""

import hashlib
import subprocess
import sys

PROGRAM = """
import hashlib
from pathlib import Path
import django
django.setup()
from reports import pdf_file
files = sorted(Path(pdf_file._fonts().name).glob("*.ttf"))
assert files
print(hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest())
"""


def fonts_sum() -> str:
    """Of the fonts that a fresh process unpacks for its PDFs: all of a PDF that could tell two workers apart."""
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout.strip()
    assert len(told) == len(hashlib.sha256().hexdigest())
    return told


def test_two_processes_set_with_the_same_fonts():
    assert fonts_sum() == fonts_sum()
