"""Batches are made of harvests: never more than was harvested, never a lot code twice."""

import re
import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from tests.batches.making import batch, correct, harvest, retract
from tests.catalogue.making import product
from tests.people import Door, Factory
from tests.records.making import cycle, record
from trace.batches.models import Batch
from trace.kit import shortcodes
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


def refusal(answer: Any, field: str, slug: str = "refused") -> str:
    """What the API said about this field."""
    assert answer.status_code == 409, answer.text
    body = answer.json()
    assert body["type"] == f"/problems/{slug}"
    [fault] = [fault for fault in body["errors"] if fault["field"] == field]
    return str(fault["detail"])


def test_a_harvest_makes_a_batch_with_lot_code_short_code_and_dates(manager: Door, db: Session) -> None:
    melon = product(manager, lot_prefix="TMD-DL", shelf_life_days=14)
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])
    made = batch(manager, harvest_id=cut["id"], packed_on="2026-11-10")
    assert made["lot_code"] == "TMD-DL-261110-01"
    assert shortcodes.examine(made["code"]).valid
    assert (made["harvested_on"], made["packed_on"], made["best_before"]) == (
        "2026-11-10",
        "2026-11-10",
        "2026-11-24",
    )
    assert (made["product_id"], made["cycle_id"]) == (melon["id"], cut["cycle_id"])
    assert (made["state"], made["published_at"]) == ("draft", None)
    assert made["url"] == f"http://testserver/b/{made['code']}"
    stored = db.get_one(Batch, uuid.UUID(made["id"]))
    assert (stored.quantity_kg, stored.pieces, stored.lot_code) == (Decimal(60), 35, made["lot_code"])
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "batch.made")).one()
    assert entry.subject_id == stored.id


def test_the_day_of_harvest_is_the_day_in_vietnam(manager: Door) -> None:
    cut = harvest(manager, happened_at="2026-11-09T23:30:00Z")
    assert batch(manager, harvest_id=cut["id"])["harvested_on"] == "2026-11-10"


def test_the_same_batch_sent_three_times_is_one(manager: Door, db: Session) -> None:
    said = {"id": str(new_id()), "harvest_id": harvest(manager)["id"], "quantity": "60"}
    answers = [manager.tell("/batches", **said) for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert len(db.exec(select(Batch)).all()) == 1


def test_units_are_counted_in_kilograms(manager: Door) -> None:
    cut = harvest(manager, quantity="3", unit="ta", pieces=170)
    made = batch(manager, harvest_id=cut["id"], quantity="25.5", unit="yen", pieces=None)
    assert (Decimal(made["quantity"]), made["unit"], Decimal(made["quantity_kg"])) == (
        Decimal("25.5"),
        "yen",
        Decimal(255),
    )
    [left] = manager.ask("/harvests")["items"]
    assert Decimal(left["left_kg"]) == Decimal(45)


def test_batches_never_take_more_than_was_harvested(manager: Door) -> None:
    cut = harvest(manager, quantity="120.5", pieces=70)["id"]
    batch(manager, harvest_id=cut, quantity="60", pieces=35)
    answer = manager.say("/batches", harvest_id=cut, quantity="60.501")
    assert "chỉ còn 60,5 kg" in refusal(answer, "quantity")
    answer = manager.say("/batches", harvest_id=cut, quantity="60.5", pieces=36)
    assert "chỉ còn 35 quả" in refusal(answer, "pieces")
    batch(manager, harvest_id=cut, quantity="60.5", pieces=35)
    assert "không còn lại gì" in refusal(
        manager.say("/batches", harvest_id=cut, quantity="0.001"), "quantity"
    )


taken = st.tuples(st.decimals(min_value="0.001", max_value="150", places=3), st.none() | st.integers(1, 100))


@settings(max_examples=15)
@given(takes=st.lists(taken, min_size=1, max_size=6))
def test_however_batches_are_made_they_sum_up_to_the_harvest_at_most(
    make: Factory, db: Session, takes: list[tuple[Decimal, int | None]]
) -> None:
    door = make.manager()
    cut = harvest(door, quantity="120", pieces=70)["id"]
    left_kg, left_pieces = Decimal(120), 70
    for kg, pieces in takes:
        answer = door.say("/batches", harvest_id=cut, quantity=str(kg), pieces=pieces, sure=True)
        fits = kg <= left_kg and (pieces or 0) <= left_pieces
        assert answer.status_code == (201 if fits else 409), answer.text
        if fits:
            left_kg, left_pieces = left_kg - kg, left_pieces - (pieces or 0)
    stored = db.exec(select(Batch).where(Batch.harvest_id == uuid.UUID(cut))).all()
    assert sum(one.quantity_kg for one in stored) == 120 - left_kg
    assert sum(one.pieces or 0 for one in stored) == 70 - left_pieces


def test_a_lot_code_is_never_used_twice_for_a_product_however_it_is_spelt(manager: Door) -> None:
    melon = product(manager, lot_prefix="TMD-DL")
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])["id"]
    first = batch(manager, harvest_id=cut, lot_code="Đợt-1".replace("Đợt", "dot"), quantity="10", pieces=6)
    assert first["lot_code"] == "DOT-1"
    said = refusal(manager.say("/batches", harvest_id=cut, lot_code="doT-1", quantity="10"), "lot_code")
    assert "DOT-1" in said
    assert shortcodes.display(first["code"]) in said
    assert "10/11/2026" in said
    assert "TMD-DL-261110-02" in said
    other = harvest(manager)["id"]
    assert batch(manager, harvest_id=other, lot_code="DOT-1")["lot_code"] == "DOT-1"


def test_lot_codes_run_through_the_year_of_a_product(manager: Door) -> None:
    crop = cycle(manager, product_id=product(manager, lot_prefix="TMD-DL")["id"])["id"]
    cuts = [
        harvest(manager, cycle_id=crop, happened_at=f"2026-11-{day:02}T07:00:00+07:00")["id"]
        for day in (8, 1, 10)
    ]
    made = [batch(manager, harvest_id=cut)["lot_code"] for cut in cuts]
    assert made == ["TMD-DL-261108-01", "TMD-DL-261101-02", "TMD-DL-261110-03"]


@pytest.mark.parametrize(
    ("said", "field", "text"),
    [
        ({"packed_on": "2026-11-11"}, "packed_on", "không thể ở tương lai"),
        ({"packed_on": "2026-11-09"}, "packed_on", "trước ngày thu hoạch (10/11/2026)"),
        ({"packed_on": "2026-11-10", "best_before": "2026-11-10"}, "best_before", "sau ngày 10/11/2026"),
        ({"best_before": "2026-11-01"}, "best_before", "sau ngày 10/11/2026"),
    ],
)
def test_days_follow_each_other(manager: Door, said: dict[str, str], field: str, text: str) -> None:
    answer = manager.say("/batches", harvest_id=harvest(manager)["id"], quantity="60", **said)
    assert text in refusal(answer, field)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"pieces": 7}, "pieces"), ({"best_before": "2062-11-24"}, "best_before")],
)
def test_unusual_numbers_are_asked_about_and_taken_when_they_are_sure(
    manager: Door, said: dict[str, Any], field: str
) -> None:
    wanted = {"harvest_id": harvest(manager)["id"], "quantity": "60", **said}
    assert refusal(manager.say("/batches", **wanted), field, "doubtful")
    assert manager.tell("/batches", sure=True, **wanted)[field] == said[field]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "0.0001"}, "quantity"),
        ({"quantity": "NaN"}, "quantity"),
        ({"quantity": "1e30"}, "quantity"),
        ({"pieces": 0}, "pieces"),
        ({"pieces": 1.5}, "pieces"),
        ({"unit": "bao"}, "unit"),
        ({"lot_code": "LÔ 1"}, "lot_code"),
        ({"packed_on": "31/02/2026"}, "packed_on"),
        ({"harvest_id": "x"}, "harvest_id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_read_names_its_field(manager: Door, said: dict[str, Any], field: str) -> None:
    answer = manager.say("/batches", **{"harvest_id": str(new_id()), "quantity": "60", **said})
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == [field]


def test_only_a_harvest_makes_a_batch(manager: Door) -> None:
    watered = record(manager, "irrigation", method="drip")["id"]
    answer = manager.say("/batches", harvest_id=watered, quantity="60")
    assert "loại khác" in refusal(answer, "harvest_id")


def test_a_retracted_harvest_makes_no_batch(manager: Door) -> None:
    cut = harvest(manager)
    retract(manager, cut)
    assert "bị rút lại" in refusal(manager.say("/batches", harvest_id=cut["id"], quantity="60"), "harvest_id")


def test_a_corrected_harvest_counts_as_it_was_corrected_with_the_batches_made_before(manager: Door) -> None:
    cut = harvest(manager, quantity="120", pieces=70)
    batch(manager, harvest_id=cut["id"], quantity="60", pieces=35)
    corrected = correct(manager, cut, quantity="100", pieces=60)
    [left] = manager.ask("/harvests")["items"]
    assert (left["id"], Decimal(left["left_kg"]), left["left_pieces"]) == (corrected["id"], Decimal(40), 25)
    for named in (cut["id"], corrected["id"]):
        answer = manager.say("/batches", harvest_id=named, quantity="41")
        assert "chỉ còn 40 kg" in refusal(answer, "quantity")
    assert batch(manager, harvest_id=cut["id"], quantity="40", pieces=25)["harvest_id"] == corrected["id"]
    assert manager.ask("/harvests")["items"] == []


def test_a_harvest_corrected_below_its_batches_gives_nothing_more(manager: Door) -> None:
    cut = harvest(manager)
    batch(manager, harvest_id=cut["id"], quantity="60", pieces=35)
    correct(manager, cut, quantity="50", pieces=30)
    assert manager.ask("/harvests")["items"] == []
    assert refusal(manager.say("/batches", harvest_id=cut["id"], quantity="1"), "quantity")


def test_harvests_with_something_left_are_listed_newest_first_in_pages(manager: Door) -> None:
    crop = cycle(manager)["id"]
    cuts = [harvest(manager, cycle_id=crop)["id"] for _ in range(3)]
    batch(manager, harvest_id=cuts[1], quantity="120", pieces=70)
    first = manager.ask("/harvests", limit=1)
    assert [one["id"] for one in first["items"]] == [cuts[2]]
    rest = manager.ask("/harvests", limit=1, after=first["next"])
    assert [one["id"] for one in rest["items"]] == [cuts[0]]
    assert rest["next"] is None


def test_a_recorder_makes_batches_and_a_viewer_does_not(make: Factory, manager: Door) -> None:
    cut = harvest(manager)["id"]
    recorder, viewer = make.member(manager, "recorder"), make.member(manager, "viewer")
    assert Decimal(batch(recorder, harvest_id=cut)["quantity_kg"]) == Decimal(60)
    assert viewer.say("/batches", harvest_id=cut, quantity="10").status_code == 403
    assert len(viewer.ask("/batches")["items"]) == 1


def test_another_cooperative_sees_and_takes_nothing(make: Factory, manager: Door) -> None:
    made = batch(manager)
    other = make.manager()
    assert other.ask("/batches")["items"] == other.ask("/harvests")["items"] == []
    assert other.get(f"/api/v1/batches/{made['id']}").status_code == 404
    assert other.say("/batches", harvest_id=made["harvest_id"], quantity="10").status_code == 404
    assert other.say(f"/batches/{made['id']}/publish").status_code == 404


def test_batches_are_listed_newest_first_in_pages(manager: Door) -> None:
    cut = harvest(manager)["id"]
    made = [batch(manager, harvest_id=cut, quantity="10", pieces=6)["id"] for _ in range(3)]
    first = manager.ask("/batches", limit=2)
    assert [one["id"] for one in first["items"]] == made[:0:-1]
    rest = manager.ask("/batches", limit=2, after=first["next"])
    assert ([one["id"] for one in rest["items"]], rest["next"]) == (made[:1], None)
    assert manager.ask(f"/batches/{made[0]}")["id"] == made[0]


def test_dates_of_the_answer_are_dates(manager: Door) -> None:
    made = batch(manager)
    assert date.fromisoformat(made["harvested_on"]) == date(2026, 11, 10)
    assert re.fullmatch(r"2026-11-10T01:30:00(\.0+)?Z", made["made_at"])
