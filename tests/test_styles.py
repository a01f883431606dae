"""The stylesheets: one rule a line, colours named once, joined for the wire; and which one a class stands in."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from django.core.files.storage import FileSystemStorage

from indicators.http.stylesheets import joined
from viborg_plan.http.static_files import StaticFiles

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
TEMPLATES = {
    str(path.relative_to(ROOT / "templates")): path.read_text(encoding="utf-8")
    for path in ROOT.glob("templates/**/*.html")
}
SHEETS = {
    str(path.relative_to(STATIC / "css")): path.read_text(encoding="utf-8") for path in STATIC.glob("css/**/*.css")
}
BUNDLES = ("portal", "staff")
LONGEST_LINE = 120
# A number, a function that mixes one, or the name of one; var(), none, transparent and currentcolor are no literals.
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix)\(|(?<![\w-])(?:white|black|red|green|"
    r"blue|gr[ae]y|silver|yellow|orange|purple|pink|brown|navy|teal|olive|maroon|lime|aqua|cyan|fuchsia|magenta)(?![\w-])",
    re.IGNORECASE,
)


def without_words(css: str) -> str:
    """Comments and what stands in quotation marks say nothing of rules and colours."""
    return re.sub(r'"[^"\n]*"', '""', re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def crowded_lines(css: str) -> list[str]:
    """Lines with more than one rule, or with more than one declaration of a rule that stands on several lines."""
    lines = without_words(css).splitlines()
    return [
        line for line in lines if re.search(r"\{.*\{|\}\s*\S", line) or ("{" not in line and re.search(r";\s*\S", line))
    ]


def long_lines(css: str) -> list[str]:
    return [line for line in css.splitlines() if len(line) > LONGEST_LINE]


def loose_colours(css: str) -> list[str]:
    """Colours written out anywhere but in :root, where they get the name that says what they are for."""
    rules = re.sub(r":root \{.*?\}", "", without_words(css), flags=re.DOTALL)
    values = re.findall(r":\s([^;{}]*);", rules)
    return [colour for value in values for colour in COLOUR.findall(value)]


@pytest.mark.parametrize("check", [crowded_lines, long_lines, loose_colours])
def test_the_sheets_can_be_read_line_by_line_and_name_their_colours(check):
    assert {name: found for name, css in SHEETS.items() if (found := check(css))} == {}


@pytest.mark.parametrize(
    ("check", "css", "found"),
    [
        (crowded_lines, ".a { margin: 0; } .b { margin: 0; }\n", 1),
        (crowded_lines, "@media print { .a { margin: 0; } }\n", 1),
        (crowded_lines, ".a {\n  margin: 0; padding: 0;\n}\n", 1),
        (crowded_lines, '.a { margin: 0; padding: 0; }\n.b::after { content: "} {"; }\n', 0),
        (long_lines, f"/* {'x' * 115} */\n{'y' * 120}\n", 1),
        (loose_colours, ".a { color: #fff; border: 1px solid rgb(0 0 0); }\n.b { fill: white; }\n", 3),
        (loose_colours, ":root {\n  --ground: #fff;\n}\n.a { white-space: nowrap; fill: var(--ground); }\n", 0),
    ],
)
def test_the_checks_find_what_they_look_for(check, css, found):
    assert len(check(css)) == found


def test_every_sheet_says_at_its_head_what_it_knows():
    parts = {name: css for name, css in SHEETS.items() if "/" in name}
    assert [
        name for name, css in parts.items() if not css.startswith(f"/* {name.removeprefix('portal/')} knows ")
    ] == []


@pytest.mark.parametrize("bundle", BUNDLES)
def test_every_sheet_of_a_folder_is_imported_once(bundle):
    named = re.findall(r'@import "([^"]+)"', SHEETS[f"{bundle}.css"])
    assert sorted(named) == sorted(name for name in SHEETS if name.startswith(f"{bundle}/"))


def test_a_joined_sheet_holds_what_it_imports_in_order_with_its_medium(tmp_path):
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/one.css").write_text('/* One */\n\n.a {\n  content: "a  b";\n}\n', encoding="utf-8")
    (tmp_path / "parts/two.css").write_text(".a { margin: 0; }\n", encoding="utf-8")
    whole = tmp_path / "whole.css"
    whole.write_text('/* Both */\n@import "parts/one.css";\n@import "parts/two.css" print;\n', encoding="utf-8")
    assert joined(whole) == '.a {\ncontent: "a  b";\n}\n@media print {\n.a { margin: 0; }\n}'


def test_collected_sheets_ask_for_no_other(tmp_path):
    copytree(STATIC / "css", tmp_path / "css")
    storage, source = StaticFiles(location=tmp_path, base_url="/static/"), FileSystemStorage(STATIC)
    collected = storage.post_process({f"css/{name}": (source, f"css/{name}") for name in SHEETS})
    assert [name for name, _, processed in collected if isinstance(processed, Exception)] == []
    for bundle in BUNDLES:
        text = (tmp_path / storage.stored_name(f"css/{bundle}.css")).read_text(encoding="utf-8")
        assert text == joined(STATIC / f"css/{bundle}.css")
        assert "@import" not in text


def classes_of(stylesheet: str) -> set[str]:
    return set(re.findall(r"\.([a-z][\w-]*)", joined(STATIC / "css" / stylesheet)))


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
