"""A number that cannot be is refused at every door by which figures come in, in the same words at each."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from accounts.models import User
from accounts.roles import Role
from accounts.tokens import create_token
from indicators.frame import Cell, SeriesKey, frame_of
from indicators.models import Batch, Indicator, Observation
from indicators.store import write
from tests.indicators.conftest import fill
from viborg_plan.demo import load

pytestmark = pytest.mark.django_db
# unit, a number that it cannot have, and what is said of it
IMPOSSIBLE = [
    ("percent", "250", "en andel ligger fra 0 til 100 %"),
    ("count", "-5", "et antal kan ikke være under 0"),
    ("count", "1234.56", "et antal har ingen decimaler"),
    ("rank", "0", "en placering ligger fra nr. 1 til nr. 98"),
    ("rank", "99", "en placering ligger fra nr. 1 til nr. 98"),
    ("rank", "47.5", "en placering har ingen decimaler"),
]
JANUARY = 1440  # 2020, counted in months from 1900


@pytest.fixture
def officer() -> User:
    user = User.objects.create_user("dataansvarlig@demo.viborg.example", name="Demo")
    user.assignments.create(role=Role.DATA_OFFICER)
    return user


@pytest.fixture(params=IMPOSSIBLE, ids=[f"{unit} {number}" for unit, number, _ in IMPOSSIBLE])
def wrong(request) -> tuple[str, str]:
    """The number, and the sentence; the indicator it is given for has the unit."""
    unit, value, sentence = request.param
    fill("default")
    Indicator.objects.update(unit=unit)
    return value, sentence


def tidy(value: str) -> bytes:
    return f"indicator;area;period;value\nledige;791;2020M01;{value}\n".encode()


def send(client, officer: User, **facts):
    token = create_token(name="Prøve", scopes=["write:observations"], days=30, by=officer)[1]
    row = {"indicator": "ledige", "area": "791", "period": "2020-01", "value": 1} | facts
    return client.post(
        "/api/v1/observations/",
        json.dumps({"observations": [row]}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "n1"},
    )


def test_the_upload_page_refuses_it(client, officer, wrong):
    value, sentence = wrong
    client.force_login(officer)
    answer = client.post("/import/", {"file": SimpleUploadedFile("tal.csv", tidy(value))})
    assert sentence in answer.content.decode() and not Observation.objects.exists()


def test_the_command_refuses_it(tmp_path, capsys, wrong):
    value, sentence = wrong
    (tmp_path / "tal.csv").write_bytes(tidy(value))
    with pytest.raises(SystemExit):
        call_command("import_indicators", "--source=file", f"--file={tmp_path / 'tal.csv'}")
    assert sentence in capsys.readouterr().err and not Observation.objects.exists()


def test_the_api_refuses_it(client, officer, wrong):
    value, sentence = wrong
    answer = send(client, officer, value=value)
    assert answer.status_code == 400 and sentence in answer.json()["detail"]
    assert not Observation.objects.exists()


def test_the_demo_refuses_it_among_made_up_figures(wrong):
    value, sentence = wrong
    frame = frame_of([Cell(SeriesKey("ledige", "791"), JANUARY, Decimal(value))])
    with pytest.raises(ValueError, match=sentence):
        load._save_past([load.PastDelivery("Demotal", datetime(2020, 3, 1, tzinfo=UTC), frame)])
    assert not Observation.objects.exists()


def test_the_demo_refuses_it_among_published_figures(monkeypatch, wrong):
    value, sentence = wrong
    monkeypatch.setattr(load.published_figures, "tidy", lambda text: tidy(value))
    with pytest.raises(ValueError, match=sentence):
        load._load_real_figures()
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("period", "sentence"), [("2062-01", "perioden er ikke slut endnu"), ("1900-01", "perioden ligger før 1990")]
)
def test_a_period_that_cannot_be_is_refused_by_the_page_the_command_and_the_api(
    client, officer, tmp_path, capsys, period, sentence
):
    fill("default")
    text = tidy("1").replace(b"2020M01", period.encode())
    (tmp_path / "tal.csv").write_bytes(text)
    with pytest.raises(SystemExit):
        call_command("import_indicators", "--source=file", f"--file={tmp_path / 'tal.csv'}")
    assert sentence in capsys.readouterr().err
    answer = send(client, officer, period=period)
    assert answer.status_code == 400 and sentence in answer.json()["detail"]
    client.force_login(officer)
    assert sentence in client.post("/import/", {"file": SimpleUploadedFile("tal.csv", text)}).content.decode()
    assert not Observation.objects.exists()


def test_the_api_knows_the_breakdowns_in_use_and_says_of_others_where_they_can_come_from(client, officer):
    fill("default")
    refused = send(client, officer, breakdown={"lokale": "b12"})
    assert refused.status_code == 400 and "ukendt opdeling »lokale«" in refused.json()["detail"]
    assert "første linje" not in refused.json()["detail"]  # JSON has none
    known = SeriesKey("ledige", "791", "lokale=a1")
    write.save(frame_of([Cell(known, JANUARY, Decimal(3))]), source="file")
    assert send(client, officer, breakdown={"lokale": "b12"}).status_code == 201
    assert Batch.objects.count() == 2
