"""A manager invites people; an invitation lets one person join, once, within a day."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.accounts.making import confirm, invitation, link_on, member_of, press, sign_in
from tests.conftest import StandingClock
from tests.people import PASSWORD, Door, Factory, phone
from trace.accounts.models import Invitation
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry

BINH = {"name": "Phạm Thị Bình", "phone": "0987 654 321", "password": PASSWORD}
GONE = "đã dùng hoặc đã hết hạn"


@pytest.mark.parametrize("role", ["recorder", "viewer", "manager"])
def test_an_invited_person_joins_with_the_role_and_is_signed_in(make: Factory, role: str) -> None:
    member = make.member(make.manager(), role=role)
    assert member.ask("/me")["role"] == role


def test_the_page_shows_the_link_once_with_its_qr_code_and_a_message(manager: Door, stranger: Door) -> None:
    shown = press(manager, "/app/members/invite", role="recorder")
    assert shown.status_code == 200
    assert "<svg" in shown.text
    assert shown.text.count(link_on(shown)) == 3  # the picture's title, the link, the message
    joining = stranger.get(link_on(shown))
    assert "HTX" in joining.text
    assert "Ghi chép" in joining.text
    assert 'content="noindex"' in joining.text
    assert stranger.post(link_on(shown), data=BINH).status_code == 303


def test_looking_at_a_link_does_not_use_it_up(manager: Door, stranger: Door) -> None:
    token = invitation(manager)["token"]
    assert [stranger.get(f"/join/{token}").status_code for _ in range(3)] == [200, 200, 200]


def test_a_link_is_good_for_one_person(manager: Door, door: Callable[[], Door]) -> None:
    token = invitation(manager)["token"]
    assert door().post(f"/join/{token}", data=BINH).status_code == 303
    second = door().post(f"/join/{token}", data={**BINH, "phone": phone()})
    assert second.status_code == 404
    assert GONE in second.text
    assert door().get(f"/join/{token}").status_code == 404


def test_a_join_sent_twice_over_a_bad_line_is_one(manager: Door, door: Callable[[], Door]) -> None:
    token = invitation(manager)["token"]
    typed = {**BINH, "id": str(new_id())}
    assert [door().post(f"/join/{token}", data=typed).status_code for _ in range(2)] == [303, 303]
    other = door().post(f"/join/{token}", data={**typed, "password": "một câu đoán mò"})
    assert other.status_code == 404
    assert len(manager.ask("/members")["items"]) == 2


def test_a_link_dies_after_a_day(manager: Door, stranger: Door, clock: StandingClock) -> None:
    token = invitation(manager)["token"]
    clock.pass_(hours=23, minutes=59)
    assert stranger.get(f"/join/{token}").status_code == 200
    clock.pass_(minutes=1)
    assert GONE in stranger.get(f"/join/{token}").text
    assert stranger.post(f"/join/{token}", data=BINH).status_code == 404


def test_a_withdrawn_link_opens_nothing(manager: Door, stranger: Door) -> None:
    made = invitation(manager)
    assert made["id"] in manager.get("/app/members").text
    assert press(manager, f"/app/invitations/{made['id']}/withdraw").status_code == 303
    assert stranger.get(f"/join/{made['token']}").status_code == 404
    assert made["id"] not in manager.get("/app/members").text
    assert manager.ask("/invitations") == []


def test_an_accepted_invitation_cannot_be_withdrawn(manager: Door, stranger: Door) -> None:
    made = invitation(manager)
    stranger.post(f"/join/{made['token']}", data=BINH)
    answer = manager.say("/invitations/withdraw", invitation_id=made["id"])
    assert answer.status_code == 409
    assert "đã có người nhận" in answer.json()["detail"]


def test_a_repeated_invitation_answers_a_fresh_link_and_the_old_one_dies(
    manager: Door, stranger: Door
) -> None:
    id_ = str(new_id())
    first = manager.tell("/invitations", id=id_, role="viewer")
    second = manager.tell("/invitations", id=id_, role="viewer")
    assert stranger.get(f"/join/{first['token']}").status_code == 404
    assert stranger.get(f"/join/{second['token']}").status_code == 200
    assert len(manager.ask("/invitations")) == 1


def test_a_wrong_form_comes_back_with_what_was_typed(manager: Door, stranger: Door) -> None:
    token = invitation(manager)["token"]
    answer = stranger.post(f"/join/{token}", data={**BINH, "phone": "12", "password": "12345678"})
    assert answer.status_code == 422
    assert 'value="Phạm Thị Bình"' in answer.text
    assert "hay thử đầu tiên" in answer.text


def test_a_member_is_told_that_they_are_one_already(make: Factory, manager: Door, stranger: Door) -> None:
    make.member(manager, phone=BINH["phone"])
    answer = stranger.post(f"/join/{invitation(manager)['token']}", data=BINH)
    assert answer.status_code == 409
    assert "đã là thành viên" in answer.text


@pytest.mark.parametrize("role", ["recorder", "viewer"])
def test_only_managers_invite(make: Factory, manager: Door, role: str) -> None:
    member = make.member(manager, role=role)
    assert member.say("/invitations", role="recorder").status_code == 403
    assert member.get("/app/members/invite").status_code == 403
    assert press(member, "/app/members/invite", role="recorder").status_code == 403


def test_another_cooperatives_invitation_is_not_found(make: Factory, manager: Door) -> None:
    made = invitation(make.manager())
    assert manager.say("/invitations/withdraw", invitation_id=made["id"]).status_code == 404
    assert press(manager, f"/app/invitations/{made['id']}/withdraw").status_code == 404


def test_inviting_a_manager_asks_for_the_password_after_a_while(
    manager: Door, stranger: Door, clock: StandingClock
) -> None:
    clock.pass_(minutes=31)
    assert invitation(manager, role="recorder")
    sent = press(manager, "/app/members/invite", role="manager")
    assert sent.headers["location"] == "/app/confirm?next=/app/members/invite%3Frole%3Dmanager"
    asked = manager.get(sent.headers["location"])
    assert 'value="/app/members/invite?role=manager"' in asked.text
    assert manager.say("/invitations", role="manager").status_code == 403
    confirm(manager)
    assert press(manager, "/app/members/invite", role="manager").status_code == 200


def test_a_manager_who_leaves_or_steps_down_leaves_no_open_invitations(
    make: Factory, manager: Door, stranger: Door
) -> None:
    second = make.member(manager, role="manager", name="Vũ Đình Cường")
    third = make.member(manager, role="manager", name="Hoàng Thị Dung")
    made = [invitation(one)["token"] for one in (second, third, manager)]
    manager.tell("/members/end", membership_id=member_of(manager, "Vũ Đình Cường")["id"])
    manager.tell(
        "/members/change-role", membership_id=member_of(manager, "Hoàng Thị Dung")["id"], role="viewer"
    )
    assert [stranger.get(f"/join/{token}").status_code for token in made] == [404, 404, 200]


def test_wrong_links_are_slowed_down_and_right_ones_never_wait(manager: Door, stranger: Door) -> None:
    token = invitation(manager)["token"]
    answers = [stranger.get(f"/join/{number:043}").status_code for number in range(41)]
    assert answers == [404] * 40 + [429]
    assert stranger.get("/reset/nonsense").status_code == 429
    assert stranger.get(f"/join/{token}").status_code == 200


def test_the_database_does_not_know_the_link_and_the_journal_knows_no_name(
    manager: Door, stranger: Door, db: Session
) -> None:
    made = invitation(manager)
    stranger.post(f"/join/{made['token']}", data=BINH)
    stored = db.exec(select(Invitation)).one()
    assert made["token"] not in str(stored.model_dump())
    kinds = {entry.kind: entry.said for entry in db.exec(select(JournalEntry)).all()}
    assert kinds["member.invited"] == '{"role":"recorder"}'
    assert kinds["member.joined"] == "{}"


def test_joining_leads_back_in_after_the_membership_ended(
    make: Factory, manager: Door, stranger: Door
) -> None:
    make.member(manager, **BINH)
    before = member_of(manager, BINH["name"])
    manager.tell("/members/end", membership_id=before["id"])
    assert "không thuộc hợp tác xã nào" in sign_in(stranger, BINH["phone"]).text
    stranger.post(f"/join/{invitation(manager, role='viewer')['token']}", data=BINH)
    after = member_of(manager, BINH["name"])
    assert (after["id"], after["role"], after["ended_at"]) == (before["id"], "viewer", None)
