"""A civil registration number is refused at every door through which a text becomes visible, and not repeated."""

import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pydantic import RootModel

from accounts.models import ApiToken, Team, User
from accounts.roles import Role
from accounts.tokens import create_token
from indicators.definitions import yaml_documents
from indicators.models import Batch
from initiatives.models import Initiative, StatusUpdate
from viborg_plan.demo.load import FIXTURES

pytestmark = pytest.mark.django_db
NUMBER = "010190-1234"
TEXT = f"Borgeren {NUMBER} er i praktik"


def client_of(role: Role) -> tuple[Client, User]:
    user = User.objects.create_user(f"{role.value}@example.org", name=role.label)
    user.assignments.create(role=role)
    client = Client()
    client.force_login(user)
    return client, user


def kept_anywhere() -> bool:
    tables = (User, Team, ApiToken, StatusUpdate, Batch)
    return any(NUMBER in str(list(table.objects.values())) for table in tables)


@pytest.mark.parametrize("form", ["accounts/user/add/", "accounts/team/add/", "accounts/user/{}/change/"])
@pytest.mark.parametrize("field", ["name", "email", "slug"])
def test_in_the_admin(form, field):
    client, administrator = client_of(Role.ADMINISTRATOR)
    sent = {"email": "bob@example.org", "name": "Bob", "slug": "bob", "usable_password": "false"}
    sent |= {"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0, "is_active": "on"}
    sent[field] = {"name": TEXT, "email": f"{NUMBER}@example.org", "slug": NUMBER}[field]
    answer = client.post(f"/admin/{form.format(administrator.pk)}", sent)
    taken = {"name", "slug"} if "team" in form else {"name", "email"}
    if field in taken:
        assert answer.status_code == 200 and "ligner et CPR-nummer" in answer.content.decode()
        assert NUMBER not in answer.content.decode()
    assert not kept_anywhere()


def test_in_the_name_of_a_token():
    client, _ = client_of(Role.READER)
    page = client.post("/konto/api-noegler/", {"name": TEXT, "days": 9, "scopes": ["read:internal"]}).content.decode()
    assert "ligner et CPR-nummer" in page and NUMBER not in page and not kept_anywhere()


def test_in_the_purpose_of_reading_internal_figures():
    client, _ = client_of(Role.READER)
    page = client.post("/interne-tal/formaal/", {"purpose": TEXT}).content.decode()
    assert "ligner et CPR-nummer" in page and NUMBER not in page


@pytest.mark.parametrize("field", ["text", "author_role"])
def test_in_a_status_by_the_api(portal_with_demo, field):
    _, writer = client_of(Role.STATUS_WRITER)
    User.objects.filter(pk=writer.pk).update(team=Initiative.objects.get(slug="task-force-viborg").team)
    _, token = create_token(name="program", scopes=["write:status"], days=1, by=writer)
    sent = {"initiative": "task-force-viborg", "period": f"{timezone.localdate():%Y-%m}", "status": "on_track"}
    sent |= {"text": "Det går.", "author_role": "Jobcentret", field: TEXT}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": field}
    answer = Client().post("/api/v1/status-updates/", json.dumps(sent), "application/json", headers=headers)
    assert answer.status_code == 400 and "CPR" in answer.content.decode()
    assert NUMBER not in answer.content.decode() and not kept_anywhere()


def test_in_figures_by_the_api(portal_with_demo):
    _, officer = client_of(Role.DATA_OFFICER)
    _, token = create_token(name="program", scopes=["write:observations"], days=1, by=officer)
    row = {"indicator": "virksomheder-besoegt", "area": "791", "breakdown": {"medarbejder": NUMBER}}
    sent = {"observations": [row | {"period": "2026-08", "value": 7}]}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    answer = Client().post("/api/v1/observations/", json.dumps(sent), "application/json", headers=headers)
    assert answer.status_code == 400 and NUMBER not in answer.content.decode() and not kept_anywhere()


def test_in_any_text_of_a_plan_document(tmp_path):
    text = (FIXTURES / "plans" / "ministermaal-2018.yaml").read_text(encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(re.sub("^title: .*$", f"title: {TEXT}", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    with pytest.raises(CommandError, match="CPR number") as refused:
        call_command("load_plan", str(path))
    assert NUMBER not in str(refused.value)


def test_in_a_key_or_a_list_of_a_document_too():
    for text in (f"a: [x, {NUMBER}]", f"{NUMBER}: a", "- 0101901234"):
        with pytest.raises(yaml_documents.DocumentError, match="line 1") as refused:
            yaml_documents.parse(text, RootModel[dict], name="plan.yaml")
        assert "1234" not in str(refused.value)
