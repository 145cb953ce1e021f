"""Who may send what from where: other sites' forms are refused, programs with a key are not."""

from collections.abc import Callable

import pytest

from tests.accounts.making import key, press
from tests.people import Door, Factory
from trace.kit.ids import new_id

PAGES = [
    "/app/more", "/app/members", "/app/members/invite", "/app/keys", "/app/sessions", "/app/password",
    "/app/confirm", "/app/cooperative",
]  # fmt: skip
LISTS = ["/me", "/members", "/invitations", "/keys"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_complete_in_both_languages(manager: Door, path: str, language: str) -> None:
    manager.cookies["lang"] = language
    answer = manager.get(path)
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", PAGES)
def test_strangers_are_sent_to_sign_in_first(stranger: Door, path: str) -> None:
    answer = stranger.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("path", LISTS)
def test_strangers_get_nothing_from_the_api(stranger: Door, path: str) -> None:
    assert stranger.get(f"/api/v1{path}").status_code == 401


HEADERS: list[tuple[dict[str, str], int]] = [
    ({"sec-fetch-site": "same-origin"}, 201),
    ({"sec-fetch-site": "none"}, 201),
    ({"sec-fetch-site": "cross-site"}, 403),
    ({"sec-fetch-site": "same-site"}, 403),
    ({"sec-fetch-site": "cross-site", "origin": "http://testserver"}, 403),
    ({"origin": "http://testserver"}, 201),
    ({"origin": "http://evil.example"}, 403),
    ({"origin": "null"}, 403),
    ({}, 403),
]


@pytest.mark.parametrize(("headers", "status"), HEADERS)
def test_what_a_cookie_may_do_depends_on_where_the_request_comes_from(
    manager: Door, headers: dict[str, str], status: int
) -> None:
    del manager.headers["sec-fetch-site"]
    said = {"id": str(new_id()), "role": "viewer"}
    answer = manager.post("/api/v1/invitations", json=said, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["type"] == "/problems/cross-site"


def test_a_form_of_another_site_changes_nothing(manager: Door) -> None:
    manager.headers["sec-fetch-site"] = "cross-site"
    for path in ("/sign-out", "/app/sessions/end-others", "/app/keys", "/sign-in", "/register"):
        assert press(manager, path).status_code == 403
    manager.headers["sec-fetch-site"] = "same-origin"
    assert manager.get("/app/more").status_code == 200


def test_a_program_needs_no_browsers_headers(manager: Door, door: Callable[[], Door]) -> None:
    made = key(manager)["key"]
    program = door()
    del program.headers["sec-fetch-site"]
    said = {"id": str(new_id()), "role": "viewer"}
    headers = {"authorization": f"Bearer {made}"}
    assert program.post("/api/v1/invitations", json=said, headers=headers).status_code == 201


def test_a_key_speaks_even_where_a_cookie_is_sent_along(make: Factory, manager: Door) -> None:
    other = make.manager()
    made = key(other)["key"]
    me = manager.get("/api/v1/me", headers={"authorization": f"Bearer {made}"}).json()
    assert me["cooperative"]["id"] == other.ask("/me")["cooperative"]["id"]


def test_script_in_a_name_stays_text(make: Factory, manager: Door) -> None:
    name = '<script>alert(1)</script> & "Bình" {{ 7*7 }} %(name)s'
    make.member(manager, name=name)
    shown = manager.get("/app/members").text
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "{{ 7*7 }} %(name)s" in shown
    assert manager.ask("/members")["items"][0]["name"] == name


def test_a_name_of_ten_thousand_letters_is_refused_and_comes_back(manager: Door, stranger: Door) -> None:
    token = manager.tell("/invitations")["token"]
    typed = {"name": "ê" * 10_000, "phone": "0987654321", "password": "dưa lưới ngọt lành"}
    answer = stranger.post(f"/join/{token}", data=typed)
    assert answer.status_code == 422
    assert "Nhiều nhất 120 ký tự" in answer.text
