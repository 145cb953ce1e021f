"""What a trace finds, asked through the function that other rooms build on."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from sqlalchemy import Engine, insert
from sqlmodel import Session

from tests.batches.making import batch, correct, harvest, retract
from tests.batches.operating import made, operation, taken, whole
from tests.catalogue.making import input_, purchase
from tests.farms.making import household, plot
from tests.people import Door
from tests.records.making import cycle, record
from tests.statements import counted
from tests.tracing.graphs import Deed, History, histories
from trace.accounts.models import Membership
from trace.batches.models import Batch
from trace.batches.operation_models import Operation, OperationInput, OperationOutput
from trace.kit.ids import new_id
from trace.records.models import Harvest, Record
from trace.tracing.scope import downstream, upstream
from trace.tracing.things import Of, Scope, Start, Why

AT = datetime(2026, 11, 9, 1, tzinfo=UTC)


def down(db: Session, door: Door, kind: Of, of: Any) -> Scope:
    return downstream(db, _cooperative(db, door), Start(kind, uuid.UUID(of["id"])))


def up(db: Session, door: Door, kind: Of, of: Any) -> Scope:
    return upstream(db, _cooperative(db, door), Start(kind, uuid.UUID(of["id"])))


def _cooperative(db: Session, door: Door) -> uuid.UUID:
    return db.get_one(Membership, uuid.UUID(door.ask("/me")["membership_id"])).cooperative_id


def told(scope: Scope) -> dict[str, str]:
    """What was found by name, with the kilograms traced."""
    return {one.name: "" if one.traced is None else f"{float(one.traced):g}" for one in scope.touched}


@pytest.fixture
def farm(manager: Door) -> dict[str, Any]:
    """60 kg of a harvest and 40 kg of another merged; one input used before the first harvest, one after it."""
    people = household(manager)
    house = plot(manager, code="NM-A1", household_id=people["id"])
    crop = cycle(manager, plot_id=house["id"])
    bad, late = input_(manager, trade_name="Anvil 5SC"), input_(manager, trade_name="Score 250EC")
    lot = purchase(manager, input_id=bad["id"], lot_number="L-77")
    for one, at, of in ((bad, "01", lot["id"]), (late, "09", None)):
        record(
            manager,
            "spraying",
            happened_at=f"2026-11-{at}T06:00:00+07:00",
            sure=True,
            cycle_id=crop["id"],
            input_id=one["id"],
            purchase_id=of,
            trade_name=one["trade_name"],
            phi_days=0,
        )
    cut = harvest(manager, cycle_id=crop["id"], happened_at="2026-11-08T06:00:00+07:00")
    first = batch(manager, harvest_id=cut["id"], lot_code="ONE")
    b2 = cycle(manager, plot_id=plot(manager, code="NM-B2")["id"], product_id=crop["product_id"])
    elsewhere = harvest(manager, cycle_id=b2["id"])
    second = batch(manager, harvest_id=elsewhere["id"], quantity="40", pieces=None, lot_code="TWO")
    (mixed,) = made(
        manager,
        operation(
            manager,
            "merge",
            inputs=[whole(first), taken(second, "40")],
            outputs=[{"kg": "100", "lot_code": "MIX"}],
        ),
    )
    return {
        "household": people,
        "plot": house,
        "cycle": crop,
        "input": bad,
        "late": late,
        "purchase": lot,
        "harvest": cut,
        "first": first,
        "second": second,
        "mixed": mixed,
    }


def test_a_bad_lot_is_followed_to_every_batch_with_its_kilograms_and_the_reason(
    db: Session, manager: Door, farm: dict[str, Any]
) -> None:
    found = down(db, manager, Of.PURCHASE, farm["purchase"])
    crop = "NM-A1 · Thu đông 2026"
    assert told(found) == {crop: "", "NM-A1 · 08/11/2026": "120", "ONE": "60", "MIX": "60"}
    assert told(down(db, manager, Of.INPUT, farm["input"])) == told(found)
    way = found.path(uuid.UUID(farm["mixed"]["id"]))
    assert [(one.why, found.things[one.source].name, one.kg) for one in way] == [
        (Why.WENT_INTO, "ONE", 60),
        (Why.WENT_INTO, "NM-A1 · 08/11/2026", 60),
        (Why.CUT_IN, crop, 120),
        (Why.USED_ON, "Anvil 5SC · L-77", None),
    ]


def test_what_was_used_after_the_harvest_did_not_touch_it(
    db: Session, manager: Door, farm: dict[str, Any]
) -> None:
    assert told(down(db, manager, Of.INPUT, farm["late"])) == {"NM-A1 · Thu đông 2026": ""}
    assert "Score 250EC" not in told(up(db, manager, Of.BATCH, farm["mixed"]))
    assert "Score 250EC" in told(up(db, manager, Of.CYCLE, farm["cycle"]))


def test_everything_upstream_of_a_merged_batch_has_its_kilograms(
    db: Session, manager: Door, farm: dict[str, Any]
) -> None:
    found = told(up(db, manager, Of.BATCH, farm["mixed"]))
    assert found["ONE"] == found["NM-A1 · 08/11/2026"] == found["NM-A1"] == found["Anvil 5SC"] == "60"
    assert found["Anvil 5SC · L-77"] == found[farm["household"]["code"]] == "60"
    assert found["TWO"] == found["NM-B2"] == "40"


def test_up_and_down_agree_about_everything_on_the_farm(
    db: Session, manager: Door, farm: dict[str, Any]
) -> None:
    kinds = {"first": Of.BATCH, "second": Of.BATCH, "mixed": Of.BATCH, "late": Of.INPUT}
    starts = [(kinds.get(name) or Of(name), one) for name, one in farm.items()]
    below = {
        (str(one["id"]), str(thing.id))
        for kind, one in starts
        for thing in down(db, manager, kind, one).touched
    }
    above = {
        (str(thing.id), str(one["id"]))
        for kind, one in starts
        for thing in up(db, manager, kind, one).touched
    }
    own = {str(one["id"]) for one in farm.values()}
    assert {pair for pair in below if set(pair) <= own} == {pair for pair in above if set(pair) <= own}


def test_a_corrected_or_retracted_harvest_is_followed_under_its_last_record(
    db: Session, manager: Door, farm: dict[str, Any]
) -> None:
    again = correct(manager, farm["harvest"], quantity="130", happened_at="2026-11-08T07:00:00+07:00")
    for one in (farm["harvest"], again):
        assert told(down(db, manager, Of.HARVEST, one)) == {"ONE": "60", "MIX": "60"}
    assert str(up(db, manager, Of.BATCH, farm["first"]).of(Of.HARVEST)[0].id) == again["id"]
    retract(manager, again)
    assert "MIX" in told(down(db, manager, Of.PLOT, farm["plot"]))


def test_what_was_taken_back_leads_nowhere(db: Session, manager: Door, farm: dict[str, Any]) -> None:
    merge = manager.ask("/operations", batch=farm["mixed"]["id"])["items"][0]
    operation(manager, "take_back", takes_back_id=merge["id"], reason="Nhầm")
    assert told(down(db, manager, Of.BATCH, farm["first"])) == {}
    assert told(up(db, manager, Of.BATCH, farm["mixed"])) == {}


def test_up_and_down_are_inverse_whatever_was_done(db: Session, manager: Door, engine: Engine) -> None:
    """Against a model that mixes forward by hand, on histories written straight into the tables."""
    row = db.get_one(Record, uuid.UUID(harvest(manager)["id"]))
    like = db.get_one(Batch, uuid.UUID(batch(manager, harvest_id=str(row.id), quantity="1", pieces=1)["id"]))
    cuts = db.get_one(Harvest, row.id)
    costs: set[int] = set()

    @settings(max_examples=12)
    @given(histories())
    def holds(history: History) -> None:
        _write(db, history, row, cuts, like)
        of = history.of()
        for one in of:
            kind = Of.HARVEST if one in history.harvests else Of.BATCH
            with counted(engine) as sent:
                below = downstream(db, row.cooperative_id, Start(kind, one))
                above = upstream(db, row.cooperative_id, Start(kind, one))
            costs.add(len(sent) if kind == Of.BATCH else 0)
            assert _shares(below) == {other: parts[one] for other, parts in of.items() if one in parts}
            assert _shares(above) == of[one]

    holds()
    assert len(costs - {0}) == 1


def _shares(scope: Scope) -> dict[uuid.UUID, Fraction]:
    weighed = (one for one in scope.things.values() if one.kind in {Of.HARVEST, Of.BATCH})
    return {one.id: one.part for one in weighed if one.part is not None}


def _write(db: Session, history: History, row: Record, cuts: Harvest, like: Batch) -> None:
    for one in history.harvests:
        db.execute(insert(Record), [{**row.model_dump(), "id": one}])
        db.execute(insert(Harvest), [{**cuts.model_dump(), "record_id": one}])
    for deed in history.deeds:
        _write_deed(db, deed, row, like, set(history.harvests))


def _write_deed(db: Session, deed: Deed, row: Record, like: Batch, harvests: set[uuid.UUID]) -> None:
    clocks = {"happened_at": AT, "recorded_at": AT, "received_at": AT}
    common = {"cooperative_id": row.cooperative_id, "written_by": row.written_by, "note": "", **clocks}
    db.execute(insert(Operation), [{"id": deed.id, "kind": "merge", **common}])
    db.execute(
        insert(Batch),
        [
            {
                **like.model_dump(),
                "id": one,
                "code": one.hex[-8:],
                "lot_code": one.hex[-20:],
                "quantity_kg": _kg(grams),
            }
            for one, grams in deed.made.items()
        ],
    )
    of: list[dict[str, Any]] = [
        {
            "operation_id": deed.id,
            "position": number,
            "harvest_id": one if one in harvests else None,
            "batch_id": None if one in harvests else one,
            "kg": _kg(grams),
        }
        for number, (one, grams) in enumerate(deed.took.items())
    ]
    db.execute(insert(OperationInput), of)
    db.execute(
        insert(OperationOutput),
        [
            {"operation_id": deed.id, "position": number, "batch_id": one, "kg": _kg(grams)}
            for number, (one, grams) in enumerate(deed.made.items())
        ],
    )
    if deed.gone:
        back = {"id": new_id(), "kind": "take_back", "takes_back_id": deed.id, "reason": "Nhầm"}
        db.execute(insert(Operation), [{**common, **back}])


def _kg(grams: int) -> Decimal:
    return Decimal(grams) / 1000
