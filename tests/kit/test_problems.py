"""One shape for every error: problem details for programs, a page for people, in the reader's language."""

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from starlette.testclient import TestClient

from tests.people import Door
from trace.kit import http
from trace.kit.problems import PROBLEMS


@pytest.mark.parametrize("slug", sorted(PROBLEMS))
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_kind_of_problem_has_a_page(stranger: Door, slug: str, language: str) -> None:
    stranger.cookies.set("lang", language)
    answer = stranger.get(f"/problems/{slug}")
    assert answer.status_code == 200
    assert f"/problems/{slug}" in answer.text


def test_an_unknown_kind_of_problem_has_none(stranger: Door) -> None:
    assert stranger.get("/problems/none-such").status_code == 404


def test_a_program_gets_problem_details(stranger: Door) -> None:
    answer = stranger.get("/api/v1/nothing", headers={"accept-language": "en"})
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["type"] == "/problems/not-found"
    assert body["status"] == answer.status_code == 404
    assert body["title"] == "Not found"
    assert body["instance"] == f"urn:uuid:{answer.headers['x-request-id']}"


def test_a_person_gets_a_page_in_their_language(stranger: Door) -> None:
    assert "Không tìm thấy" in stranger.get("/nothing").text
    stranger.cookies.set("lang", "en")
    assert "Not found" in stranger.get("/nothing").text


def test_a_person_who_is_not_signed_in_is_led_to_the_door_and_back(stranger: Door) -> None:
    answer = stranger.get("/app/more")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/app/more")


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH"])
def test_a_method_that_no_route_has_is_answered_as_a_problem(stranger: Door, method: str) -> None:
    answer = stranger.request(method, "/api/docs")
    assert answer.status_code == 405
    assert answer.json()["type"] == "/problems/method-not-allowed"


@pytest.mark.parametrize(
    ("error", "status"), [(DataError, 422), (IntegrityError, 409), (OperationalError, 503)]
)
def test_what_the_database_refuses_is_told_as_what_it_means(error: type[DBAPIError], status: int) -> None:
    app = FastAPI()
    http.install(app)

    @app.get("/api/broken")
    def broken() -> None:
        raise error("INSERT …", {}, Exception("value out of range"))

    answer = TestClient(app, raise_server_exceptions=False).get("/api/broken")
    assert answer.status_code == answer.json()["status"] == status
    assert "out of range" not in answer.text
