"""The Sammenhængsmodel's page: every objective, in the wording of the day, with what is done and with whom."""

import re
from datetime import date

import pytest

from goals.models import Objective
from initiatives.models import Initiative

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]

PATH = "/maalsaetninger/"


def page(client, query: str = "") -> str:
    return client.get(PATH + query).content.decode()


def objective(text: str, number: str) -> str:
    """The part of the page about one objective, as plain text."""
    part = next(p for p in text.split('data-testid="objective"')[1:] if f"<span>{number}</span>" in p)
    plain = re.sub(r"<[^>]+>", " ", part.split(">", 1)[1].split("</section>")[0])
    return " ".join(plain.replace("&nbsp;", " ").replace("\u00a0", " ").split())


def test_all_objectives_stand_there_also_those_without_initiatives(client):
    text = page(client)
    assert text.count('data-testid="objective"') == 22
    assert "12 af 22 målsætninger har indsatser" in text
    assert "Ingen indsatser i planen endnu." in objective(text, "2.2")


def test_the_way_goes_from_objective_over_initiative_to_partner(client):
    text = objective(page(client), "1.1")
    assert "Uddannelsesambassadør under planlægning Med A-kasser" in text
    assert "mulig placering" in objective(page(client), "1.2")


def test_an_unknown_priority_is_never_no(client):
    text = objective(page(client), "1.1")
    assert "Prioriteret: 2020 ja (sikkerhed: middel), 2021 afklares" in text
    counted = page(client).split('data-testid="priorities"')[1].split("</p>")[0]
    assert "2020: 2 ja, 20 afklares; 2021: 22 afklares." in " ".join(counted.split())


def test_a_target_group_leaves_out_initiatives_but_no_objective(client):
    text = page(client, "?maalgruppe=veteraner")
    assert text.count('data-testid="objective"') == 22
    shown = set(re.findall(r'class="initiative"><a href="/indsatser/([\w-]+)/', text))
    assert shown == set(Initiative.objects.filter(target_groups__slug="veteraner").values_list("slug", flat=True))
    assert "Ingen indsatser for veteraner." in text


def test_a_target_group_nobody_knows_filters_nothing(client):
    assert "12 af 22 målsætninger har indsatser<" in page(client, "?maalgruppe=findes-ikke")


def test_the_wording_is_the_one_of_the_day_with_the_earlier_one_beside_it(client):
    old = Objective.objects.get(theme__plan__slug="beskaeftigelsesplan-2021", number="1.4")
    Objective.objects.create(
        theme=old.theme, number="1.4", name="Flere unge skal have en uddannelse", valid_from=date(2022, 1, 1)
    )
    Objective.objects.filter(pk=old.pk).update(valid_to=date(2021, 12, 31))
    then, now = (objective(page(client, query), "1.4") for query in ("?kendt=2021-06-01", ""))
    assert "90 % af unge har taget" in then and "Flere unge" not in then
    assert "Flere unge skal have en uddannelse" in now and "Til 31.12.2021: »90 % af unge har taget" in now


def test_before_the_plan_there_are_none(client):
    assert "Ingen målsætninger var kendt på den valgte dag." in page(client, "?kendt=2020-06-01")


def test_older_strategies_are_reachable(client):
    assert "/planer/beskaeftigelsesstrategi-2015/" in page(client)
    assert "/planer/ministermaal-2018/" in page(client)
