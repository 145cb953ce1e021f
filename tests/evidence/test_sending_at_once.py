"""Phones that send the same photograph at the same moment, on a database where transactions really meet."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from starlette.types import ASGIApp

from tests import databases
from tests.evidence.making import jpeg
from tests.people import Door, registration
from trace.app import create_app
from trace.kit import migrations
from trace.kit.database import Database
from trace.settings import Settings


@pytest.fixture
def app(engine: Engine, tmp_path: Path) -> Iterator[ASGIApp]:
    """The application on a database of its own, of the kind that is asked for."""
    with ExitStack() as stack:
        if engine.dialect.name == "sqlite":
            url = databases.sqlite_url(tmp_path)
        else:
            server = engine.url.render_as_string(hide_password=False)
            url = stack.enter_context(databases.fresh_database(server))
        migrations.upgrade(url)
        database = Database(url)
        stack.callback(database.close)
        yield create_app(Settings(data=tmp_path, public_url="http://testserver"), database=database)


def manager(app: ASGIApp) -> dict[str, str]:
    """The cookies of a new cooperative's manager."""
    browser = Door(app, follow_redirects=False)
    assert browser.post("/register", data=registration()).status_code == 303
    return dict(browser.cookies)


def sent(app: ASGIApp, cookies: dict[str, str]) -> Any:
    phone = Door(app, cookies=cookies, headers={"sec-fetch-site": "same-origin"})
    return phone.post("/api/v1/photos", files={"file": ("a.jpg", jpeg(1200, 900))})


def test_the_same_picture_from_eight_phones_is_one_photograph_of_each_cooperative(app: ASGIApp) -> None:
    one, other = manager(app), manager(app)
    with ThreadPoolExecutor(8) as phones:
        answers = list(phones.map(lambda cookies: sent(app, cookies), [one, other] * 4))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert len({answer.json()["id"] for answer in answers}) == 2
    assert len({answer.json()["sha256"] for answer in answers}) == 1
