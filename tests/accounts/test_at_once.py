"""Many at once, on real connections: guesses see each other, links are used once, a manager always stays."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from httpx2 import Response
from sqlalchemy import Engine

from tests import databases
from tests.accounts.making import key, sign_in, with_key
from tests.conftest import StandingClock
from tests.people import PASSWORD, Door, Factory, phone
from trace.accounts import guesses
from trace.app import create_app
from trace.kit import migrations
from trace.kit.database import Database
from trace.settings import Settings

AT_ONCE = 8


@pytest.fixture
def address(engine: Engine, tmp_path: Path) -> Iterator[str]:
    """A database of its own of either kind: what commits here cannot be rolled back."""
    if engine.dialect.name == "sqlite":
        yield databases.sqlite_url(tmp_path)
        return
    with databases.fresh_database(engine.url.render_as_string(hide_password=False)) as url:
        yield url


@pytest.fixture
def browser(address: str, tmp_path: Path, clock: StandingClock) -> Iterator[Callable[[], Door]]:
    """Makes browsers in front of an application with real transactions."""
    migrations.upgrade(address)
    database = Database(address)
    app = create_app(Settings(data=tmp_path, public_url="http://testserver"), database=database, clock=clock)

    def new() -> Door:
        client = Door(app, follow_redirects=False, raise_server_exceptions=False)
        client.headers["sec-fetch-site"] = "same-origin"
        return client

    yield new
    database.close()


def all_at_once(acts: Sequence[Callable[[], Response]]) -> list[int]:
    start = Barrier(len(acts))

    def one(act: Callable[[], Response]) -> int:
        start.wait(timeout=30)
        return act().status_code

    with ThreadPoolExecutor(len(acts)) as threads:
        return sorted(threads.map(one, acts))


def test_guesses_at_the_same_moment_are_all_counted(
    browser: Callable[[], Door], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "_PER_PERSON", (3, timedelta(minutes=5)))
    doors = [browser() for _ in range(AT_ONCE)]
    tries = [partial(sign_in, door, "0912 345 678", "một câu đoán mò") for door in doors]
    assert all_at_once(tries) == [409] * 3 + [429] * (AT_ONCE - 3)


def test_one_link_lets_one_person_in_however_many_press_at_once(
    browser: Callable[[], Door], clock: StandingClock
) -> None:
    manager = Factory(browser, clock).manager()
    token = manager.tell("/invitations")["token"]
    assert browser().get(f"/join/{token}").status_code == 200
    people = [(browser(), {"name": "Ai đó", "phone": phone(), "password": PASSWORD}) for _ in range(4)]
    joins = [partial(door.post, f"/join/{token}", data=typed) for door, typed in people]
    assert all_at_once(joins) == [303, 404, 404, 404]
    assert len(manager.ask("/members")["items"]) == 2


def test_managers_who_send_each_other_away_at_once_leave_one(
    browser: Callable[[], Door], clock: StandingClock
) -> None:
    make = Factory(browser, clock)
    first = make.manager()
    second = make.member(first, role="manager")
    ids = {door: door.ask("/me")["membership_id"] for door in (first, second)}
    ends = [
        partial(first.say, "/members/end", membership_id=ids[second]),
        partial(second.say, "/members/end", membership_id=ids[first]),
    ]
    answers = all_at_once(ends)
    assert answers[0] == 200
    assert answers[1] in (401, 409)
    assert sorted(door.get("/api/v1/me").status_code for door in (first, second)) == [200, 401]


def test_being_seen_is_noted_without_waiting_for_oneself(
    browser: Callable[[], Door], clock: StandingClock
) -> None:
    """A page that writes is open on the same database when the session or key is seen again."""
    manager = Factory(browser, clock).manager()
    caller = with_key(browser(), key(manager))
    clock.pass_(days=2)
    assert manager.say("/invitations", role="viewer").status_code == 201
    assert caller.say("/invitations", role="viewer").status_code == 201
    assert manager.ask("/keys")[0]["used_on"] == "2026-11-12"
