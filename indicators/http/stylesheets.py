"""A stylesheet as it travels: the sheets it imports put in their place, comments and indents left out."""

import re
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
IMPORT = re.compile(r'@import "([^"]+)"([^;]*);')


def joined(sheet: Path) -> str:
    """What `@import` asks a browser to fetch, sheet by sheet, as one text; a medium stays a condition."""

    def text_of(asked: re.Match[str]) -> str:
        text = joined(sheet.parent / asked[1])
        return f"@media{asked[2]} {{\n{text}\n}}" if asked[2] else text

    return IMPORT.sub(text_of, trimmed(sheet.read_text(encoding="utf-8")))


def trimmed(css: str) -> str:
    return re.sub(r"\s*\n\s*", "\n", COMMENT.sub("", css)).strip()
