"""`make messages`: gather all texts of the pages, bring the English catalogue up to date and compile it.

Texts come from the code, from the templates, from the names in the project's own files of plans and indicators, and
from the descriptions in the API's schema.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from scripts.problems import ROOT, told_in_one_sentence

APPS = ("accounts", "goals", "hearings", "indicators", "initiatives", "reports", "viborg_plan")
PO = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
ONE_OR_MORE = {"ngettext", "ngettext_lazy"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}
HEADER = "# The English texts of the portal's pages. `make messages` brings this file up to date."
A_DAY = datetime(2026, 11, 25, tzinfo=UTC)  # the same every time, so that the same texts give the same files

Text = tuple[str | tuple[str, str], str | None]  # text, or its two numbers; and its context


def used() -> dict[Text, str]:
    """Every text with the file where it first stands."""
    found: dict[Text, str] = {}
    for place, text in _everywhere():
        found.setdefault(text, place)
    return found


def _everywhere() -> Iterator[tuple[str, Text]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from ((_name(path), text) for text in in_code(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "templates").rglob("*.html")):
        yield from ((_name(path), text) for text in in_template(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "fixtures").rglob("*.yaml")):
        yield from ((_name(path), (text, None)) for text in in_names(yaml.safe_load(path.read_text(encoding="utf-8"))))
    yield from (("viborg_plan/api.py", (text, None)) for text in in_the_api())
    areas = ROOT / "fixtures" / "areas.csv"
    for line in areas.read_text(encoding="utf-8").splitlines():
        if line.endswith((";country", ";group")):
            yield _name(areas), (line.split(";")[1], None)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def in_code(source: str) -> Iterator[Text]:
    """What stands in the calls, within f-strings too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            said = [str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)]
            if node.func.id in ONE and said:
                yield said[0], None
            elif node.func.id in ONE_OR_MORE:
                yield (said[0], said[1]), None
            elif node.func.id in IN_CONTEXT:
                yield said[1], said[0]


def in_template(source: str) -> Iterator[Text]:
    from django.template import Engine
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    for node in _nodes(Engine.get_default().from_string(source).nodelist):
        if isinstance(node, TranslateNode):
            context = node.message_context
            yield node.filter_expression.var.literal.replace("%", "%%"), context.var if context else None
        elif isinstance(node, BlockTranslateNode):
            one = node.render_token_list(node.singular)[0]
            yield (one, node.render_token_list(node.plural)[0]) if node.plural else one, None
    for text in re.findall(r"""_\((?:"([^"]*)"|'([^']*)')\)""", source):
        yield "".join(text).replace("%", "%%"), None


def _nodes(nodelist: Any) -> Iterator[Any]:
    """All nodes, and those within the tags that frame what stands between their two ends: Django leaves them out."""
    from django.template.base import Node
    from django.template.library import SimpleBlockNode

    for node in nodelist.get_nodes_by_type(Node):
        yield node
        if isinstance(node, SimpleBlockNode):
            yield from _nodes(node.nodelist)


def in_names(content: Any) -> Iterator[str]:
    """Names in a file of plans or indicators that pages say in the reader's language."""
    if isinstance(content, list):
        for item in content:
            yield from in_names(item)
    elif isinstance(content, dict):
        yield from (content[key] for key in ("short_name", "subject", "unit_name") if content.get(key))
        if "accumulation" in content or "unit" in content or {"name", "start", "end"} <= set(content):
            yield content.get("name", "")
        if re.match("[A-ZÆØÅ][a-zæøå]+ ", str(content.get("printed", ""))):
            yield content["printed"]
        yield from (known["reason"] for known in content.get("breaks") or [] if "reason" in known)
        for value in content.values():
            yield from in_names(value)


def in_the_api() -> Iterator[str]:
    """What the page about the API says in the words of its schema."""
    from viborg_plan.api import descriptions

    yield from descriptions()


def catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def up_to_date(old: Catalog, texts: dict[Text, str]) -> Catalog:
    """All texts in use with what the old catalogue says of them, in the order of their places."""
    new = Catalog(
        locale="en", project="viborg-plan", header_comment=HEADER, creation_date=A_DAY, revision_date=A_DAY, fuzzy=False
    )
    for (text, context), place in sorted(texts.items(), key=lambda item: (item[1], str(item[0]))):
        key = text if isinstance(text, str) else text[0]
        if not key:
            continue
        known = old.get(key, context)
        said = known.string if known else ("" if isinstance(text, str) else ("", ""))
        new.add(text, said, locations=[(place, None)], context=context)  # type: ignore[list-item]  # a place may lack its line
    return new


def written(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalog, width=0, omit_header=False)
    return file.getvalue()


def compiled(catalog: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def missing(catalog: Catalog) -> list[str]:
    """Texts without an English one, with where they stand."""
    return [
        f"{message.locations[0][0]}: {message.id}"
        for message in catalog
        if message.id and not all(message.string if isinstance(message.string, (tuple, list)) else [message.string])
    ]


@told_in_one_sentence
def main() -> int:
    set_up()
    new = up_to_date(catalogue(), used())
    PO.write_bytes(written(new))
    MO.write_bytes(compiled(new))
    lacking = missing(new)
    print("\n".join([*lacking, f"{len(new)} texts, {len(lacking)} without an English one: fill them in {_name(PO)}"]))
    return 1 if lacking else 0


def set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "viborg_plan.settings")
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
