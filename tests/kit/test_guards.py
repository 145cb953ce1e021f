"""What stands before every route: foreign senders, too large bodies, headers on every answer."""

from collections.abc import Iterator

import pytest

from tests.people import Door, Factory, registration


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 303),
        ({"sec-fetch-site": "none"}, 303),
        ({"origin": "http://elsewhere.example"}, 403),
        ({"origin": "http://testserver"}, 303),
        ({}, 403),
    ],
)
def test_a_form_sent_from_another_site_is_not_carried_out(
    make: Factory, headers: dict[str, str], status: int
) -> None:
    manager = make.manager()
    del manager.headers["sec-fetch-site"]
    assert manager.post("/sign-out", headers=headers).status_code == status


def test_a_body_that_is_too_large_is_refused_before_it_is_read(stranger: Door) -> None:
    answer = stranger.post("/register", content=b"x", headers={"content-length": str(2 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "1 MB" in answer.text


def test_a_body_without_a_length_is_counted_as_it_comes(stranger: Door) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 65536

    answer = stranger.post(
        "/register", content=endless(), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/app", "/api/v1/nothing", "/healthz", "/static/x/none.css"]
)
def test_every_answer_carries_the_safe_headers(stranger: Door, path: str) -> None:
    headers = stranger.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"]
    assert headers["x-request-id"]


def test_the_session_cookie_is_out_of_reach_for_scripts(stranger: Door) -> None:
    cookie = stranger.post("/register", data=registration()).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "path=/" in cookie


@pytest.mark.parametrize("path", ["/", "/sign-in", "/readyz", "/nothing"])
def test_head_answers_like_get_without_the_body(stranger: Door, path: str) -> None:
    asked, told = stranger.head(path), stranger.get(path)
    assert (asked.status_code, asked.content) == (told.status_code, b"")
    assert asked.headers["content-type"] == told.headers["content-type"]
