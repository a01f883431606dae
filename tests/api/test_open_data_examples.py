"""Every address and example that the open data's pages and the schema name is tried on the portal with its demo."""

import pytest

from accounts.models import User
from accounts.roles import Role
from accounts.tokens import NEEDS, create_token
from initiatives.models import Initiative

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal_with_demo")]


def test_every_address_on_the_page_for_people_answers(client):
    page = client.get("/data/").content.decode()
    addresses = {part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]}
    local = [address for address in addresses if address.startswith(("/api/", "/data/"))]
    assert len(local) >= 9
    assert {address: client.get(address).status_code for address in local} == dict.fromkeys(local, 200)


def examples(operation: dict) -> dict[str, str]:
    told = [parameter for parameter in operation["parameters"] if "examples" in parameter]
    return {parameter["name"]: next(iter(parameter["examples"].values()))["value"] for parameter in told}


def test_every_example_of_a_question_in_the_schema_is_answered(client):
    """Each by itself and all of an address at once."""
    asked = []
    for path, operations in client.get("/api/v1/schema/").json()["paths"].items():
        if "{" in path:  # told as in the list
            continue
        given = examples(operations["get"])
        asked += [(path, query) for query in [given, *({name: value} for name, value in given.items())]]
    assert len(asked) > 30
    assert [(path, query) for path, query in asked if client.get(path, query).status_code != 200] == []


def test_every_example_of_writing_in_the_schema_is_written(client):
    user = User.objects.get(assignments__role=Role.ADMINISTRATOR)
    _, token = create_token(name="Prøve", scopes=NEEDS, days=1, by=user)
    headers = {"Authorization": f"Bearer {token}"}
    schema, written = client.get("/api/v1/schema/").json(), {}
    for path, operations in schema["paths"].items():
        if "post" in operations:
            told = operations["post"]["requestBody"]["content"]["application/json"]["examples"]
            for example in told.values():
                Initiative.objects.filter(slug=example["value"].get("initiative")).update(team=user.team)
                headers["Idempotency-Key"] = path
                answer = client.post(path, example["value"], content_type="application/json", headers=headers)
                written[path] = answer.status_code
    assert written == {"/api/v1/observations/": 201, "/api/v1/status-updates/": 201}
