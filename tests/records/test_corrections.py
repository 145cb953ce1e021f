"""Nothing is overwritten: a correction stands beside what it corrects."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from tests.evidence.making import photo
from tests.people import Door
from tests.records.making import cycle, diary, facts, record, said
from trace.kit.ids import new_id

WHY = "5 kg, không phải 50 kg"


def correction(written: Any, **given: Any) -> dict[str, Any]:
    told = {"cycle_id": written["cycle_id"], "corrects_id": written["id"], "correction_reason": WHY}
    return said("fertilising", **(told | given))


def retraction(written: Any) -> dict[str, Any]:
    return {"kind": "retraction", "corrects_id": written["id"], "correction_reason": "Ghi nhầm nhà màng"}


def test_a_correction_keeps_both(manager: Door) -> None:
    wrong = record(manager, "fertilising", amount="50")
    right = manager.tell("/records", **correction(wrong, amount="5"))
    old, new = diary(manager, wrong["cycle_id"])
    assert (old["id"], old["corrected_by_id"], facts(old)["amount"]) == (wrong["id"], right["id"], "50")
    assert (new["corrects_id"], new["correction_reason"], facts(new)["amount"]) == (wrong["id"], WHY, "5")
    assert not old["retracted"]


def test_a_retraction_keeps_what_it_takes_back(manager: Door) -> None:
    wrong = record(manager, "fertilising")
    manager.tell("/records", **retraction(wrong))
    old, back = diary(manager, wrong["cycle_id"])
    assert (old["retracted"], old["corrected_by_id"]) == (True, back["id"])
    assert (back["kind"], back["correction_reason"]) == ("retraction", "Ghi nhầm nhà màng")


@pytest.mark.parametrize("again", [correction, retraction])
def test_what_was_corrected_is_not_corrected_again(
    manager: Door, again: Callable[[Any], dict[str, Any]]
) -> None:
    wrong = record(manager, "fertilising", amount="50")
    newer = manager.tell("/records", **correction(wrong, amount="5"))
    answer = manager.say("/records", **again(wrong))
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")
    assert manager.say("/records", **again(newer)).status_code == 201


def test_what_was_taken_back_stays_so(manager: Door) -> None:
    back = manager.tell("/records", **retraction(record(manager, "fertilising")))
    assert manager.say("/records", **retraction(back)).status_code == 409
    assert manager.say("/records", **correction(back)).status_code == 409


def test_a_correction_is_of_the_same_kind_and_cycle(manager: Door) -> None:
    wrong = record(manager, "irrigation")
    assert manager.say("/records", **correction(wrong)).json()["errors"][0]["field"] == "kind"
    other = correction(record(manager, "fertilising"), cycle_id=cycle(manager)["id"])
    assert manager.say("/records", **other).json()["errors"][0]["field"] == "cycle_id"


def test_a_correction_says_why(manager: Door) -> None:
    wrong = record(manager, "fertilising")
    answer = manager.say("/records", **correction(wrong, correction_reason=None))
    assert answer.json()["errors"][0]["field"] == "correction_reason"
    assert manager.say("/records", **{**retraction(wrong), "correction_reason": " "}).status_code == 422


def test_a_retraction_sent_twice_is_one(manager: Door) -> None:
    wrong = record(manager, "fertilising")
    sent = {"id": str(new_id()), **retraction(wrong)}
    assert manager.say("/records", **sent).json() == manager.say("/records", **sent).json()
    assert len(diary(manager, wrong["cycle_id"])) == 2


def test_a_closed_cycle_takes_corrections_and_nothing_else(manager: Door) -> None:
    wrong = record(manager, "fertilising")
    manager.tell(f"/cycles/{wrong['cycle_id']}/close", sure=True)
    answer = manager.say("/records", **said("fertilising", cycle_id=wrong["cycle_id"]))
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (409, "cycle_id")
    assert manager.say("/records", **correction(wrong)).status_code == 201


@pytest.mark.parametrize("statement", ["UPDATE record SET note = 'x'", "DELETE FROM record"])
def test_the_database_itself_refuses_to_rewrite_the_diary(manager: Door, db: Session, statement: str) -> None:
    record(manager, "irrigation")
    with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
        db.execute(text(statement))


@pytest.mark.parametrize("table", ["irrigation", "record_photo", "journal_entry"])
def test_details_photos_and_journal_are_guarded_too(manager: Door, db: Session, table: str) -> None:
    record(manager, "irrigation", photo_ids=[photo(manager)["id"]])
    with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
        db.execute(text(f"DELETE FROM {table}"))  # noqa: S608 - our own words
