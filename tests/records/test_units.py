"""Growers' units: shown as entered, converted exactly, there and back."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people import Door
from tests.records.making import cycle, facts, record, said
from trace.catalogue.measures import Measure
from trace.farms.rules import AreaUnit, square_metres
from trace.records import rules
from trace.records.models import Weight

AMOUNTS = st.decimals(Decimal("0.001"), Decimal("999999999.999"), places=3)
TIMES = {Weight.KG: 1, Weight.CAN: 1, Weight.YEN: 10, Weight.TA: 100, Weight.TAN: 1000}
SQUARES = {AreaUnit.M2: 1, AreaUnit.SAO: 360, AreaUnit.MAU: 3600, AreaUnit.HECTARE: 10_000}


@settings(max_examples=60)
@given(AMOUNTS, st.sampled_from(Weight), st.sampled_from(AreaUnit), st.sampled_from(Measure))
def test_every_conversion_is_exact_there_and_back(
    amount: Decimal, weight: Weight, area: AreaUnit, measure: Measure
) -> None:
    assert rules.kilograms(amount, weight) / TIMES[weight] == amount
    assert square_metres(amount, area) == amount * SQUARES[area]
    assert square_metres(amount, area) * 1000 % 1 == 0
    small = rules.in_small_unit(amount, measure)
    if measure in {Measure.KG, Measure.L}:
        assert small is not None
        assert small[0] / 1000 == amount
    else:
        assert small is None


@settings(max_examples=60)
@given(
    st.decimals(Decimal("0.01"), 10_000, places=2),
    st.decimals(Decimal("0.1"), 10_000, places=1),
)
def test_tanks_of_water_fit_into_thousandths(tanks: Decimal, litres: Decimal) -> None:
    whole = rules.tanked(tanks, litres)
    assert whole * 1000 % 1 == 0
    assert whole / litres == tanks


@settings(max_examples=60)
@given(st.lists(st.decimals(0, 30, places=1), min_size=1, max_size=20))
def test_a_mean_lies_among_its_readings_and_is_known_again(readings: list[Decimal]) -> None:
    mean = rules.mean(readings)
    assert mean is not None
    assert min(readings) <= mean <= max(readings)
    assert rules.is_mean(mean, readings)
    assert not rules.is_mean(mean + 1, readings)


def test_a_spraying_is_shown_as_entered_beside_what_it_is(manager: Door) -> None:
    sprayed = record(
        manager,
        "spraying",
        sure=True,
        amount="0.06",
        unit="l",
        tanks="2.5",
        tank_litres="16",
        area="2.5",
        area_unit="sao",
    )
    told = facts(sprayed)
    assert (told["amount"], told["amount_exact"]) == ("0.06", "60")
    assert (told["tanks"], told["tank_litres"], told["water_litres"]) == ("2.5", "16", "40")
    assert (told["area"], told["area_m2"]) == ("2.5", "900")


def test_a_sorting_is_balanced_in_whatever_it_was_weighed(manager: Door) -> None:
    opened = cycle(manager)["id"]
    weighed = {"unit": "ta", "quantity_in": "26.4", "grade1": "19.8", "grade2": "5.3", "loss": "1.3"}
    counted = {"pieces_in": 1520, "grade1_pieces": 1140, "grade2_pieces": 305, "loss_pieces": 75}
    told = facts(record(manager, "handling", cycle_id=opened, **{**weighed, **counted}))
    assert (told["quantity_in"], told["quantity_in_kg"], told["loss_kg"]) == ("26.4", "2640", "130")
    for field, given_ in (("loss", {"loss": "1.4"}), ("loss_pieces", {"loss_pieces": 74})):
        sent = said("handling", cycle_id=opened, **{**weighed, **counted, **given_})
        answer = manager.say("/records", **sent)
        assert answer.status_code == 409
        assert [one["field"] for one in answer.json()["errors"]] == [field]
        assert manager.say("/records", **sent, sure=True).status_code == 201


def test_readings_of_brix_say_how_many_fruits_their_mean_is_of(manager: Door) -> None:
    opened = cycle(manager)["id"]
    readings = ["13.2", "13.8", "14.1"]
    told = facts(record(manager, "harvest", cycle_id=opened, sure=True, brix_readings=readings))
    assert (told["brix"], told["brix_count"], told["brix_readings"]) == ("13.7", "3", "13.2 13.8 14.1")
    some = record(
        manager, "harvest", cycle_id=opened, sure=True, brix="13.6", brix_count=10, brix_readings=readings
    )
    assert (facts(some)["brix"], facts(some)["brix_count"]) == ("13.6", "10")


CONTRADICTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("spraying", {"tanks": "3"}, "tank_litres"),
    ("spraying", {"tank_litres": "16"}, "tanks"),
    ("spraying", {"tanks": "3", "tank_litres": "16", "water_litres": "60"}, "water_litres"),
    ("harvest", {"brix_readings": ["13", "14"], "brix": "15"}, "brix"),
    ("harvest", {"brix_readings": ["13", "14"], "brix_count": 1}, "brix_count"),
    ("harvest", {"brix_readings": ["13", "14"], "brix_count": 10}, "brix"),
    ("harvest", {"brix_count": 10}, "brix"),
]


@pytest.mark.parametrize(("kind", "given_", "field"), CONTRADICTIONS)
def test_what_cannot_both_be_is_refused_however_sure_somebody_is(
    manager: Door, kind: str, given_: dict[str, Any], field: str
) -> None:
    sent = said(kind, cycle_id=cycle(manager)["id"], sure=True, **given_)
    answer = manager.say("/records", **sent)
    assert answer.status_code == 409
    assert [one["field"] for one in answer.json()["errors"]] == [field]


def test_readings_are_typed_into_boxes_with_commas(manager: Door) -> None:
    opened = cycle(manager)["id"]
    to = f"/app/log/{opened}/harvest"
    typed = {"happened_at": "2026-11-10T08:30", "quantity": "26,4", "unit": "ta", "sure": "on"}
    wrong = manager.post(to, data={**typed, "brix_readings": ["13,2", "", "chín"]})
    assert wrong.status_code == 422
    assert ('value="13,2"' in wrong.text, 'value="chín"' in wrong.text) == (True, True)
    assert manager.post(to, data={**typed, "brix_readings": ["13,2", "", "14,1"]}).status_code == 303
    (written,) = manager.ask(f"/cycles/{opened}/records")["items"]
    assert facts(written)["brix_readings"] == "13.2 14.1"
