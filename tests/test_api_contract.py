"""The JSON API is what its description says: complete, and true under fuzzing."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.conftest import StandingClock
from tests.people import Door, Factory
from trace.app import create_app
from trace.kit.database import Database
from trace.settings import Settings

SNAPSHOT = Path(__file__).parent / "openapi.json"
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def description(stranger: Door) -> dict[str, Any]:
    found: dict[str, Any] = stranger.get("/api/openapi.json").json()
    return found


def operations(description: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_operation_says_what_it_does_and_how_it_fails(description: dict[str, Any]) -> None:
    for path, method, operation in operations(description):
        where = f"{method} {path}"
        assert operation.get("summary"), where
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"]), where
        assert len(operation["tags"]) == 1, where
        assert operation["operationId"].startswith(operation["tags"][0]), where
        answers = operation["responses"]
        assert any(status.startswith(("2", "3")) for status in answers), where
        for status, answer in answers.items():
            if status.startswith("4"):
                assert "application/problem+json" in answer["content"], f"{where} {status}"


def test_every_command_has_an_example_or_a_meaning_for_each_needed_field(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    bodies = [
        body["content"].get("application/json", {}).get("schema", {})
        for _, _, operation in operations(description)
        if (body := operation.get("requestBody"))
    ]
    for name in {found for body in bodies for found in named(body)}:
        schema = schemas[name]
        for field in schema.get("required", ()):
            about = schema["properties"][field]
            assert {"examples", "description", "enum", "const", "$ref"} & set(about), f"{name}.{field}"


def named(schema: Any) -> Iterator[str]:
    """The schemas that a body refers to, unions opened."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rsplit("/", 1)[-1]
        for key in ("oneOf", "anyOf"):
            for part in schema.get(key, ()):
                yield from named(part)


def test_the_description_changes_only_on_purpose(description: dict[str, Any]) -> None:
    """After a wanted change: TRACE_TEST_SNAPSHOT=write, and look at the difference."""
    text = json.dumps(description, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("TRACE_TEST_SNAPSHOT") == "write":
        SNAPSHOT.write_text(text, "utf-8")
    assert SNAPSHOT.read_text("utf-8") == text


def test_the_reference_page_shows_every_operation(description: dict[str, Any], stranger: Door) -> None:
    page = stranger.get("/api/docs").text
    for _, _, operation in operations(description):
        assert f'id="{operation["operationId"]}"' in page


@pytest.fixture
def described(
    database: Database, clock: StandingClock, app_settings: Settings, make: Factory, door: Callable[[], Door]
) -> OpenApiSchema:
    """The API as its manager sees it, to be fuzzed."""
    cookie = make.manager().cookies["sid"]
    schema = schemathesis.openapi.from_asgi(
        "/api/openapi.json", create_app(app_settings, database=database, clock=clock)
    )
    schema.config.headers = {"cookie": f"sid={cookie}", "sec-fetch-site": "same-origin"}
    return schema


def test_nothing_that_can_be_sent_breaks_it_or_gets_an_undescribed_answer(described: OpenApiSchema) -> None:
    """What the schema allows may still be refused: a check digit, a commune's code are no matter of schemas."""
    for found in described.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()

        @settings(
            max_examples=12,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            deadline=None,
            derandomize=True,
            database=None,
        )
        @given(case=operation.as_strategy())
        def send(case: "schemathesis.Case[Any]") -> None:
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        send()
