"""Who may read what: one map, held against every door there is."""

import json
import re
from typing import Any, Final

import pytest

from tests.batches.making import published
from tests.people import Door, Factory
from tests.records.making import OWN, SITE, cycle, record, said, site
from trace.kit.commands import Personal, marked
from trace.records import privacy
from trace.records.kinds import ALL_COMMANDS, DETAILS
from trace.records.models import SITE as SITE_KINDS
from trace.records.privacy import Circle
from trace.records.shown import SHOWN
from trace.records.work import RecordCommand, SiteCommand

SECRET: Final = "Bí mật 7f3a"
# A value of each kind that can be found again, for fields that hold no free text.
NUMBERS: Final = {"price": "76543", "birth_year": 1961, "valid_until": "2027-03-31"}


def personal_fields(kind: str) -> set[str]:
    common = {"note", "correction_reason"}
    return marked(ALL_COMMANDS[kind], Personal) - common


@pytest.mark.parametrize("kind", ALL_COMMANDS)
def test_every_personal_field_stands_in_the_map(kind: str) -> None:
    for name in personal_fields(kind):
        assert privacy.of_field(kind, name) > Circle.STRANGERS, name


@pytest.mark.parametrize("kind", ALL_COMMANDS)
def test_every_field_of_a_kind_can_be_shown(kind: str) -> None:
    told = {shown.column for shown in SHOWN[kind]}
    derived = {"unit", "area_unit", "area_m2", "quantity", "weight_kg", "early_reason"}
    own = set(ALL_COMMANDS[kind].model_fields) - {*RecordCommand.model_fields, *SiteCommand.model_fields}
    own = {name for name in own if not name.endswith("_id")}  # an input is shown by its name
    assert own - {"kind"} - derived <= told
    assert {shown.column for shown in SHOWN[kind] if not shown.apart} <= set(DETAILS[kind].model_fields)


def test_site_work_is_for_members_at_the_widest() -> None:
    assert {kind for kind in ALL_COMMANDS if privacy.of_kind(kind) > Circle.STRANGERS} == SITE_KINDS


def filled(kind: str) -> dict[str, Any]:
    fields = {name: NUMBERS.get(name, SECRET) for name in personal_fields(kind) if name != "result"}
    soon = {"phi_days": 0} if kind == "spraying" else {}  # the next harvest does not have to wait
    return {**said(kind, sure=True, note=SECRET), **fields, **soon}


@pytest.fixture
def secretive(manager: Door) -> tuple[Door, str, str]:
    """A published batch in whose cycle, and beside it, every private field was filled in."""
    opened = cycle(manager)["id"]
    harvested = record(manager, "harvest", cycle_id=opened, sure=True)
    for kind in OWN:
        manager.tell("/records", cycle_id=opened, **filled(kind))
    for kind in SITE:
        manager.tell("/records", **filled(kind))
    code = published(manager, harvest_id=harvested["id"])["code"]
    return manager, opened, code


HIDDEN: Final = [SECRET, "76543", "76.543", "76,543", "1961", "31/03/2027", "2027-03-31"]


_IDS: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def found(text: str) -> list[str]:
    """Which of them a reader can read: an id may hold any digits, and says nothing by them."""
    readable = _IDS.sub("", text)
    return [one for one in HIDDEN if re.search(rf"\b{re.escape(one)}\b", readable)]


def test_strangers_find_none_of_it_anywhere(secretive: tuple[Door, str, str], stranger: Door) -> None:
    _, _, code = secretive
    for address in (f"/b/{code}", f"/en/b/{code}", f"/b/{code}.json"):
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert found(answer.text) == []
    public = stranger.get(f"/b/{code}.json").json()
    assert {entry["kind"] for entry in public["timeline"]} == set(OWN)


def test_members_read_prices_and_managers_alone_read_health(
    secretive: tuple[Door, str, str], make: Factory
) -> None:
    manager, opened, _ = secretive
    for role, sees in (("recorder", False), ("viewer", False), ("manager", True)):
        door = manager if sees else make.member(manager, role)
        diary = door.get(f"/app/cycles/{opened}").text
        assert ("76.543" in diary, SECRET in diary) == (True, True)
        books = door.get("/app/site").text + json.dumps(door.ask("/site/records"))
        assert ("1961" in found(books), "2027-03-31" in found(books), '"training"' in books) == (sees,) * 3
        assert ("/app/site/health" in books) == sees


def test_whoever_may_not_read_a_book_may_not_open_correct_or_write_it(
    secretive: tuple[Door, str, str], make: Factory
) -> None:
    manager, _, _ = secretive
    recorder = make.member(manager, "recorder")
    seen = {one["kind"]: one["id"] for one in manager.ask("/site/records")["items"]}
    for kind in ("training", "health"):
        assert recorder.get(f"/api/v1/records/{seen[kind]}").status_code == 404
        assert recorder.get(f"/app/records/{seen[kind]}/correct").status_code == 404
        assert recorder.get(f"/app/records/{seen[kind]}/retract").status_code == 404
        assert recorder.get(f"/app/site/{kind}").status_code == 403
        assert recorder.say("/records", **said(kind)).status_code == 403
        gone = {"kind": "retraction", "corrects_id": seen[kind], "correction_reason": "Nhầm"}
        assert recorder.say("/records", **gone).status_code == 404
        taken_back = manager.tell("/records", **gone)["id"]
        assert recorder.get(f"/api/v1/records/{taken_back}").status_code == 404


def test_a_retraction_tells_strangers_of_members_nothing(manager: Door, make: Factory) -> None:
    checked = site(manager, "health")
    manager.tell("/records", kind="retraction", corrects_id=checked["id"], correction_reason=SECRET)
    viewer = make.member(manager, "viewer")
    assert viewer.ask("/site/records")["items"] == []
    assert SECRET not in viewer.get("/app/site").text
    assert SECRET not in viewer.get("/app").text
