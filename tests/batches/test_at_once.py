"""Two people at once, on real connections: never more than was harvested, never one lot code twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.batches.databases import doors_to, own_database
from tests.batches.making import batch, harvest
from tests.batches.operating import taken, told
from tests.catalogue.making import product
from tests.conftest import StandingClock
from tests.people import Door
from tests.records.making import cycle
from trace.kit.ids import new_id

AT_ONCE = 6


@pytest.fixture
def doors(engine: Engine, tmp_path: Path, clock: StandingClock) -> Iterator[list[Door]]:
    """Browsers in which the same manager is signed in, one for each thread."""
    with (
        own_database(engine, tmp_path) as address,
        doors_to(address, tmp_path, clock, count=AT_ONCE) as opened,
    ):
        yield opened


def all_at_once(
    doors: list[Door], said: Callable[[int], dict[str, Any]], path: str = "/batches"
) -> list[Any]:
    start = Barrier(len(doors))

    def one(number: int) -> Any:
        start.wait(timeout=30)
        return doors[number].say(path, **said(number))

    with ThreadPoolExecutor(len(doors)) as threads:
        return list(threads.map(one, range(len(doors))))


def statuses(answers: list[Any]) -> list[int]:
    assert all(answer.status_code in (201, 409) for answer in answers), [answer.text for answer in answers]
    return sorted(answer.status_code for answer in answers)


def test_those_who_take_from_one_harvest_at_once_never_take_more_than_there_is(doors: list[Door]) -> None:
    cut = harvest(doors[0], quantity="100", pieces=60)["id"]
    answers = all_at_once(doors, lambda _: {"harvest_id": cut, "quantity": "30", "pieces": 18})
    assert statuses(answers) == [201] * 3 + [409] * (AT_ONCE - 3)
    made = doors[0].ask("/batches")["items"]
    assert sum(Decimal(one["quantity_kg"]) for one in made) == 90
    assert len({one["lot_code"] for one in made}) == 3
    assert {answer.json()["errors"][0]["field"] for answer in answers if answer.status_code == 409} == {
        "quantity"
    }


def test_one_lot_code_asked_for_at_once_is_won_once(doors: list[Door]) -> None:
    melon = product(doors[0])["id"]
    cuts = [harvest(doors[0], cycle_id=cycle(doors[0], product_id=melon)["id"])["id"] for _ in doors]
    answers = all_at_once(
        doors,
        lambda number: {
            "harvest_id": cuts[number],
            "quantity": "10",
            "lot_code": ("dot-1", "DOT-1")[number % 2],
        },
    )
    assert statuses(answers) == [201] + [409] * (AT_ONCE - 1)
    assert {answer.json()["errors"][0]["field"] for answer in answers if answer.status_code == 409} == {
        "lot_code"
    }


def test_lot_codes_proposed_at_once_all_differ(doors: list[Door]) -> None:
    melon = product(doors[0], lot_prefix="TMD-DL")["id"]
    cuts = [harvest(doors[0], cycle_id=cycle(doors[0], product_id=melon)["id"])["id"] for _ in doors]
    answers = all_at_once(doors, lambda number: {"harvest_id": cuts[number], "quantity": "10"})
    assert statuses(answers) == [201] * AT_ONCE
    assert sorted(answer.json()["lot_code"] for answer in answers) == [
        f"TMD-DL-261110-{number:02}" for number in range(1, AT_ONCE + 1)
    ]


def test_the_same_command_sent_at_once_makes_one_batch(doors: list[Door]) -> None:
    said = {"id": str(new_id()), "harvest_id": harvest(doors[0])["id"], "quantity": "10"}
    answers = all_at_once(doors, lambda _: said)
    assert statuses(answers) == [201] * AT_ONCE
    assert len({answer.json()["code"] for answer in answers}) == 1
    assert len(doors[0].ask("/batches")["items"]) == 1


def test_one_batch_taken_of_at_once_never_gives_more_than_it_weighs(doors: list[Door]) -> None:
    melon = batch(doors[0])
    answers = all_at_once(
        doors, lambda _: told("split", inputs=[taken(melon, "20", 11)], outputs=[{"kg": "20"}]), "/operations"
    )
    assert statuses(answers) == [201] * 3 + [409] * (AT_ONCE - 3)
    assert doors[0].ask(f"/batches/{melon['id']}")["left_kg"] == "0"


def test_two_batches_merged_both_ways_round_at_once_neither_block_nor_overdraw(doors: list[Door]) -> None:
    crop = cycle(doors[0])["id"]
    first, second = (batch(doors[0], harvest_id=harvest(doors[0], cycle_id=crop)["id"]) for _ in range(2))

    def both(number: int) -> dict[str, Any]:
        parts = [taken(first, "25"), taken(second, "25")]
        return told("merge", inputs=parts[:: 1 if number % 2 else -1], outputs=[{"kg": "50"}])

    assert statuses(all_at_once(doors, both, "/operations")) == [201] * 2 + [409] * (AT_ONCE - 2)
    left = [doors[0].ask(f"/batches/{one['id']}")["left_kg"] for one in (first, second)]
    assert left == ["10", "10"]


def test_a_batch_is_taken_back_or_used_but_never_both(doors: list[Door]) -> None:
    melon = batch(doors[0])
    back = told("take_back", takes_back_id=melon["id"], reason="Nhầm")
    use = told("sample", inputs=[taken(melon, "1")])
    answers = all_at_once(
        doors, lambda number: {**(back if number % 2 else use), "id": str(new_id())}, "/operations"
    )
    done = {answer.json()["kind"] for answer in answers if answer.status_code == 201}
    assert len(done) == 1
    assert doors[0].ask(f"/batches/{melon['id']}")["undone"] is (done == {"take_back"})


def test_those_who_pack_boxes_of_one_batch_at_once_never_pack_more_than_there_is(doors: list[Door]) -> None:
    melon = batch(doors[0])  # 60 kg
    answers = all_at_once(
        doors,
        lambda _: {"contents": [taken(melon, "20")], "happened_at": "2026-11-10T08:00:00+07:00"},
        path="/boxes",
    )
    assert statuses(answers) == [201] * 3 + [409] * (AT_ONCE - 3)
