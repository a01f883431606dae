"""Goal 1 and the open question of which edition its target means: what the answer would come to, from real editions."""

import re

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]
PATH = "/planer/beskaeftigelsesplan-2020/maal/1/"
EFFECT = "43: nået · 49: ikke nået"


def text_of(client, query: str = "", language: str = "") -> str:
    content = client.get(f"{language}{PATH}{query}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", content).replace("\u00a0", " ").split())


def test_the_open_question_says_what_each_answer_would_come_to(client):
    text = text_of(client, "?kendt=2021-05-01")
    assert f"afklares Svaret afgør dommen. {EFFECT} (udgaverne til og med 2. kvt. 2020 og 4. kvt. 2020)." in text


def test_before_the_second_edition_was_known_there_is_nothing_to_choose_between(client):
    text = text_of(client, "?kendt=2021-04-14")
    assert "Hvilken udgave af benchmarken gav plads nummer 48" in text
    assert "Svaret afgør dommen" not in text and "49" not in text


def test_a_goal_of_months_has_no_editions(client):
    content = client.get("/planer/beskaeftigelsesplan-2020/maal/2/?kendt=2021-05-01").content.decode()
    assert "Svaret afgør dommen" not in content


def test_in_english_too(client):
    text = text_of(client, "?kendt=2021-05-01", "/en")
    assert "The answer decides the verdict. 43: met · 49: not met" in text


@pytest.mark.parametrize(
    "day", ["2020-07-15", "2020-10-12", "2020-10-13", "2021-04-15", "2021-10-13", "2022-04-15", "2023-04-15", ""]
)
def test_the_goals_page_stands_with_however_many_editions(client, day):
    answer = client.get(PATH, {"kendt": day} if day else {})
    assert answer.status_code == 200
    assert "demotal" not in answer.content.decode().split('data-testid="measure"')[1].split("</section>")[0]
