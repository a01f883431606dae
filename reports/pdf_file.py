"""The paper as PDF/UA: tagged, titled, in its language, set by Typst from one template and the paper's own words.

Loaded only when a PDF is asked for. The template reads the words as data, so no text is ever read as code.
"""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from reports.paper import Paper
from reports.printed_text import printed

TEMPLATE = Path(__file__).with_name("paper.typ")
WEB_FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "dkfds" / "fonts"


def write(paper: Paper) -> bytes:
    words = json.dumps(printed(paper), ensure_ascii=False)
    try:
        return _set(words, pdf_standards=["ua-1"])
    except typst.TypstError:  # a letter that no font has: the paper is still tagged, but does not claim the standard
        return _set(words)


def _set(words: str, **options: Any) -> bytes:
    return typst.compile(
        str(TEMPLATE), sys_inputs={"paper": words}, font_paths=[_fonts().name], ignore_system_fonts=True, **options
    )


@cache
def _fonts() -> "TemporaryDirectory[str]":
    """The pages' own typeface, unpacked from its form for the web once a process, and gone with it.

    The fonts keep the moment they were drawn: fontTools would write the present one into them, and so into every PDF.
    """
    folder = TemporaryDirectory(prefix="paper-fonts-")
    for file in WEB_FONTS.glob("*.woff2"):
        font = TTFont(file, recalcTimestamp=False)
        font.flavor = None
        font.save(Path(folder.name) / f"{file.stem}.ttf")
    return folder
