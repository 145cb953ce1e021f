"""A cooperative registers, and its manager is signed in."""

import re
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.accounts.making import sign_in
from tests.conftest import StandingClock
from tests.people import PASSWORD, Door, Factory, registration
from trace.accounts import guesses
from trace.accounts.models import Cooperative, Membership
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


def test_registering_makes_a_cooperative_and_signs_its_manager_in(stranger: Door, db: Session) -> None:
    answer = stranger.post("/register", data=registration(name="HTX Dưa lưới"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/app")
    assert "sid" in stranger.cookies
    cooperative = db.exec(select(Cooperative)).one()
    assert cooperative.commune_label == "xã Trường Tân, TP Hải Phòng"
    assert db.exec(select(Membership.role)).one() == "manager"
    entry = db.exec(select(JournalEntry)).one()
    assert (entry.kind, entry.subject_id) == ("cooperative.registered", cooperative.id)


def test_the_journal_holds_nothing_about_the_person(stranger: Door, db: Session) -> None:
    stranger.post("/register", data=registration(manager_name="Vũ Đình Cường", phone="0912 345 678"))
    said = db.exec(select(JournalEntry.said)).one()
    assert "Cường" not in said
    assert "912345678" not in said
    assert PASSWORD not in said


def test_a_wrong_form_comes_back_with_what_was_typed(stranger: Door) -> None:
    answer = stranger.post("/register", data=registration(tax_code="0801234561"))
    assert answer.status_code == 422
    assert 'value="0801234561"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Chữ số thứ mười" in answer.text
    assert PASSWORD not in answer.text


def test_the_same_tax_code_is_registered_once(make: Factory, stranger: Door) -> None:
    make.manager(tax_code="0100109106")
    answer = stranger.post("/register", data=registration(tax_code="0100109106"))
    assert answer.status_code == 409
    assert "đã được đăng ký" in answer.text


def test_a_form_sent_twice_registers_once(stranger: Door, db: Session) -> None:
    typed = registration(id=str(new_id()))
    assert [stranger.post("/register", data=typed).status_code for _ in range(2)] == [303, 303]
    assert len(db.exec(select(Cooperative)).all()) == 1


def test_nobody_signs_in_by_repeating_what_a_cooperative_said_in_public(
    make: Factory, stranger: Door
) -> None:
    typed = registration(id=str(new_id()))
    make.manager(**typed)
    answer = stranger.post("/register", data={**typed, "password": "một câu đoán mò"})
    assert answer.status_code == 409
    assert "sid" not in stranger.cookies
    answer = stranger.post("/register", data={**typed, "phone": "0999 888 777"})
    assert answer.status_code == 409
    assert "sid" not in stranger.cookies


def test_somebody_known_here_registers_a_second_cooperative_with_the_password_they_have(
    make: Factory, stranger: Door
) -> None:
    make.manager(phone="0912 345 678")
    wrong = stranger.post("/register", data=registration(phone="84912345678", password="một câu đoán mò"))
    assert wrong.status_code == 409
    assert "Số này đã có tài khoản" in wrong.text
    right = stranger.post("/register", data=registration(phone="84912345678", name="HTX thứ hai"))
    assert right.status_code == 303
    belongings = stranger.ask("/me")["belongings"]
    assert len(belongings) == 2


def test_a_phone_number_is_no_password(stranger: Door) -> None:
    answer = stranger.post("/register", data=registration(phone="0912 345 678", password="là 0912 345 678"))
    assert answer.status_code == 409
    assert "Số điện thoại không dùng làm mật khẩu" in answer.text


def test_registering_by_the_dozen_from_one_address_has_to_wait(
    stranger: Door, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guesses, "_NEW_COOPERATIVES", (3, timedelta(hours=1)))
    assert {stranger.post("/register", data=registration()).status_code for _ in range(3)} == {303}
    answer = stranger.post("/register", data=registration(name="HTX cuối cùng"))
    assert answer.status_code == 429
    assert "HTX cuối cùng" in answer.text
    clock.pass_(hours=1)
    assert stranger.post("/register", data=registration()).status_code == 303


# --- the commune without JavaScript -------------------------------------------------------------------


def test_a_typed_commune_is_offered_as_a_list_and_the_chosen_one_taken(stranger: Door, db: Session) -> None:
    typed = registration(commune="pham tran", former_label="")
    del typed["commune_code"]
    asked = stranger.post("/register", data=typed)
    assert asked.status_code == 422
    offered = re.findall(r'type="radio" name="commune_code" value="(\d{5})"', asked.text)
    assert "11065" in offered
    assert "trước 1/7/2025: xã Phạm Trấn" in asked.text
    chosen = stranger.post("/register", data={**typed, "commune_code": "11065", "commune_listed": "yes"})
    assert chosen.status_code == 303
    stored = db.exec(select(Cooperative)).one()
    assert stored.commune_label == "xã Trường Tân, TP Hải Phòng"
    assert stored.former_label == "xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương"


def test_a_code_left_behind_under_another_name_is_not_believed(stranger: Door) -> None:
    answer = stranger.post("/register", data=registration(commune="Thanh Hà", commune_code="11065"))
    assert answer.status_code == 422
    assert 'value="10813"' in answer.text
    assert "Chọn xã, phường trong danh sách" in answer.text


def test_two_communes_with_the_same_bare_name_stay_two(stranger: Door) -> None:
    answer = stranger.post("/register", data=registration(commune="cam giang", commune_code=""))
    assert {"10888", "10903"} <= set(re.findall(r'name="commune_code" value="(\d{5})"', answer.text))


def test_a_name_that_no_commune_has_is_said_so(stranger: Door) -> None:
    answer = stranger.post("/register", data=registration(commune="Xyzzy", commune_code=""))
    assert "Không tìm thấy xã, phường nào" in answer.text
    assert 'value="Xyzzy"' in answer.text
    assert (
        "Gõ tên xã" in stranger.post("/register", data=registration(commune=" ", commune_code="11065")).text
    )


def test_the_chosen_commune_survives_another_mistake(stranger: Door) -> None:
    answer = stranger.post("/register", data=registration(commune="truong tan", tax_code="1"))
    assert 'value="xã Trường Tân, TP Hải Phòng"' in answer.text
    assert '<input type="hidden" name="commune_code" value="11065">' in answer.text


def test_the_manager_signs_in_again_later(make: Factory, stranger: Door) -> None:
    make.manager(phone="0912 345 678")
    assert sign_in(stranger, "0912 345 678").headers["location"] == "/app"
