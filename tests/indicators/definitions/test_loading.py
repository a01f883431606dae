"""Areas and indicators from the project's files."""

import pytest
from django.core.management import CommandError, call_command

from indicators.models import Area, AreaMembership, Indicator
from indicators.periods import of

pytestmark = pytest.mark.django_db
RIGHT = """\
- code: ledige
  name: Ledige
  definition: Ledige fuldtidspersoner.
  unit: count
  unit_name: fuldtidspersoner
  direction: lower
  publisher: Jobindsats (STAR)
  source: jobindsats
  table: y25i01
  selection:
    measure: Antal ledige fuldtidspersoner
  newest_is_provisional: true
  breaks:
    - period: 2025M07
      reason: Reformen af kontanthjælpen
- code: andel
  name: Andel
  definition: Ledige i pct. af arbejdsstyrken.
  unit: percent
  decimals: 1
  direction: lower
  publisher: Jobindsats (STAR)
  source: file
"""


@pytest.fixture
def load(tmp_path, capsys):
    def load(text: str) -> str:
        path = tmp_path / "indicators.yaml"
        path.write_text(text, encoding="utf-8")
        call_command("load_indicators", str(path))
        return capsys.readouterr().out

    return load


def test_indicators_are_loaded_with_their_breaks(load):
    assert "indicators: new=2 changed=0 unchanged=0" in load(RIGHT)
    indicator = Indicator.objects.get(code="ledige")
    assert indicator.selection == {"measure": "Antal ledige fuldtidspersoner"}
    assert [(b.period, b.reason) for b in indicator.breaks.all()] == [(of(2025, 7), "Reformen af kontanthjælpen")]


def test_loading_twice_changes_nothing(load):
    load(RIGHT)
    assert load(RIGHT).splitlines() == [
        "areas: new=0 changed=0 unchanged=305",
        "indicators: new=0 changed=0 unchanged=2",
    ]


def test_a_changed_name_and_a_removed_break_are_brought_up_to_date(load):
    load(RIGHT)
    assert "indicators: new=0 changed=1 unchanged=1" in load(RIGHT.replace("name: Andel", "name: Andel af alle"))
    load(RIGHT.split("  breaks:")[0])
    assert Indicator.objects.get(code="andel").name == "Andel af alle"
    assert not Indicator.objects.get(code="ledige").breaks.exists()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("unit: percent", "unit: procent", "line 19: 1.unit"),
        ("  direction: lower\n  publisher: Jobindsats (STAR)\n  source: file", "  source: file", "line 16: 1."),
        ("code: andel", "code: ledige", "the code stands twice: ledige"),
        ("2025M07", "2025M13", "line 14: 0.breaks.0.period"),
        ("source: file", "source: http://example.org", "line 23: 1.source"),
        ("code: andel", "codes: andel", "line 16: 1.codes"),
        ("    measure: Antal ledige fuldtidspersoner", "    maal: Antal", "line 11: 0.selection.maal"),
    ],
)
def test_a_wrong_file_is_refused_by_line_and_nothing_of_it_is_loaded(load, right, wrong, told):
    with pytest.raises(CommandError, match="indicators.yaml") as error:
        load(RIGHT.replace(right, wrong))
    assert told in str(error.value)
    assert not Indicator.objects.exists() and not Area.objects.exists()


def test_the_areas_are_the_country_its_regions_and_municipalities_and_their_groups(load):
    load(RIGHT)
    kinds = {kind: Area.objects.filter(kind=kind).count() for kind in Area.Kind.values}
    assert kinds == {"country": 1, "region": 5, "municipality": 98, "group": 5}
    group = Area.objects.get(code="provinsbykommuner")
    assert group.members.count() == 16 and group.members.filter(code="791").exists()


def test_every_municipality_is_in_one_region_and_one_group(load):
    load(RIGHT)
    for kind in ("region", "group"):
        members = AreaMembership.objects.filter(group__kind=kind).values_list("member__code", flat=True)
        assert len(members) == len(set(members)) == 98
