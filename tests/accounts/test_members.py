"""Managers see who belongs, change roles, and end memberships; a cooperative always keeps a manager."""

import uuid
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.accounts.making import confirm, key, member_of, press, with_key
from tests.conftest import StandingClock
from tests.people import Door, Factory
from trace.ledger.models import JournalEntry

BINH = "Phạm Thị Bình"


@pytest.fixture
def binh(make: Factory, manager: Door) -> Door:
    """A recorder in the manager's cooperative."""
    return make.member(manager, name=BINH)


def me(door: Door) -> str:
    found: str = door.ask("/me")["membership_id"]
    return found


def test_members_are_listed_newest_first_page_by_page(make: Factory, manager: Door) -> None:
    for number in range(4):
        make.member(manager, name=f"Người {number}")
    first = manager.ask("/members", limit=2)
    second = manager.ask("/members", limit=2, after=first["next"])
    third = manager.ask("/members", limit=2, after=second["next"])
    names = [one["name"] for page in (first, second, third) for one in page["items"]]
    assert names == ["Người 3", "Người 2", "Người 1", "Người 0", "Nguyễn Văn An"]
    assert third["next"] is None


def test_the_page_shows_names_numbers_and_roles(manager: Door, make: Factory) -> None:
    make.member(manager, name=BINH, phone="0987654321", role="viewer")
    shown = manager.get("/app/members").text
    assert BINH in shown
    assert "0987 654 321" in shown
    assert "Chỉ xem" in shown


@pytest.mark.parametrize("role", ["recorder", "viewer"])
@pytest.mark.parametrize("path", ["/app/members", "/app/keys", "/app/cooperative", "/app/members/{}"])
def test_managers_pages_are_closed_to_other_roles(make: Factory, manager: Door, role: str, path: str) -> None:
    member = make.member(manager, role=role)
    assert member.get(path.format(me(member))).status_code == 403
    assert member.get("/app/more").status_code == 200
    assert "/app/members" not in member.get("/app/more").text


@pytest.mark.parametrize("role", ["recorder", "viewer"])
@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/members/change-role", {"role": "manager"}),
        ("/members/end", {}),
        ("/members/sign-out", {}),
        ("/password-resets", {}),
    ],
)
def test_only_managers_act_on_members(
    make: Factory, manager: Door, role: str, path: str, said: dict[str, Any]
) -> None:
    member = make.member(manager, role=role)
    assert member.say(path, membership_id=me(manager), **said).status_code == 403


def test_a_role_counts_from_the_next_request_on(manager: Door, binh: Door) -> None:
    answer = press(manager, f"/app/members/{me(binh)}/role", role="viewer")
    assert answer.status_code == 303
    assert binh.ask("/me")["role"] == "viewer"
    changed = manager.tell("/members/change-role", membership_id=me(binh), role="manager")
    assert changed["role"] == "manager"
    assert binh.get("/app/members").status_code == 200


def test_making_somebody_a_manager_asks_for_the_password_after_a_while(
    manager: Door, binh: Door, clock: StandingClock
) -> None:
    clock.pass_(minutes=31)
    sent = press(manager, f"/app/members/{me(binh)}/role", role="manager")
    assert sent.headers["location"] == f"/app/confirm?next=/app/members/{me(binh)}"
    refused = manager.say("/members/change-role", membership_id=me(binh), role="manager")
    assert refused.status_code == 403
    assert "Xác nhận chính anh/chị" in refused.json()["detail"]
    assert "không phải mật khẩu" in manager.post("/app/confirm", data={"password": "sai rồi nhé"}).text
    confirm(manager)
    assert press(manager, f"/app/members/{me(binh)}/role", role="manager").status_code == 303
    assert binh.ask("/me")["role"] == "manager"


def test_whoever_leaves_is_signed_out_at_once_and_their_keys_die(make: Factory, manager: Door) -> None:
    second = make.member(manager, role="manager", name=BINH)
    made = key(second)
    program = with_key(make.door(), made)
    assert program.get("/api/v1/me").status_code == 200
    ending = manager.get(f"/app/members/{me(second)}/end")
    assert "Cho Phạm Thị Bình thôi là thành viên?" in ending.text
    assert press(manager, f"/app/members/{me(second)}/end").status_code == 303
    assert second.get("/app/more").status_code == 303
    assert second.get("/api/v1/me").status_code == 401
    assert program.get("/api/v1/me").status_code == 401


def test_keys_of_somebody_who_comes_back_stay_dead(make: Factory, manager: Door) -> None:
    second = make.member(manager, role="manager", name=BINH, phone="0987654321")
    made = key(second)
    manager.tell("/members/end", membership_id=me(second))
    make.member(manager, role="manager", name=BINH, phone="0987654321")
    assert with_key(make.door(), made).get("/api/v1/me").status_code == 401


def test_what_was_there_stays_in_the_list_and_in_the_journal(manager: Door, binh: Door, db: Session) -> None:
    membership = me(binh)
    ended = manager.tell("/members/end", membership_id=membership)
    assert ended["ended_at"] is not None
    assert "1 thành viên đã rời" in manager.get("/app/members").text
    assert "Không còn là thành viên" in manager.get(f"/app/members/{membership}").text
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "member.ended")).one()
    assert str(entry.subject_id) == membership
    assert str(entry.actor_id) == me(manager)


def test_ending_twice_or_changing_who_has_left_is_refused(manager: Door, binh: Door) -> None:
    membership = me(binh)
    manager.tell("/members/end", membership_id=membership)
    for path, said in (("/members/end", {}), ("/members/change-role", {"role": "viewer"})):
        answer = manager.say(path, membership_id=membership, **said)
        assert answer.status_code == 409
        assert "không còn là thành viên" in answer.json()["detail"]


def test_the_last_manager_neither_leaves_nor_steps_down(make: Factory, manager: Door, binh: Door) -> None:
    mine = me(manager)
    for path, typed in ((f"/app/members/{mine}/end", {}), (f"/app/members/{mine}/role", {"role": "viewer"})):
        answer = press(manager, path, **typed)
        assert answer.status_code == 409
        assert "phải có ít nhất một quản lý" in answer.text
    second = make.member(manager, role="manager")
    second.tell("/members/change-role", membership_id=mine, role="recorder")
    assert second.say("/members/end", membership_id=me(second)).status_code == 409
    assert manager.ask("/me")["role"] == "recorder"


def test_a_manager_may_leave_when_another_stays(make: Factory, manager: Door) -> None:
    make.member(manager, role="manager")
    answer = press(manager, f"/app/members/{me(manager)}/end")
    assert answer.headers["location"] == "/"
    assert manager.get("/app/more").status_code == 303


def test_a_manager_signs_a_member_out_everywhere(manager: Door, binh: Door) -> None:
    membership = me(binh)
    assert "Thiết bị đang đăng nhập" in manager.get(f"/app/members/{membership}").text
    assert press(manager, f"/app/members/{membership}/sign-out").status_code == 303
    assert binh.get("/app/more").status_code == 303
    assert "Chưa đăng nhập ở đâu" in manager.get(f"/app/members/{membership}").text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/members/change-role", {"role": "viewer"}),
        ("/members/end", {}),
        ("/members/sign-out", {}),
        ("/password-resets", {}),
    ],
)
def test_another_cooperatives_member_is_not_found(
    make: Factory, manager: Door, path: str, said: dict[str, Any]
) -> None:
    stranger = make.manager()
    foreign = manager.say(path, membership_id=me(stranger), **said)
    absent = manager.say(path, membership_id=str(uuid.uuid4()), **said)
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert foreign.json()["detail"] == absent.json()["detail"]
    assert stranger.ask("/me")["role"] == "manager"


@pytest.mark.parametrize("tail", ["", "/end"])
def test_another_cooperatives_members_page_is_not_found(make: Factory, manager: Door, tail: str) -> None:
    assert manager.get(f"/app/members/{me(make.manager())}{tail}").status_code == 404
    assert manager.get(f"/app/members/no-id{tail}").status_code == 404


@pytest.mark.parametrize("tail", ["role", "sign-out", "reset", "end"])
def test_buttons_for_another_cooperatives_member_find_nothing(
    make: Factory, manager: Door, tail: str
) -> None:
    stranger = make.manager()
    assert press(manager, f"/app/members/{me(stranger)}/{tail}", role="viewer").status_code == 404
    assert stranger.ask("/me")["role"] == "manager"


def test_members_see_only_their_own_cooperative(make: Factory, manager: Door) -> None:
    make.member(make.manager(), name="Người ngoài")
    assert all(one["name"] != "Người ngoài" for one in manager.ask("/members")["items"])
    assert member_of(manager, "Nguyễn Văn An")["id"] == me(manager)


def test_a_command_sent_twice_is_carried_out_once(manager: Door, binh: Door, db: Session) -> None:
    said = {"id": "01900000-0000-7000-8000-000000000001", "membership_id": me(binh), "role": "viewer"}
    assert [manager.say("/members/change-role", **said).status_code for _ in range(2)] == [200, 200]
    other = manager.say("/members/change-role", **{**said, "role": "manager"})
    assert other.status_code == 409
    kinds = [one.kind for one in db.exec(select(JournalEntry)).all()]
    assert kinds.count("member.role_changed") == 1
