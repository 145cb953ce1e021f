"""`python -m trace import-list` says what would change, and imports when it is told to."""

from pathlib import Path

import pytest
from sqlmodel import select

from tests.catalogue.making import LISTED, spreadsheet
from tests.conftest import StandingClock
from tests.people import Door, registration
from trace.__main__ import main
from trace.app import create_app
from trace.catalogue.models import PesticideList
from trace.kit import migrations
from trace.kit.database import Database
from trace.settings import Settings

PHONE = "0912 345 678"


def test_a_list_is_looked_at_and_then_imported(
    tmp_path: Path, clock: StandingClock, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path / 'trace.db'}"
    migrations.upgrade(url)
    database = Database(url)
    app = create_app(Settings(data=tmp_path, public_url="http://testserver"), database=database, clock=clock)
    Door(app, follow_redirects=False).post("/register", data=registration(phone=PHONE))
    file = tmp_path / "danh muc.xlsx"
    file.write_bytes(spreadsheet([*LISTED, ["", "", "gì", ""]]))
    said = ["import-list", str(file), "--standing", "allowed", "--circular", "75/2025/TT-BNNMT"]
    said += ["--in-force", "2026-02-10", "--data", str(tmp_path), "--manager"]
    assert main([*said, PHONE]) == 0
    told = capsys.readouterr().out
    assert "Added: 3" in told
    assert "row 5: Neither an active ingredient nor a trade name." in told
    assert "Nothing was imported" in told
    with database.read() as db:
        assert db.exec(select(PesticideList)).all() == []
    assert main([*said, PHONE, "--confirm"]) == 0
    assert "Imported: 3 lines" in capsys.readouterr().out
    with database.read() as db:
        assert db.exec(select(PesticideList)).one().circular == "75/2025/TT-BNNMT"
    database.close()
    file.write_bytes(b"x")
    for number, reason in ((PHONE, "No line names the columns"), ("0999 888 777", "manages: none")):
        assert main([*said, number]) == 1
        assert reason in capsys.readouterr().err
