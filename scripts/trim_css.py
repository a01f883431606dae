"""Cut a stylesheet down to the classes the pages name: a reader on a phone should not wait for 150 icons."""

import re
from collections.abc import Iterator

from scripts.problems import ROOT

# Blocks inside which rules stand; every other @-rule is kept as it is.
NESTING = ("@media", "@supports")
NAMED = re.compile(r"""class="[^"]*"|(?:\.class|"class").*""")


def classes_of_the_pages() -> set[str]:
    """Every class of templates, scripts and forms. One put together from parts has to be spelled out there."""
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("static/js/*.js"), *ROOT.glob("*/**/[a-z]*.py")]
    named = [text for path in sources for text in NAMED.findall(path.read_text(encoding="utf-8"))]
    return {word for text in named for word in re.findall(r"[\w-]+", text)}


def trim(css: str, words: set[str]) -> str:
    """Keep the selectors whose classes are all among the words, and the animations that what is kept names."""
    return without_idle_animations(with_classes(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL), words))


def with_classes(css: str, words: set[str]) -> str:
    return "".join(kept(head, body, words) for head, body in blocks(css))


def without_idle_animations(css: str) -> str:
    moving = " ".join(re.findall(r"animation[\w-]*:([^;}]*)", css))
    rules = [(head, body) for head, body in blocks(css) if is_used(head, moving)]
    return "".join(f"{head}{{{body}}}" for head, body in rules)


def is_used(head: str, moving: str) -> bool:
    name = head.removeprefix("@keyframes").strip()
    return name == head or re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", moving) is not None


def kept(head: str, body: str, words: set[str]) -> str:
    if head.startswith(NESTING):
        inner = with_classes(body, words)
        return f"{head}{{{inner}}}" if inner else ""
    if head.startswith("@"):
        return f"{head}{{{body}}}"
    selectors = [selector for selector in split_selectors(head) if classes(selector) <= words]
    return f"{','.join(selectors)}{{{body}}}" if selectors else ""


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each `head{body}` of the top level. Statements without a block (@charset) are left out."""
    start = depth = opened = 0
    for match in re.finditer(r"[{};]", css):
        at, sign = match.start(), match[0]
        if sign == "{":
            depth += 1
            opened = at if depth == 1 else opened
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened].strip(), css[opened + 1 : at]
                start = at + 1
        elif depth == 0:
            start = at + 1


def split_selectors(head: str) -> list[str]:
    """At the commas outside parentheses."""
    return re.split(r",(?![^(]*\))", head)


def classes(selector: str) -> set[str]:
    """The classes a selector needs; what stands inside :not() is not needed."""
    needed = re.sub(r":not\([^)]*\)|\[[^\]]*\]", "", selector)
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", needed))
