"""The front door, for shoppers and for members."""

from tests.lookup.making import words
from tests.people import Door


def test_strangers_find_the_box_and_the_way_in(stranger: Door) -> None:
    page = stranger.get("/")
    assert page.status_code == 200
    assert 'action="/find"' in page.text
    assert 'href="/sign-in"' in page.text
    assert 'href="/register"' in page.text
    assert 'href="/en"' in page.text
    assert "<script" not in page.text


def test_english_stays_english_on_the_way_in(stranger: Door) -> None:
    page = stranger.get("/en")
    assert "Where does this fruit come from?" in words(page)
    assert 'action="/en/find"' in page.text
    assert 'href="/language?to=en&amp;back=/sign-in"' in page.text
    stranger.get("/language?to=en&back=/sign-in")
    assert '<html lang="en">' in stranger.get("/").text


def test_members_are_led_to_their_diary_and_nobody_else_sees_that_page(manager: Door) -> None:
    page = manager.get("/")
    assert 'href="/app"' in page.text
    assert 'href="/sign-in"' not in page.text
    assert page.headers["cache-control"] == "private, no-cache"


def test_signing_out_is_said_once(manager: Door) -> None:
    gone = manager.post("/sign-out")
    assert gone.headers["location"] == "/"
    page = manager.get("/")
    assert "đã đăng xuất" in words(page).lower()
    assert 'role="status"' in page.text
    assert 'role="status"' not in manager.get("/").text


def test_crawlers_read_batches_and_stay_out_of_the_rest(stranger: Door) -> None:
    text = stranger.get("/robots.txt").text
    assert "Allow: /b/" in text
    assert "Disallow: /app" in text
    assert "Disallow: /api" in text
