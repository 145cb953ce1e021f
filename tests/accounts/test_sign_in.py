"""Signing in and out: one cookie, no hints for guessers, and nobody locked out."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.accounts.making import sign_in
from tests.conftest import StandingClock
from tests.people import PASSWORD, Door, Factory, registration
from trace.accounts import secrets, sessions
from trace.accounts.models import Attempt, SignInSession
from trace.app import create_app
from trace.kit.database import Database
from trace.settings import Settings

PHONE = "0912 345 678"
WRONG = "một câu đoán mò"


@pytest.fixture
def an(make: Factory) -> Door:
    """The browser of a manager whose number is known to the test."""
    return make.manager(phone=PHONE)


@pytest.mark.parametrize("typed", ["0912345678", "+84 912 345 678", "84.912.345.678", "0912-345-678"])
def test_any_usual_spelling_of_the_number_signs_in(an: Door, stranger: Door, typed: str) -> None:
    answer = sign_in(stranger, typed)
    assert (answer.status_code, answer.headers["location"]) == (303, "/app")
    assert stranger.get("/app/more").status_code == 200


def test_an_unknown_number_and_a_wrong_password_get_the_same_answer(an: Door, stranger: Door) -> None:
    unknown, wrong = sign_in(stranger, "0987 654 321"), sign_in(stranger, PHONE, WRONG)
    assert unknown.status_code == wrong.status_code == 409
    assert "không khớp nhau" in unknown.text
    assert unknown.text.replace("0987 654 321", PHONE) == wrong.text
    assert f'value="{PHONE}"' in wrong.text
    assert "sid" not in stranger.cookies


def test_an_unknown_number_costs_as_much_time_as_a_wrong_password() -> None:
    def cost(stored: str | None) -> float:
        started = time.process_time()
        for _ in range(3):
            secrets.password_fits(WRONG, stored)
        return time.process_time() - started

    known = secrets.hash_password(PASSWORD)
    cost(known)
    assert 0.4 < cost(None) / cost(known) < 2.5


def test_whoever_was_sent_to_sign_in_goes_on_to_where_they_wanted(an: Door, stranger: Door) -> None:
    sent = stranger.get("/app/more")
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in?next=/app/more")
    assert 'value="/app/more"' in stranger.get("/sign-in?next=/app/more").text
    assert sign_in(stranger, PHONE, next="/app/more").headers["location"] == "/app/more"


ELSEWHERE = [
    "https://evil.example/app", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "javascript:alert(1)", "evil.example", "", "/%0d%0aSet-Cookie:x=y\r\n", "https:evil.example", "//[::1", "///evil",
]  # fmt: skip


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_led_elsewhere_after_signing_in(an: Door, stranger: Door, to: str) -> None:
    assert sign_in(stranger, PHONE, next=to).headers["location"] == "/app"
    assert stranger.get("/sign-in", params={"next": to}).headers["location"] == "/app"


@pytest.mark.parametrize("to", ELSEWHERE)
def test_nobody_is_led_elsewhere_by_choosing_a_language(stranger: Door, to: str) -> None:
    answer = stranger.get("/language", params={"to": "en", "back": to})
    assert answer.headers["location"] == "/"
    assert stranger.cookies["lang"] == "en"


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(an: Door, stranger: Door) -> None:
    cookie = sign_in(stranger, PHONE).headers["set-cookie"]
    assert cookie.startswith("sid=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_over_tls_the_cookie_is_tied_to_the_host(
    database: Database, clock: StandingClock, app_settings: Settings
) -> None:
    secure = app_settings.model_copy(update={"public_url": "https://testserver"})
    app = create_app(secure, database=database, clock=clock)
    with Door(app, base_url="https://testserver", follow_redirects=False) as browser:
        browser.headers["sec-fetch-site"] = "same-origin"
        cookie = browser.post("/register", data=registration()).headers["set-cookie"]
        assert cookie.startswith("__Host-sid=")
        assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
        assert browser.get("/app/more").status_code == 200
        assert browser.post("/sign-out").headers["set-cookie"].find("__Host-sid=") >= 0


def test_the_database_does_not_know_the_cookie(an: Door, db: Session) -> None:
    stored = db.exec(select(SignInSession)).one()
    assert stored.token_hash == secrets.token_hash(an.cookies["sid"])
    assert an.cookies["sid"] not in str(stored.model_dump())


def test_signing_in_again_makes_a_new_session_and_ends_the_one_before(an: Door, stranger: Door) -> None:
    before = an.cookies["sid"]
    sign_in(an, PHONE)
    assert an.cookies["sid"] != before
    stranger.cookies["sid"] = before
    assert stranger.get("/app/more").status_code == 303


def test_after_signing_out_the_cookie_is_worth_nothing(an: Door, stranger: Door) -> None:
    token = an.cookies["sid"]
    assert an.post("/sign-out").headers["location"] == "/"
    assert "sid" not in an.cookies
    stranger.cookies["sid"] = token
    assert stranger.get("/app/more").status_code == 303
    assert stranger.post("/sign-out").status_code == 303


def test_a_phone_stays_signed_in_while_it_is_used_once_a_month(an: Door, clock: StandingClock) -> None:
    for _ in range(4):
        clock.now += sessions.IDLE - timedelta(hours=1)
        assert an.get("/app/more").status_code == 200
    clock.now += sessions.IDLE
    assert an.get("/app/more").status_code == 303


def test_sessions_that_died_long_ago_are_forgotten(an: Door, clock: StandingClock, db: Session) -> None:
    clock.now += sessions.IDLE
    sign_in(an, PHONE)
    assert len(db.exec(select(SignInSession)).all()) == 1


# --- guesses ------------------------------------------------------------------------------------------


def test_guesses_at_one_person_are_slowed_down_and_the_number_stays_typed(an: Door, stranger: Door) -> None:
    for _ in range(10):
        assert sign_in(stranger, PHONE, WRONG).status_code == 409
    refused = sign_in(stranger, PHONE)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "300"
    assert "Thử quá nhiều lần" in refused.text
    assert f'value="{PHONE}"' in refused.text
    stranger.cookies["lang"] = "en"
    assert "Too many attempts" in sign_in(stranger, PHONE).text


def test_nobody_is_locked_out_who_waits(an: Door, stranger: Door, clock: StandingClock) -> None:
    for _ in range(10):
        sign_in(stranger, PHONE, WRONG)
    clock.pass_(minutes=2)
    for _ in range(30):
        assert sign_in(stranger, PHONE, WRONG).status_code == 429  # refused tries do not make the wait longer
    clock.pass_(minutes=3)
    assert sign_in(stranger, PHONE).status_code == 303


def test_guesses_at_one_person_leave_others_alone(an: Door, make: Factory, stranger: Door) -> None:
    make.manager(phone="0987 654 321")
    for _ in range(10):
        sign_in(stranger, PHONE, WRONG)
    assert sign_in(stranger, "0987 654 321").status_code == 303


def test_guesses_at_many_people_from_one_address_are_slowed_down(stranger: Door) -> None:
    for number in range(40):
        assert sign_in(stranger, f"0912 345 {number:03}", WRONG).status_code == 409
    assert sign_in(stranger, "0987 654 321", WRONG).status_code == 429


def test_right_passwords_are_no_guesses(an: Door, stranger: Door, db: Session) -> None:
    for _ in range(12):
        assert sign_in(stranger, PHONE).status_code == 303
    assert len(db.exec(select(Attempt)).all()) == 1  # the registration


def test_a_guess_is_counted_whatever_way_the_number_is_spelled(an: Door, stranger: Door) -> None:
    for spelling in ("0912345678", "+84 912 345 678") * 5:
        sign_in(stranger, spelling, WRONG)
    assert sign_in(stranger, PHONE).status_code == 429


def test_every_way_to_try_a_password_counts_against_the_same_limit(
    an: Door, make: Factory, door: Callable[[], Door]
) -> None:
    other = make.manager()
    for _ in range(4):
        sign_in(door(), PHONE, WRONG)
    for _ in range(3):
        door().post("/register", data=registration(phone=PHONE, password=WRONG))
    token = other.tell("/invitations")["token"]
    for _ in range(3):
        typed = {"name": "Ai đó", "phone": PHONE, "password": WRONG}
        assert door().post(f"/join/{token}", data=typed).status_code == 409
    assert sign_in(door(), PHONE).status_code == 429
    assert door().post(f"/join/{token}", data={**typed, "password": PASSWORD}).status_code == 429


def test_old_tries_are_purged(stranger: Door, clock: StandingClock, db: Session) -> None:
    for _ in range(5):
        sign_in(stranger, PHONE, WRONG)
    clock.pass_(hours=1, seconds=1)
    sign_in(stranger, PHONE, WRONG)
    assert len(db.exec(select(Attempt)).all()) == 2


def test_the_table_of_tries_holds_no_number_and_no_address(stranger: Door, db: Session) -> None:
    sign_in(stranger, PHONE, WRONG)
    stored = " ".join(db.exec(select(Attempt.subject)).all())
    assert "912345678" not in stored
    assert "testclient" not in stored


def test_an_older_hash_is_made_anew_at_the_next_sign_in(an: Door, stranger: Door, db: Session) -> None:
    from argon2 import PasswordHasher

    from trace.accounts.models import Person

    person = db.exec(select(Person)).one()
    person.password_hash = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    db.flush()
    assert sign_in(stranger, PHONE).status_code == 303
    db.refresh(person)
    assert "m=19456,t=2,p=1" in person.password_hash
