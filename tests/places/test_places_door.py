"""The JSON door to places, tried on an application that has nothing else."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from trace.places import api


@pytest.fixture
def door() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(api.router)
    with TestClient(app) as client:
        yield client


def test_a_stranger_finds_a_commune_by_its_old_name(door: TestClient) -> None:
    answer = door.get("/api/v1/places", params={"q": "pham tran"})
    assert answer.status_code == 200
    (place,) = answer.json()
    former_names = place.pop("former_names")
    assert "xã Nhật Quang, huyện Gia Lộc, tỉnh Hải Dương" in former_names
    assert {**place, "former_names": api.EXAMPLE["former_names"]} == api.EXAMPLE


def test_a_split_old_commune_names_all_communes_to_choose_from(door: TestClient) -> None:
    places = door.get("/api/v1/places", params={"q": "doan thuong"}).json()
    assert [place["code"] for place in places] == ["11050", "11065"]
    assert all(place["split"] and place["split_among"] == ["11050", "11065"] for place in places)
    assert {place["matched_former_code"] for place in places} == {"11056"}


def test_a_present_name_needs_no_second_line(door: TestClient) -> None:
    (place,) = door.get("/api/v1/places", params={"q": "Trường Tân"}).json()
    assert (place["note"], place["matched_former_code"], place["split"]) == ("", None, False)


def test_the_limit_is_kept(door: TestClient) -> None:
    assert len(door.get("/api/v1/places", params={"q": "tan", "limit": 3}).json()) == 3
    assert len(door.get("/api/v1/places", params={"q": "tan"}).json()) == 10


def test_the_list_may_be_kept_by_the_browser_for_an_hour(door: TestClient) -> None:
    assert door.get("/api/v1/places", params={"q": "tan"}).headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(
    "params", [{}, {"q": ""}, {"q": "a" * 81}, {"q": "tan", "limit": 0}, {"q": "tan", "limit": 51}]
)
def test_a_missing_or_overlong_question_is_malformed(door: TestClient, params: dict[str, str]) -> None:
    assert door.get("/api/v1/places", params=params).status_code == 422


def test_blanks_and_script_find_nothing(door: TestClient) -> None:
    for typed in ("   ", "<script>alert(1)</script>"):
        answer = door.get("/api/v1/places", params={"q": typed})
        assert (answer.status_code, answer.json()) == (200, [])


def test_the_description_names_the_operation(door: TestClient) -> None:
    described = door.get("/openapi.json").json()
    operation = described["paths"]["/api/v1/places"]["get"]
    assert (operation["operationId"], bool(operation["summary"])) == ("places_search_communes", True)
    assert described["components"]["schemas"]["PlaceRead"]["examples"] == [api.EXAMPLE]
