"""Every command of the API is sent what no program should send, field by field."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from sqlmodel import Session

from tests.conftest import OneConnection
from tests.hostile.values import HOSTILE
from tests.people import Door, Factory, tax_code
from tests.records.making import said
from tests.shipments.making import consignment
from tests.test_strangers import Ids, commands, world
from trace.kit.ids import new_id

Body = dict[str, Any]
ANSWERS: Final = {200, 201, 404, 409, 422}
VIETNAMESE: Final = re.compile("[à-ỹđ]", re.IGNORECASE)
AT_A_TIME: Final = 3


RECEIVER: Final = tax_code(9_001)


@pytest.fixture
def manager(make: Factory) -> Door:
    """Of a cooperative to which others can send."""
    return make.manager(tax_code=RECEIVER)


@pytest.fixture
def ids(manager: Door, make: Factory, db: Session) -> Ids:
    """One of everything, and what another cooperative sent."""
    sent = consignment(make, RECEIVER)
    return {**world(manager, db), "code": sent["code"], "sent_id": sent["lines"][0]["batch_id"]}


def test_no_value_in_any_field_of_any_command_breaks_anything(
    manager: Door, ids: Ids, database: OneConnection
) -> None:
    described = manager.get("/api/openapi.json").json()
    complaints, turn = {}, 0
    for path, good in bodies(ids):
        for name in sorted({*fields(described, path, good), *good, "no_such_field"}):
            for _ in range(AT_A_TIME):  # others for each field, so that all are sent many times
                turn += 1
                value = HOSTILE[turn % len(HOSTILE)]
                if found := wrong_with(manager, database, path, good | {name: value}):
                    complaints[path, name, ascii(value)[:40]] = found
    assert complaints == {}


# They take a file and no JSON.
TAKE_FILES: Final = {"/api/v1/photos", "/api/v1/documents", "/api/v1/pesticide-lists/preview"}


def test_every_address_that_takes_a_command_is_tried(manager: Door, ids: Ids) -> None:
    tried = [f"/api/v1{path}" for path, _ in bodies(ids)]
    described = manager.get("/api/openapi.json").json()
    posted = [path for path, methods in described["paths"].items() if "post" in methods]
    untried = {path for path in posted if not any(answers_to(path, one) for one in tried)}
    assert untried == TAKE_FILES


def bodies(ids: Ids) -> Iterator[tuple[str, Body]]:
    """A good command for every address of the API that takes one."""
    yield "/invitations", {"role": "viewer"}
    yield "/keys", {"name": "Cân", "scope": "read"}
    yield "/areas", {"name": "Vùng", "commune_code": "11065"}
    yield "/households", {"code": "TV-99", "name": "Hộ"}
    yield f"/cycles/{ids['cycle_id']}/close", {"sure": True}
    yield f"/batches/{ids['batch_id']}/publish", {}
    yield "/calendars", {"crop": "Dưa chuột", "counts_from": "sowing"}
    step = {"crop": "dua-luoi", "kind": "inspection", "opens": 7, "closes": 9, "title": "Đo vân"}
    yield "/calendars/steps", step
    yield "/calendars/steps/change", step | {"step": "bees"}
    yield "/calendars/steps/remove", {"crop": "dua-luoi", "step": "bees"}
    yield "/calendars/reset", {"crop": "dua-luoi"}
    content = {"batch_id": ids["batch_id"], "kg": "1"}
    yield "/boxes", {"happened_at": "2026-11-10T08:00:00+07:00", "contents": [content]}
    yield "/partners", {"kind": "buyer", "name": "Cửa hàng"}
    kept = {"batch_id": ids["sent_id"], "product_id": ids["product_id"], "accepted_kg": "50"}
    took = {"happened_at": "2026-11-10T08:20:00+07:00", "verdict": "accepted", "kept": [kept]}
    yield "/consignments/answer", took | {"code": ids["code"]}
    yield "/records/together", {"records": [said("irrigation", cycle_id=ids["cycle_id"], id=str(new_id()))]}
    for path, goods in commands(ids).items():
        yield from ((path, good) for good in goods)
    yield "/cooperative", {"name": "HTX", "hotline": "0220 3888 999", "commune_code": "11065"}


def answers_to(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path) is not None


def fields(described: Body, path: str, good: Body) -> Iterator[str]:
    """The fields of the command that goes to this address, by the API's own description."""
    for template, methods in described["paths"].items():
        if "post" in methods and answers_to(template, f"/api/v1{path}"):
            for name in re.findall(r"#/components/schemas/(\w+)", str(methods["post"]["requestBody"])):
                properties = described["components"]["schemas"][name]["properties"]
                if properties.get("kind", {}).get("const") == good.get("kind"):
                    yield from properties


def wrong_with(manager: Door, database: OneConnection, path: str, said: Body) -> list[str]:
    """Send it, undo whatever came of it, and say what was wrong with the answer."""
    body = json.dumps({"id": str(new_id()), **said})
    with database.connection.begin_nested() as before:
        answer = manager.post(f"/api/v1{path}", content=body, headers={"content-type": "application/json"})
        before.rollback()
    if answer.status_code not in ANSWERS:
        return [str(answer.status_code)]
    if answer.status_code < 400:
        return []
    told = answer.json()
    sentences = [told["detail"], *(found["detail"] for found in told.get("errors", []))]
    return [sentence for sentence in sentences if not VIETNAMESE.search(sentence)]
