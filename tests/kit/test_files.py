"""Files are kept under the hash of their bytes, in a folder and in a bucket alike; a store that fails says so."""

import hashlib
import logging
import os
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from starlette.testclient import TestClient

from tests.evidence.making import jpeg, photo
from tests.people import Door, Factory
from trace.__main__ import main
from trace.app import create_app
from trace.kit import files
from trace.kit.database import Database
from trace.kit.problems import FilesNotReady
from trace.settings import Settings, SettingsError

SECRET = "rather secret"
CONTENT = "Ảnh nhà màng".encode()
NAME = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server with the bucket “trace-test”, reached over HTTP as any other."""
    logging.getLogger("werkzeug").disabled = True
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    urllib.request.urlopen(urllib.request.Request(f"{address}/trace-test", method="PUT"))
    yield address
    server.stop()


@pytest.fixture(params=["folder", "bucket"])
def chosen(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings as an operator makes them, for either kind of store."""
    if request.param == "folder":
        return Settings(data=tmp_path)
    return bucket(tmp_path, request.getfixturevalue("s3"))


def bucket(tmp_path: Path, endpoint: str, url: str = "s3://trace-test/htx") -> Settings:
    secret = tmp_path / "secret"
    secret.write_text(f"{SECRET}\n", "utf-8")
    return Settings(
        data=tmp_path, files_url=url, files_endpoint=endpoint, files_key_id="trace", files_secret_file=secret
    )


def test_what_is_kept_is_read_back_by_its_hash_however_often_it_is_kept(chosen: Settings) -> None:
    store = files.of(chosen)
    assert [store.keep(CONTENT), files.of(chosen).keep(CONTENT)] == [NAME, NAME]
    assert files.of(chosen).read(NAME) == CONTENT
    assert store.read(store.keep(b"")) == b""
    large = os.urandom(6 * 1024 * 1024)
    assert store.read(store.keep(large)) == large


def test_what_was_never_kept_is_a_problem_and_not_a_crash(chosen: Settings) -> None:
    with pytest.raises(FilesNotReady):
        files.of(chosen).read(hashlib.sha256(b"lost").hexdigest())


def test_a_photograph_comes_in_and_goes_out_again(
    chosen: Settings, database: Database, clock: Callable[..., object], make: Factory
) -> None:
    manager = make.manager()
    app = create_app(chosen, database=database, clock=clock)  # type: ignore[arg-type]
    browser = Door(app, base_url="http://testserver", cookies=manager.cookies)
    browser.headers["sec-fetch-site"] = "same-origin"
    kept = photo(browser)
    shown = browser.get(f"/app/photos/{kept['id']}/large.webp")
    assert hashlib.sha256(shown.content).hexdigest() == kept["sha256"]


def test_a_file_that_was_damaged_or_only_half_written_is_not_shown_and_is_made_whole(tmp_path: Path) -> None:
    store = files.in_folder(tmp_path)
    path = tmp_path / NAME[:2] / store.keep(CONTENT)
    path.write_bytes(CONTENT[::-1])
    with pytest.raises(FilesNotReady):
        store.read(NAME)
    path.write_bytes(CONTENT[:5])
    store.keep(CONTENT)
    assert store.read(NAME) == CONTENT
    assert [file.name for file in path.parent.iterdir()] == [NAME]


def test_a_folder_has_it_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    flush = os.fsync

    def noting(descriptor: int) -> None:
        seen.append(sorted(file.name for file in (tmp_path / NAME[:2]).iterdir()))
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    files.in_folder(tmp_path).keep(CONTENT)
    assert [NAME in names for names in seen] == [False, True, True]


@pytest.mark.parametrize("url", ["s3://none-such", "s3://trace-test"])
def test_a_store_that_does_not_answer_is_told_in_words_and_its_secret_is_not(
    s3: str, url: str, tmp_path: Path, database: Database, make: Factory, capfd: pytest.CaptureFixture[str]
) -> None:
    endpoint = s3 if "none" in url else "http://127.0.0.1:1"
    app = create_app(bucket(tmp_path, endpoint, url), database=database)
    browser = TestClient(app, base_url="http://testserver", cookies=make.manager().cookies)
    browser.headers["sec-fetch-site"] = "same-origin"
    answer = browser.post("/api/v1/photos", files={"file": ("a.jpg", jpeg())})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/files-not-ready")
    assert browser.get("/api/v1/photos").json()["items"] == []
    logged = "".join(capfd.readouterr())
    assert '"event": "files"' in logged
    assert SECRET not in logged + answer.text


def test_the_start_stops_where_the_bucket_cannot_be_used(
    s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = bucket(tmp_path, s3)
    for name in ("files_url", "files_endpoint", "files_key_id", "files_secret_file"):
        monkeypatch.setenv(f"TRACE_{name.upper()}", str(getattr(settings, name)))
    monkeypatch.setenv("TRACE_FILES_URL", "s3://none-such")
    assert main(["demo", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "The file store s3://none-such cannot be used: " in said
    assert "404" in said
    assert SECRET not in said


def test_a_bucket_without_its_key_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="TRACE_FILES_KEY_ID and TRACE_FILES_SECRET_FILE"):
        files.of(Settings(data=tmp_path, files_url="s3://trace-test"))
    with pytest.raises(SettingsError, match=r"TRACE_FILES_SECRET_FILE: .* cannot be read"):
        files.of(Settings(files_url="s3://b1", files_key_id="trace", files_secret_file=tmp_path / "none"))


def test_settings_that_are_printed_show_no_secret(tmp_path: Path) -> None:
    assert SECRET not in repr(bucket(tmp_path, "http://127.0.0.1:1"))
