"""A harvest and the spraying that it should have waited for, sent at the same moment on real connections."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.batches.databases import doors_to, own_database
from tests.conftest import StandingClock
from tests.people import Door
from tests.records.making import cycle, said


@pytest.fixture
def doors(engine: Engine, tmp_path: Path, clock: StandingClock) -> Iterator[list[Door]]:
    """Browsers in which the same manager is signed in, one for each thread."""
    with (
        own_database(engine, tmp_path) as address,
        doors_to(address, tmp_path, clock, count=6) as opened,
    ):
        yield opened


def test_a_harvest_and_its_spraying_see_each_other(doors: list[Door]) -> None:
    """On two crops of one plot. Whichever comes first is taken; the others then are refused, or asked about."""
    left = cycle(doors[0])
    right = cycle(doors[0], plot_id=left["plot_id"], sure=True)
    start = Barrier(len(doors))

    def one(number: int) -> Any:
        harvests = number % 2
        told = (
            said("harvest", cycle_id=right["id"], quantity="10", pieces=None)
            if harvests
            else said("spraying", cycle_id=left["id"], happened_at="2026-11-04T16:00:00+07:00")
        )
        start.wait(timeout=30)
        return told["kind"], doors[number].say("/records", **told)

    with ThreadPoolExecutor(len(doors)) as threads:
        answers = list(threads.map(one, range(len(doors))))
    taken = {kind for kind, answer in answers if answer.status_code == 201}
    assert len(taken) == 1, [answer.text for _, answer in answers]
    problems = {answer.json()["type"] for kind, answer in answers if kind not in taken}
    assert problems == {"/problems/refused" if taken == {"spraying"} else "/problems/doubtful"}
