"""The rooms inside the apps, read from the code: which imports from which, no circle, no module under another name."""

import ast

from tests.test_architecture import APPS, ROOT, dotted, imported, modules

# Inside an app, from its door to its ground. A room imports from those below it, never from beside or above.
ROOMS = {
    "indicators": [
        {"urls", "tasks", "management"},
        {"pages", "api"},
        {"templatetags", "csv_rows", "charts"},
        {"ingest"},
        {"http"},
        {"definitions", "sources", "labels"},
        {"files"},
        {"queries"},
        {"store"},
        {"as_known"},
        {"models"},
        {"value_ranges"},
        {"vocabulary", "disclosure"},
        {"frame", "missing", "areas", "label_matching", "spellings"},
        {"as_of", "data_version"},
        {"formats"},
        {"periods"},
        {"translation"},
    ],
    "goals": [
        {"urls"},
        {"texts", "documents", "api"},
        {"pages"},
        {"editing"},
        {"charts", "templatetags"},
        {"sentences"},
        {"status"},
        {"as_known", "natural_keys"},
        {"models"},
        {"judging", "workflow"},
    ],
    "initiatives": [
        {"urls", "tasks", "management", "admin", "api"},
        {"pages", "editing", "documents", "templatetags"},
        {"status"},
        {"models"},
    ],
}


Imports = dict[str, set[str]]  # by the name of a module of ours, those of ours that it imports


def our_imports() -> Imports:
    ours = {dotted(path): path for app in APPS for path in modules(app)}
    imports = {}
    for name, path in ours.items():
        # `from package import module` names the module; `from module import name` names what stands in it.
        named = {other if other in ours else other.rpartition(".")[0] for other in imported(path)}
        imports[name] = (named & ours.keys()) - {name}
    return imports


def room_of(name: str) -> tuple[str, str]:
    app, _, rest = name.partition(".")
    return app, rest.partition(".")[0]


def floor(app: str, room: str) -> int:
    return next(number for number, rooms in enumerate(ROOMS[app]) if room in rooms)


def test_every_room_stands_in_the_order():
    listed = {app: set().union(*rooms) for app, rooms in ROOMS.items()}
    rooms = {room_of(name) for name in our_imports()}
    assert [f"{app}/{room}" for app, room in sorted(rooms) if app in ROOMS and room and room not in listed[app]] == []


def upward(imports: Imports) -> list[str]:
    """Imports inside an app from a room beside or above."""
    return [
        f"{name} imports {other}"
        for name, others in imports.items()
        for other in sorted(others)
        if is_upward(*room_of(name), *room_of(other))
    ]


def is_upward(app: str, room: str, other_app: str, other_room: str) -> bool:
    inside = app in ROOMS and app == other_app and room and other_room not in {"", room}
    return bool(inside) and floor(app, other_room) <= floor(app, room)


def circle(imports: Imports) -> list[str]:
    """Those are left which import one another when whatever imports nothing that is left is taken away."""
    left = dict(imports)
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    # What only leads to a circle goes too: nothing that is left imports it.
    while loose := left.keys() - {other for others in left.values() for other in others}:
        left = {name: others for name, others in left.items() if name not in loose}
    return sorted(left)


def test_each_room_of_an_app_imports_from_the_rooms_below_it():
    assert upward(our_imports()) == []


def test_the_guard_of_the_rooms_finds_an_import_from_above_or_beside():
    assert upward({"indicators.queries.columns": {"indicators.models", "indicators.queries.column_sql"}}) == []
    assert upward({"indicators.http.csv_file": {"indicators.pages.compare.comparison"}}) == [
        "indicators.http.csv_file imports indicators.pages.compare.comparison"
    ]
    assert upward({"goals.charts.bullet": {"goals.sentences"}, "goals.sentences": {"goals.charts.bullet"}}) == [
        "goals.sentences imports goals.charts.bullet"
    ]


def test_no_files_import_each_other_in_a_circle():
    assert circle(our_imports()) == []


def test_the_guard_of_circles_names_who_is_in_one_and_not_who_leads_to_it():
    assert circle({"door": {"a"}, "a": {"b"}, "b": {"c"}, "c": {"a", "ground"}, "ground": set()}) == ["a", "b", "c"]


def aliases(source: str) -> list[str]:
    """Modules of ours that a file calls by a name which does not end with their own, so that a search misses them."""
    named = [
        (f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name, alias)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    return [
        f"{name} as {alias.asname}"
        for name, alias in named
        if alias.asname and is_ours(name) and not alias.asname.endswith(name.rpartition(".")[2])
    ]


def is_ours(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return name.partition(".")[0] in {*APPS, "scripts", "tests"} and (
        place.is_dir() or place.with_suffix(".py").exists()
    )


def test_no_module_of_ours_goes_by_another_name():
    renamed = {
        str(path.relative_to(ROOT)): names
        for folder in [*APPS, "scripts", "tests"]
        for path in modules(folder)
        if (names := aliases(path.read_text(encoding="utf-8")))
    }
    assert renamed == {}


def test_the_guard_of_names_finds_an_alias_that_hides_the_modules_own():
    assert aliases("from indicators.pages.compare import benchmark as expected") == [
        "indicators.pages.compare.benchmark as expected"
    ]
    assert aliases("import indicators.periods as p") == ["indicators.periods as p"]
    assert aliases("from indicators.pages.compare import views as compare_views") == []
    assert aliases("from django.utils.translation import gettext as _") == []
