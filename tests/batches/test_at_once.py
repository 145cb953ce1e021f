"""Two people at once, on real connections: never more than was harvested, never one lot code twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine

from tests import databases
from tests.batches.making import harvest
from tests.catalogue.making import product
from tests.conftest import StandingClock
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.app import create_app
from trace.kit import migrations
from trace.kit.database import Database
from trace.kit.ids import new_id
from trace.settings import Settings

AT_ONCE = 6


@pytest.fixture
def address(engine: Engine, tmp_path: Path) -> Iterator[str]:
    """A database of its own of either kind: what commits here cannot be rolled back."""
    if engine.dialect.name == "sqlite":
        yield databases.sqlite_url(tmp_path)
        return
    with databases.fresh_database(engine.url.render_as_string(hide_password=False)) as url:
        yield url


@pytest.fixture
def doors(address: str, tmp_path: Path, clock: StandingClock) -> Iterator[list[Door]]:
    """Browsers in which the same manager is signed in, one for each thread."""
    migrations.upgrade(address)
    database = Database(address)
    settings = Settings(data=tmp_path, public_url="http://testserver")
    app = create_app(settings, database=database, clock=clock)

    def browser() -> Door:
        client = Door(app, follow_redirects=False, raise_server_exceptions=False)
        client.headers["sec-fetch-site"] = "same-origin"
        return client

    first = Factory(browser, clock).manager()
    others = [browser() for _ in range(AT_ONCE - 1)]
    for other in others:
        other.cookies.update(first.cookies)
    yield [first, *others]
    database.close()


def all_at_once(doors: list[Door], said: Callable[[int], dict[str, Any]]) -> list[Any]:
    start = Barrier(len(doors))

    def one(number: int) -> Any:
        start.wait(timeout=30)
        return doors[number].say("/batches", **said(number))

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
