"""Which stylesheet a class stands in: a public page loads only one of the two."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = {
    str(path.relative_to(ROOT / "templates")): path.read_text(encoding="utf-8")
    for path in ROOT.glob("templates/**/*.html")
}


def classes_of(stylesheet: str) -> set[str]:
    css = (ROOT / "static/css" / stylesheet).read_text(encoding="utf-8")
    return set(re.findall(r"\.([a-z][\w-]*)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))


def drawn_with(page: str, *, found: frozenset[str] = frozenset()) -> frozenset[str]:
    """The template and all that it includes, at any depth."""
    found |= {page}
    drawn_by_a_tag = ["components/verdict.html"] if "{% verdict " in TEMPLATES[page] else []
    for name in drawn_by_a_tag + re.findall(r'"([\w/]+\.html)"', TEMPLATES[page]):
        if name in TEMPLATES and name not in found:
            found |= drawn_with(name, found=found)
    return found


def test_a_public_page_names_no_class_that_only_the_stylesheet_of_staff_pages_knows():
    pages = [name for name, text in TEMPLATES.items() if text.startswith('{% extends "base.html" %}')]
    drawn = frozenset().union(*(drawn_with(page) for page in pages if page != "staff.html"))
    named = {
        word for name in drawn for text in re.findall(r'class="([^"]*)"', TEMPLATES[name]) for word in text.split()
    }
    assert {"goals", "verdict"} <= named
    assert named & (classes_of("staff.css") - classes_of("portal.css")) == set()


def test_no_line_of_a_template_is_longer_than_a_person_reads():
    long = [
        f"{name}:{number}"
        for name, text in TEMPLATES.items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > 120
    ]
    assert long == []
