"""`python -m trace reset-password` prints a link for whom no manager can help."""

import re
from pathlib import Path

import pytest

from tests.conftest import StandingClock
from tests.people import Door, registration
from trace.__main__ import main
from trace.app import create_app
from trace.kit import migrations
from trace.kit.clock import wall_clock
from trace.kit.database import Database
from trace.settings import Settings


@pytest.fixture
def folder(tmp_path: Path, clock: StandingClock) -> Path:
    """A data folder in which one cooperative is registered."""
    url = f"sqlite:///{tmp_path / 'trace.db'}"
    migrations.upgrade(url)
    database = Database(url)
    app = create_app(Settings(data=tmp_path, public_url="http://testserver"), database=database, clock=clock)
    browser = Door(app, follow_redirects=False)
    assert browser.post("/register", data=registration(phone="0912 345 678")).status_code == 303
    database.close()
    return tmp_path


def test_the_printed_link_leads_to_a_new_password(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reset-password", "0912 345 678", "--data", str(folder)]) == 0
    found = re.search(r"http://127\.0\.0\.1:8000(/reset/[\w-]+)\n", capsys.readouterr().out)
    assert found
    database = Database(f"sqlite:///{folder / 'trace.db'}")
    app = create_app(Settings(data=folder), database=database, clock=wall_clock)
    answer = Door(app, follow_redirects=False).post(found[1], data={"password": "cà chua chín đỏ"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/app")
    database.close()


@pytest.mark.parametrize(
    ("number", "said"), [("0999 888 777", "Nobody has an account"), ("12", "This is not a phone number")]
)
def test_a_number_that_nobody_has_is_said_so_in_one_line(
    folder: Path, capsys: pytest.CaptureFixture[str], number: str, said: str
) -> None:
    assert main(["reset-password", number, "--data", str(folder)]) == 1
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert error.startswith("trace: ")
    assert said in error
