"""A password is changed by who knows it, and replaced through a link by who lost it."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.accounts.making import confirm, invitation, link_on, member_of, press, sign_in
from tests.conftest import StandingClock
from tests.people import PASSWORD, Door, Factory
from trace.accounts import passwords
from trace.accounts.models import PasswordReset
from trace.kit.problems import NotFound
from trace.ledger.models import JournalEntry

PHONE = "0987 654 321"
NEW = "cà chua chín đỏ"
GONE = "đã dùng hoặc đã hết hạn"


@pytest.fixture
def binh(make: Factory, manager: Door) -> Door:
    """A recorder whose number is known to the test."""
    return make.member(manager, phone=PHONE)


@pytest.fixture
def link(manager: Door, binh: Door) -> str:
    """The path of a link with which she chooses a new password."""
    return link_on(press(manager, f"/app/members/{member_of(manager, 'Phạm Thị Bình')['id']}/reset"))


# --- by who knows it ----------------------------------------------------------------------------------


def test_changing_the_password_signs_all_other_devices_out(binh: Door, door: Callable[[], Door]) -> None:
    other = door()
    sign_in(other, PHONE)
    answer = press(binh, "/app/password", present=PASSWORD, password=NEW)
    assert answer.status_code == 303
    assert binh.get("/app/more").status_code == 200
    assert other.get("/app/more").status_code == 303
    assert sign_in(other, PHONE).status_code == 409
    assert sign_in(other, PHONE, NEW).status_code == 303


def test_the_present_password_is_asked_for(binh: Door) -> None:
    answer = press(binh, "/app/password", present="một câu đoán mò", password=NEW)
    assert answer.status_code == 409
    assert "không phải mật khẩu hiện tại" in answer.text
    assert NEW not in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [("ngắn", "ít nhất 8"), ("12345678", "hay thử đầu tiên"), ("số 0987 654 321", "Số điện thoại")],
)
def test_a_new_password_must_be_worth_something(binh: Door, typed: str, said: str) -> None:
    answer = press(binh, "/app/password", present=PASSWORD, password=typed)
    assert answer.status_code in (409, 422)
    assert said in answer.text


def test_guesses_at_the_present_password_are_slowed_down(binh: Door, clock: StandingClock) -> None:
    for _ in range(5):
        press(binh, "/app/password", present="một câu đoán mò", password=NEW)
        binh.post("/app/confirm", data={"password": "một câu đoán mò"})
    assert press(binh, "/app/password", present=PASSWORD, password=NEW).status_code == 429
    assert binh.post("/app/confirm", data={"password": PASSWORD}).status_code == 429
    clock.pass_(minutes=5)
    assert press(binh, "/app/password", present=PASSWORD, password=NEW).status_code == 303


def test_the_confirming_page_leads_nowhere_else(binh: Door) -> None:
    answer = binh.post("/app/confirm", data={"password": PASSWORD, "next": "//evil.example"})
    assert answer.headers["location"] == "/app"


# --- by who lost it -----------------------------------------------------------------------------------


def test_a_link_lets_a_member_choose_a_new_password_and_ends_all_sessions(
    link: str, binh: Door, stranger: Door
) -> None:
    assert "Phạm Thị Bình" in stranger.get(link).text
    answer = stranger.post(link, data={"password": NEW})
    assert (answer.status_code, answer.headers["location"]) == (303, "/app")
    assert stranger.ask("/me")["name"] == "Phạm Thị Bình"
    assert binh.get("/app/more").status_code == 303
    assert sign_in(binh, PHONE).status_code == 409
    assert sign_in(binh, PHONE, NEW).status_code == 303


def test_a_link_works_once_and_for_a_day(
    link: str, manager: Door, door: Callable[[], Door], clock: StandingClock
) -> None:
    assert door().post(link, data={"password": NEW}).status_code == 303
    assert GONE in door().post(link, data={"password": "khác nữa rồi"}).text
    fresh = link_on(press(manager, f"/app/members/{member_of(manager, 'Phạm Thị Bình')['id']}/reset"))
    clock.pass_(hours=24)
    assert door().get(fresh).status_code == 404


def test_only_the_newest_link_works(link: str, manager: Door, stranger: Door) -> None:
    fresh = link_on(press(manager, f"/app/members/{member_of(manager, 'Phạm Thị Bình')['id']}/reset"))
    assert stranger.get(link).status_code == 404
    assert stranger.get(fresh).status_code == 200


def test_a_link_dies_when_the_password_is_changed_otherwise(link: str, binh: Door, stranger: Door) -> None:
    press(binh, "/app/password", present=PASSWORD, password=NEW)
    assert stranger.get(link).status_code == 404


def test_a_bad_new_password_leaves_the_link_alive(link: str, stranger: Door) -> None:
    assert stranger.post(link, data={"password": "ngắn"}).status_code == 422
    assert stranger.post(link, data={"password": f"số {PHONE}"}).status_code == 409
    assert stranger.post(link, data={"password": NEW}).status_code == 303


def test_a_manager_cannot_take_over_somebody_who_belongs_elsewhere_too(
    make: Factory, manager: Door, binh: Door
) -> None:
    other = make.manager()
    make.member(other, phone=PHONE)
    member = member_of(manager, "Phạm Thị Bình")["id"]
    answer = press(manager, f"/app/members/{member}/reset")
    assert answer.status_code == 409
    assert "còn thuộc hợp tác xã khác" in answer.text
    assert "reset-password" in answer.text
    assert manager.say("/password-resets", membership_id=member).status_code == 409


def test_a_link_dies_when_its_owner_joins_another_cooperative(
    link: str, make: Factory, stranger: Door
) -> None:
    make.member(make.manager(), phone=PHONE)
    assert stranger.get(link).status_code == 404
    assert stranger.post(link, data={"password": NEW}).status_code == 404


def test_a_link_dies_when_its_maker_leaves(make: Factory, manager: Door, stranger: Door) -> None:
    make.member(manager, phone=PHONE, name="Hoàng Thị Dung")
    second = make.member(manager, role="manager", name="Vũ Đình Cường")
    made = second.tell("/password-resets", membership_id=member_of(manager, "Hoàng Thị Dung")["id"])
    path = made["link"].removeprefix("http://testserver")
    assert stranger.get(path).status_code == 200
    manager.tell("/members/end", membership_id=member_of(manager, "Vũ Đình Cường")["id"])
    assert stranger.get(path).status_code == 404


def test_making_a_link_asks_for_the_password_after_a_while(
    manager: Door, binh: Door, clock: StandingClock
) -> None:
    member = member_of(manager, "Phạm Thị Bình")["id"]
    clock.pass_(minutes=31)
    sent = press(manager, f"/app/members/{member}/reset")
    assert sent.headers["location"] == f"/app/confirm?next=/app/members/{member}"
    assert manager.say("/password-resets", membership_id=member).status_code == 403
    confirm(manager)
    assert press(manager, f"/app/members/{member}/reset").status_code == 200
    assert manager.get(f"/app/members/{member}/reset").headers["location"] == f"/app/members/{member}"


def test_who_has_left_gets_no_link(manager: Door, binh: Door) -> None:
    member = member_of(manager, "Phạm Thị Bình")["id"]
    manager.tell("/members/end", membership_id=member)
    assert press(manager, f"/app/members/{member}/reset").status_code == 409


def test_the_journal_tells_of_links_and_not_of_passwords(
    link: str, stranger: Door, binh: Door, db: Session
) -> None:
    stranger.post(link, data={"password": NEW})
    press(stranger, "/app/password", present=NEW, password="ba con vịt vàng")
    said = {one.kind: one.said for one in db.exec(select(JournalEntry)).all()}
    assert {"password.reset_offered", "password.reset", "password.changed"} <= set(said)
    assert said["password.reset"] == said["password.changed"] == "{}"
    token = link.rsplit("/", 1)[1]
    assert token not in str([row.model_dump() for row in db.exec(select(PasswordReset)).all()])


# --- by the operator ----------------------------------------------------------------------------------


def test_the_operator_helps_whom_no_manager_can(
    make: Factory, stranger: Door, db: Session, clock: StandingClock
) -> None:
    manager = make.manager(phone="0912 345 678")
    made = passwords.offer_reset_as_operator(db, "+84912345678", now=clock.now)
    db.flush()
    assert stranger.post(f"/reset/{made.token}", data={"password": NEW}).status_code == 303
    assert stranger.ask("/me")["role"] == "manager"
    assert manager.get("/app/more").status_code == 303
    with pytest.raises(NotFound):
        passwords.offer_reset_as_operator(db, "+84999888777", now=clock.now)


def test_without_a_cooperative_the_new_password_is_stored_all_the_same(
    manager: Door, binh: Door, link: str, stranger: Door
) -> None:
    manager.tell("/members/end", membership_id=member_of(manager, "Phạm Thị Bình")["id"])
    answer = stranger.post(link, data={"password": NEW})
    assert answer.headers["location"] == "/sign-in"
    assert "Đã lưu mật khẩu mới" in stranger.get("/sign-in").text
    token = invitation(manager)["token"]
    typed = {"name": "Phạm Thị Bình", "phone": PHONE, "password": NEW}
    assert stranger.post(f"/join/{token}", data=typed).status_code == 303


# --- devices ------------------------------------------------------------------------------------------


def test_people_see_their_devices_and_end_one_or_all_others(binh: Door, door: Callable[[], Door]) -> None:
    phone, laptop = door(), door()
    phone.headers["user-agent"] = "Mozilla/5.0 (Linux; Android 14) Chrome/131.0 Mobile Safari/537.36 Zalo/24"
    laptop.headers["user-agent"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"
    sign_in(phone, PHONE)
    sign_in(laptop, PHONE)
    shown = binh.get("/app/sessions").text
    assert "Zalo · Android" in shown
    assert "Firefox · Windows" in shown
    assert shown.count("thiết bị này") == 1
    entry = next(part for part in shown.split("<li>") if "Zalo" in part)
    found = re.search(r"/app/sessions/[0-9a-f-]+/end", entry)
    assert found
    assert binh.post(found[0]).status_code == 303
    assert phone.get("/app/more").status_code == 303
    assert laptop.get("/app/more").status_code == 200
    assert binh.post("/app/sessions/end-others").status_code == 303
    assert laptop.get("/app/more").status_code == 303
    assert binh.get("/app/more").status_code == 200


def test_nobody_ends_a_session_of_somebody_else_here(manager: Door, binh: Door) -> None:
    shown = binh.get("/app/sessions").text
    path = re.search(r"/app/sessions/[0-9a-f-]+/end", shown)
    assert path
    assert manager.post(path[0]).status_code == 404
    assert binh.get("/app/more").status_code == 200
