"""Work is written down once, with three clocks, by those who may."""

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.conftest import StandingClock
from tests.evidence.making import photo
from tests.farms.making import household
from tests.people import Door, Factory
from tests.records.making import HAPPENED, OWN, cycle, diary, facts, harvest, record, said
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry
from trace.records.models import Harvest, Record


@pytest.mark.parametrize("kind", OWN)
def test_every_kind_of_work_is_written_with_its_own_fields(manager: Door, db: Session, kind: str) -> None:
    written = record(manager, kind, sure=True, note="Trời nắng")
    assert (written["kind"], written["note"]) == (kind, "Trời nắng")
    assert manager.ask(f"/records/{written['id']}") == written
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == f"record.{kind}")).one()
    assert str(entry.subject_id) == written["id"]
    for name, value in OWN[kind].items():
        assert f'"{name}":' in entry.said
        assert str(value) in entry.said


def test_a_record_keeps_three_clocks(manager: Door, clock: StandingClock) -> None:
    written = record(manager, "irrigation", recorded_at="2026-11-10T06:40:00+07:00")
    assert written["happened_at"] == "2026-11-09T23:30:00Z"
    assert written["recorded_at"] == "2026-11-09T23:40:00Z"
    assert written["received_at"] == "2026-11-10T01:30:00Z"
    assert written["late_days"] == 0


def test_what_is_written_after_a_day_is_late_whatever_the_phone_says(manager: Door) -> None:
    on_time = record(manager, "irrigation", happened_at="2026-11-09T08:31:00+07:00")
    late = record(
        manager,
        "irrigation",
        happened_at="2026-10-20T08:30:00+07:00",
        recorded_at="2026-10-20T08:35:00+07:00",
    )
    assert (on_time["late_days"], late["late_days"]) == (0, 21)


@pytest.mark.parametrize(("minutes", "status"), [(5, 201), (6, 409)])
def test_the_future_begins_five_minutes_from_now(manager: Door, minutes: int, status: int) -> None:
    happened = f"2026-11-10T08:3{minutes}:00+07:00"
    answer = manager.say(
        "/records", **said("irrigation", cycle_id=cycle(manager)["id"], happened_at=happened)
    )
    assert answer.status_code == status
    if status == 409:
        assert answer.json()["errors"][0]["field"] == "happened_at"


def test_a_phone_whose_clock_is_ahead_loses_nothing(manager: Door) -> None:
    written = record(manager, "irrigation", recorded_at="2026-11-12T06:40:00+07:00")
    assert written["clock_ahead"]
    assert (written["received_at"], written["late_days"]) == ("2026-11-10T01:30:00Z", 0)


def test_a_harvest_is_kept_as_written_and_in_kilograms(manager: Door, db: Session) -> None:
    written = harvest(manager, quantity="26.4", unit="ta", brix="13.6")
    kept = db.exec(select(Harvest)).one()
    assert (kept.quantity, kept.unit, kept.quantity_kg) == (Decimal("26.4"), "ta", Decimal(2640))
    assert facts(written) == {"quantity_kg": "2640", "pieces": "1520", "brix": "13.6", "quantity": "26.4"}


def test_photos_keep_their_order_and_are_there_once(manager: Door) -> None:
    first, second = photo(manager, seed=1)["id"], photo(manager, seed=2)["id"]
    written = record(manager, "inspection", photo_ids=[second, first, second], photos_public=True)
    assert (written["photo_ids"], written["photos_public"]) == ([second, first], True)


def test_the_household_is_told_by_its_code(manager: Door) -> None:
    hands = household(manager, code="TV-07")
    assert record(manager, "pruning", household_id=hands["id"])["household_code"] == "TV-07"


def test_sent_three_times_it_is_one_record(manager: Door, db: Session) -> None:
    sent = said("spraying", id=str(new_id()), cycle_id=cycle(manager)["id"])
    answers = [manager.say("/records", **sent) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert answers[0].json() == answers[1].json() == answers[2].json()
    assert len(db.exec(select(Record)).all()) == 1


def test_the_same_id_with_other_content_is_refused(manager: Door) -> None:
    sent = said("spraying", id=str(new_id()), cycle_id=cycle(manager)["id"])
    assert manager.say("/records", **sent).status_code == 201
    answer = manager.say("/records", **(sent | {"amount": "61"}))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("fertilising", {"amount": "-4"}, "amount"),
    ("fertilising", {"amount": "0"}, "amount"),
    ("fertilising", {"amount": "1e40"}, "amount"),
    ("fertilising", {"amount": "0.0001"}, "amount"),
    ("fertilising", {"amount": "NaN"}, "amount"),
    ("fertilising", {"unit": "bao"}, "unit"),
    ("fertilising", {"fertiliser": "  "}, "fertiliser"),
    ("fertilising", {"fertiliser": "x" * 121}, "fertiliser"),
    ("fertilising", {"ph": "15"}, "ph"),
    ("spraying", {"phi_days": -1}, "phi_days"),
    ("harvest", {"pieces": 0}, "pieces"),
    ("harvest", {"pieces": 2**70}, "pieces"),
    ("harvest", {"quantity": "một tấn"}, "quantity"),
    ("irrigation", {"happened_at": "2026-11-10T06:30:00"}, "happened_at"),
    ("irrigation", {"happened_at": "0001-01-01T00:00:00+07:00"}, "happened_at"),
    ("irrigation", {"happened_at": "31/11/2026"}, "happened_at"),
    ("irrigation", {"recorded_at": "9999-12-31T23:59:59-12:00"}, "recorded_at"),
    ("irrigation", {"note": "x" * 2001}, "note"),
    ("irrigation", {"photo_ids": [str(new_id()) for _ in range(21)]}, "photo_ids"),
    ("irrigation", {"trade_name": "Anvil"}, "trade_name"),
    ("irrigation", {"id": "0e1cbd2e-9f0b-4c9c-8f0e-0d6f0f3f3a11"}, "id"),
]


@pytest.mark.parametrize(("kind", "given", "field"), WRONG)
def test_what_cannot_be_is_refused_by_name(manager: Door, kind: str, given: Any, field: str) -> None:
    answer = manager.say("/records", **said(kind, cycle_id=str(new_id()), **given))
    assert answer.status_code == 422, answer.text
    assert [(error["field"], error["pointer"]) for error in answer.json()["errors"]] == [
        (field, f"#/{field}")
    ]


def test_an_unknown_kind_is_refused(manager: Door) -> None:
    answer = manager.say("/records", kind="dancing", cycle_id=str(new_id()), happened_at=HAPPENED)
    assert answer.status_code == 422


def test_text_is_kept_as_text(manager: Door) -> None:
    written = record(manager, "other", what="<script>alert(1)</script>", note="dòng 1\r\ndòng\u200b 2")
    assert facts(written)["what"] == "<script>alert(1)</script>"
    assert written["note"] == "dòng 1\ndòng 2"
    page = manager.get(f"/app/cycles/{written['cycle_id']}")
    assert "<script>alert" not in page.text


def test_a_stranger_finds_neither_cycle_nor_record(manager: Door, make: Factory) -> None:
    written = record(manager, "irrigation")
    other = make.manager()
    assert other.say("/records", **said("irrigation", cycle_id=written["cycle_id"])).status_code == 404
    for path in (f"/records/{written['id']}", f"/cycles/{written['cycle_id']}/records"):
        assert other.get(f"/api/v1{path}").status_code == 404
    assert other.get(f"/app/cycles/{written['cycle_id']}").status_code == 404


@pytest.mark.parametrize("field", ["household_id", "photo_ids", "corrects_id"])
def test_nothing_of_a_stranger_can_be_named(manager: Door, make: Factory, field: str) -> None:
    other = make.manager()
    foreign: dict[str, Any] = {
        "household_id": lambda: household(other)["id"],
        "photo_ids": lambda: [photo(other)["id"]],
        "corrects_id": lambda: record(other, "irrigation")["id"],
    }
    given = {field: foreign[field]()} | ({"correction_reason": "x"} if field == "corrects_id" else {})
    answer = manager.say("/records", **said("irrigation", cycle_id=cycle(manager)["id"], **given))
    assert answer.status_code == 404


def test_a_viewer_reads_and_a_recorder_writes(manager: Door, make: Factory) -> None:
    opened = cycle(manager)
    viewer, recorder = make.member(manager, "viewer"), make.member(manager, "recorder")
    sent = said("irrigation", cycle_id=opened["id"])
    assert viewer.say("/records", **sent).status_code == 403
    assert recorder.say("/records", **sent).status_code == 201
    assert len(diary(viewer, opened["id"])) == 1


def test_nobody_writes_without_signing_in(stranger: Door) -> None:
    assert stranger.say("/records", **said("irrigation", cycle_id=str(new_id()))).status_code == 401
