"""The API as others meet it, over HTTP: asked by what its schema allows and denies, and read by pandas."""

import json
import urllib.request

import pandas as pd
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.roles import Role
from tests.api.roles import token_of

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
FEW = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
UNEMPLOYED = "/api/v1/observations/?indicator=ledige-antal"


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_request_the_schema_can_make_breaks_it_or_the_server(portal, mode):
    schema = schemathesis.openapi.from_url(f"{portal}/api/v1/schema/")
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 23
    for operation in operations:

        @FEW
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            case.call_and_validate(checks=CHECKS)

        ask()


@pytest.mark.parametrize("role", Role)
def test_each_role_is_answered_as_the_schema_tells(portal, role):
    """Reading only, since others read this portal too; `make fuzz` has all of it."""
    schema = schemathesis.openapi.from_url(f"{portal}/api/v1/schema/")
    headers = {"Authorization": f"Bearer {token_of(portal, role)}"}
    seen = set()
    for operation in schema.include(method="GET").get_all_operations():

        @settings(FEW, max_examples=2)
        @given(case=operation.ok().as_strategy(generation_mode=GenerationMode.POSITIVE))
        def ask(case):
            seen.add(case.call_and_validate(checks=CHECKS, headers=headers).status_code)

        ask()
    assert {200, 404} <= seen <= {200, 400, 404}


def rows(portal: str) -> list[dict]:
    with urllib.request.urlopen(f"{portal}{UNEMPLOYED}&limit=20000") as answer:
        return json.load(answer)["results"]


def test_pandas_reads_the_csv_as_the_page_says(portal):
    table = pd.read_csv(f"{portal}{UNEMPLOYED}&format=csv", sep=";", decimal=",", dtype={"area": str})
    expected = rows(portal)
    assert len(table) == len(expected) > 1000
    assert table["value"].dtype.kind in "if"
    assert [tuple(row) for row in table[["area", "period", "value"]].itertuples(index=False)] == [
        (row["area"], row["period"], row["value"]) for row in expected
    ]


def test_pandas_reads_the_columns_as_the_page_says(portal):
    answer = pd.read_json(f"{portal}{UNEMPLOYED}&format=columnar", typ="series")
    table = pd.DataFrame(answer["series"]).explode(["period", "value", "batch"])
    assert [tuple(row) for row in table[["area", "period", "value"]].itertuples(index=False)] == [
        (row["area"], row["period"], row["value"]) for row in rows(portal)
    ]


def test_head_sends_no_body_and_says_how_long_it_is(portal):
    asked = urllib.request.Request(f"{portal}/api/v1/plans/", method="HEAD")
    with urllib.request.urlopen(asked) as answer:
        assert answer.read() == b""
        assert int(answer.headers["Content-Length"]) > 100
