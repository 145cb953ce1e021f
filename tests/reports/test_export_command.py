"""`python -m trace export` writes the diary of a cycle to a file."""

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.conftest import StandingClock
from tests.people import Door, registration
from tests.records.making import cycle
from tests.reports.making import words
from trace.__main__ import main
from trace.app import create_app
from trace.kit import migrations
from trace.kit.database import Database
from trace.kit.ids import new_id
from trace.settings import Settings


@pytest.fixture
def crop(tmp_path: Path, clock: StandingClock) -> str:
    """The id of a crop cycle in the data folder of the test."""
    url = f"sqlite:///{tmp_path / 'trace.db'}"
    migrations.upgrade(url)
    database = Database(url)
    app = create_app(Settings(data=tmp_path, public_url="http://testserver"), database=database, clock=clock)
    manager = Door(app, follow_redirects=False)
    manager.headers["sec-fetch-site"] = "same-origin"
    assert manager.post("/register", data=registration()).status_code == 303
    made: str = cycle(manager)["id"]
    database.close()
    return made


def test_the_file_is_what_a_manager_would_get(crop: str, tmp_path: Path) -> None:
    book, sheets = tmp_path / "so.pdf", tmp_path / "so.xlsx"
    assert main(["export", crop, str(book), "--data", str(tmp_path), "--people", "--language", "en"]) == 0
    assert "12. People" in words(PdfReader(book))
    assert main(["export", crop, str(sheets), "--data", str(tmp_path)]) == 0
    assert sheets.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("name", ["so.doc", "nowhere/so.pdf", ""])
def test_what_cannot_be_written_is_said_so_in_one_line(
    crop: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    unknown = crop if name else str(new_id())
    file = tmp_path / (name or "so.pdf")
    assert main(["export", unknown, str(file), "--data", str(tmp_path)]) == 1
    error = capsys.readouterr().err.strip().splitlines()[-1]
    assert error.startswith("trace: ")
    assert not file.exists()
