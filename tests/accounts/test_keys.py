"""API keys: shown once, stored hashed, and never more powerful than whoever made them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlmodel import Session, select

from tests.accounts.making import confirm, key, member_of, press, with_key
from tests.conftest import StandingClock
from tests.people import Door, Factory
from trace.accounts import secrets
from trace.accounts.models import ApiKey
from trace.kit.database import Database

SHAPE = re.compile(r"htx_live_[0-9A-Za-z]{22}_[0-9A-Za-z]{6}")


@pytest.fixture
def program(door: Callable[[], Door], manager: Door) -> Callable[..., Door]:
    """Makes programs, each with a key of the manager."""
    return lambda **given: with_key(door(), key(manager, **given))


def test_a_key_is_shown_once_and_known_by_its_beginning(manager: Door, db: Session) -> None:
    shown = press(manager, "/app/keys", name="Cân điện tử", scope="read")
    found = SHAPE.search(shown.text)
    assert found
    listed = manager.get("/app/keys").text
    assert found[0] not in listed
    assert found[0][:16] in listed
    assert "chưa dùng lần nào" in listed
    stored = db.exec(select(ApiKey)).one()
    assert stored.key_hash == secrets.token_hash(found[0])
    assert found[0] not in str(stored.model_dump())
    assert all("key" not in one for one in manager.ask("/keys"))


def test_a_key_opens_the_api_and_nothing_else(program: Callable[..., Door]) -> None:
    caller = program()
    me = caller.ask("/me")
    assert (me["role"], me["by_key"], me["belongings"]) == ("manager", True, [])
    assert caller.get("/app/more").status_code == 403
    assert caller.post("/app/keys", data={}).status_code == 403


def test_a_reading_key_is_refused_whatever_it_wants_to_change(program: Callable[..., Door]) -> None:
    caller = program(scope="read")
    assert caller.ask("/me")["role"] == "viewer"
    answer = caller.say("/invitations", role="viewer")
    assert answer.status_code == 403
    assert "chỉ được đọc" in answer.json()["detail"]
    assert caller.get("/api/v1/members").status_code == 403  # names and numbers are for managers


def test_a_writing_key_does_what_its_maker_may(program: Callable[..., Door]) -> None:
    caller = program(scope="write")
    assert caller.tell("/invitations", role="recorder")["token"]
    assert len(caller.ask("/members")["items"]) == 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/keys", {"name": "Khóa con", "scope": "read"}),
        ("/invitations", {"role": "manager"}),
        ("/password-resets", {}),
    ],
)
def test_a_key_gives_nobody_lasting_power(
    manager: Door, make: Factory, program: Callable[..., Door], path: str, said: dict[str, Any]
) -> None:
    make.member(manager)
    if path == "/password-resets":
        said = {"membership_id": member_of(manager, "Phạm Thị Bình")["id"]}
    answer = program(scope="write").say(path, **said)
    assert answer.status_code == 403
    assert "Khóa API không làm được việc này" in answer.json()["detail"]


def test_a_key_shrinks_with_its_makers_role(make: Factory, manager: Door, door: Callable[[], Door]) -> None:
    second = make.member(manager, role="manager", name="Vũ Đình Cường")
    caller = with_key(door(), key(second))
    manager.tell(
        "/members/change-role", membership_id=member_of(manager, "Vũ Đình Cường")["id"], role="recorder"
    )
    assert caller.ask("/me")["role"] == "recorder"
    assert caller.get("/api/v1/members").status_code == 403


def test_a_revoked_key_stops_at_once(manager: Door, door: Callable[[], Door]) -> None:
    made = key(manager)
    caller = with_key(door(), made)
    assert caller.get("/api/v1/me").status_code == 200
    assert press(manager, f"/app/keys/{made['id']}/revoke").status_code == 303
    assert caller.get("/api/v1/me").status_code == 401
    assert "đã thu hồi" in manager.get("/app/keys").text
    assert manager.tell("/keys/revoke", key_id=made["id"])["works"] is False


def test_a_key_that_nobody_used_for_half_a_year_sleeps(
    manager: Door, door: Callable[[], Door], clock: StandingClock
) -> None:
    used, unused = (with_key(door(), key(manager)) for _ in range(2))
    clock.pass_(days=120)
    assert used.get("/api/v1/me").status_code == 200
    clock.pass_(days=120)
    assert (used.get("/api/v1/me").status_code, unused.get("/api/v1/me").status_code) == (200, 401)


@given(st.text(max_size=60) | st.from_regex(SHAPE, fullmatch=True))
def test_text_that_is_no_key_is_known_without_the_database(text: str) -> None:
    if secrets.is_key(text):
        assert SHAPE.fullmatch(text)
    assert secrets.is_key(secrets.new_key())


def test_nonsense_and_mistyped_keys_never_reach_the_database(
    manager: Door, door: Callable[[], Door], database: Database
) -> None:
    made = key(manager)["key"]
    mistyped = made[:12] + ("a" if made[12] != "a" else "b") + made[13:]
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            asked.append(statement)

    connection = database.connection  # type: ignore[attr-defined]
    event.listen(connection, "before_cursor_execute", note)
    try:
        for wrong in (mistyped, made[:-1], made + "x", made.lower(), "", "x" * 5000, f"{made} "):
            answer = with_key(door(), wrong).get("/api/v1/me")
            assert answer.status_code in ((401,) if wrong.strip() != made else (200,))
    finally:
        event.remove(connection, "before_cursor_execute", note)
    assert sum("api_key" in statement for statement in asked) == 1  # the right one, with a space behind it


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer htx_live_", "htx_live_x", ""])
def test_another_kind_of_authorization_is_no_sign_in(manager: Door, header: str) -> None:
    assert manager.get("/api/v1/me", headers={"authorization": header}).status_code == 401


def test_the_last_use_is_noted_once_a_day(
    manager: Door, door: Callable[[], Door], clock: StandingClock, database: Database
) -> None:
    caller = with_key(door(), key(manager))
    changes: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith("UPDATE API_KEY"):
            changes.append(statement)

    connection = database.connection  # type: ignore[attr-defined]
    event.listen(connection, "before_cursor_execute", note)
    for _ in range(3):
        caller.get("/api/v1/me")
    assert len(changes) == 1
    assert manager.ask("/keys")[0]["used_on"] == "2026-11-10"
    clock.pass_(days=1)
    caller.get("/api/v1/me")
    event.remove(connection, "before_cursor_execute", note)
    assert len(changes) == 2
    assert manager.ask("/keys")[0]["used_on"] == "2026-11-11"


def test_making_a_key_asks_for_the_password_after_a_while(manager: Door, clock: StandingClock) -> None:
    clock.pass_(minutes=31)
    sent = press(manager, "/app/keys", name="Cân", scope="read")
    assert sent.headers["location"] == "/app/confirm?next=/app/keys"
    assert manager.say("/keys", name="Cân", scope="read").status_code == 403
    confirm(manager)
    assert press(manager, "/app/keys", name="Cân", scope="read").status_code == 200


def test_a_wrong_form_comes_back_with_what_was_typed(manager: Door) -> None:
    answer = press(manager, "/app/keys", name="x" * 41, scope="write")
    assert answer.status_code == 422
    assert "x" * 41 in answer.text
    assert "Nhiều nhất 40 ký tự" in answer.text


def test_a_repeated_command_does_not_show_the_key_again(manager: Door) -> None:
    said = {"id": "01900000-0000-7000-8000-000000000001", "name": "Cân", "scope": "read"}
    assert [manager.say("/keys", **said).status_code for _ in range(2)] == [201, 409]
    assert len(manager.ask("/keys")) == 1


def test_another_cooperatives_key_is_not_found(
    make: Factory, manager: Door, door: Callable[[], Door]
) -> None:
    other = make.manager()
    made = key(other)
    assert manager.say("/keys/revoke", key_id=made["id"]).status_code == 404
    assert press(manager, f"/app/keys/{made['id']}/revoke").status_code == 404
    assert manager.ask("/keys") == []
    assert with_key(door(), made).get("/api/v1/me").status_code == 200
