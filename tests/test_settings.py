"""Settings come from the environment, are explained to operators, and keep secrets out of sight."""

import re
from pathlib import Path

import pytest
from sqlalchemy import make_url

from scripts.prepare import ROOT
from trace.settings import PREFIX, Settings, SettingsError, load

OPERATE = ROOT / "docs" / "operate.md"
_ROW = re.compile(r"^\| `(TRACE_[A-Z_]+)` \| (.+?) \|", re.MULTILINE)


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    return tmp_path / "password"


def on_postgresql(password_file: Path) -> Settings:
    return Settings(
        database_url="postgresql+psycopg://trace@database/trace", database_password_file=password_file
    )


def test_the_operators_page_explains_every_setting_and_no_other() -> None:
    explained = [name for name, _ in _ROW.findall(OPERATE.read_text("utf-8"))]
    assert sorted(explained) == sorted(PREFIX + name.upper() for name in Settings.model_fields)


def test_the_operators_page_tells_the_true_default_of_every_setting() -> None:
    told = dict(_ROW.findall(OPERATE.read_text("utf-8")))
    for name, field in Settings.model_fields.items():
        expected = f"`{field.default}`" if field.default not in ("", None) else "–"
        assert told[PREFIX + name.upper()] == expected


def test_every_setting_describes_itself() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_without_an_address_the_database_is_a_file_in_the_data_folder(tmp_path: Path) -> None:
    assert make_url(Settings(data=tmp_path).database).database == str(tmp_path / "trace.db")


def test_a_password_from_a_file_becomes_part_of_the_address_whatever_its_letters(password_file: Path) -> None:
    password_file.write_text("p@ss/wörd:%20#?\n", "utf-8")
    url = make_url(on_postgresql(password_file).database)
    assert url.password == "p@ss/wörd:%20#?"
    assert (url.drivername, url.username, url.host, url.database) == (
        *("postgresql+psycopg", "trace"),
        *("database", "trace"),
    )


def test_settings_that_are_printed_show_no_password(password_file: Path) -> None:
    password_file.write_text("rather secret", "utf-8")
    assert "rather secret" not in repr(on_postgresql(password_file))


def test_a_password_file_that_cannot_be_read_is_named(password_file: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"TRACE_DATABASE_PASSWORD_FILE: .* cannot be read \(No such file"
    ):
        _ = on_postgresql(password_file).database


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_password_file_is_named(password_file: Path, content: str) -> None:
    password_file.write_text(content, "utf-8")
    with pytest.raises(SettingsError, match="is empty"):
        _ = on_postgresql(password_file).database


def test_the_environment_names_the_password_file(
    monkeypatch: pytest.MonkeyPatch, password_file: Path
) -> None:
    monkeypatch.setenv("TRACE_DATABASE_PASSWORD_FILE", str(password_file))
    assert load().database_password_file == password_file
