"""A cooperative says who it is, and a person may work in several of them."""

import pytest
from sqlmodel import Session, select

from tests.accounts.making import member_of, press, sign_in
from tests.conftest import StandingClock
from tests.people import Door, Factory
from trace.accounts.models import Cooperative
from trace.ledger.models import JournalEntry

PHONE = "0987 654 321"
SAID = {
    "name": "HTX Dưa lưới Tân Minh Đức",
    "hotline": "1900 1234",
    "commune_code": "10813",
    "street": "Số 1",
    "former_label": "",
    "gln": "9521234561002",
}


# --- what it says about itself ------------------------------------------------------------------------


def test_a_manager_changes_what_everybody_sees(manager: Door, db: Session) -> None:
    answer = press(manager, "/app/cooperative", **SAID, commune="thanh ha")
    assert answer.headers["location"] == "/app/more"
    stored = db.exec(select(Cooperative)).one()
    assert (stored.name, stored.hotline, stored.gln) == (SAID["name"], "+8419001234", SAID["gln"])
    assert stored.commune_label == "xã Thanh Hà, TP Hải Phòng"
    assert stored.former_label is None
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "cooperative.changed")).one()
    assert (entry.subject_id, '"street":"Số 1"' in entry.said) == (stored.id, True)


def test_the_form_shows_what_is_stored_and_the_tax_code_is_fixed(manager: Door, db: Session) -> None:
    stored = db.exec(select(Cooperative)).one()
    shown = manager.get("/app/cooperative").text
    assert 'value="xã Trường Tân, TP Hải Phòng"' in shown
    assert 'value="0220 3888 999"' in shown
    assert stored.tax_code in shown
    before = stored.tax_code
    press(manager, "/app/cooperative", **SAID, tax_code="0100109106")
    db.refresh(stored)
    assert stored.tax_code == before
    assert manager.say("/cooperative", **SAID, tax_code="0100109106").status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hotline": "12"}, "không phải số điện thoại"),
        ({"gln": "9521234561003"}, "Mã GLN có 13 chữ số"),
        ({"name": ""}, "cần điền"),
        ({"commune": "thanh ha", "commune_code": "11065"}, "Chọn xã, phường"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(manager: Door, typed: dict[str, str], said: str) -> None:
    answer = press(manager, "/app/cooperative", **{**SAID, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Số 1"' in answer.text


def test_the_api_changes_it_too(manager: Door) -> None:
    changed = manager.tell("/cooperative", **SAID)
    assert changed["commune_label"] == "xã Thanh Hà, TP Hải Phòng"
    assert manager.ask("/me")["cooperative"] == changed


def test_only_managers_change_it(make: Factory, manager: Door) -> None:
    member = make.member(manager)
    assert member.say("/cooperative", **SAID).status_code == 403
    assert press(member, "/app/cooperative", **SAID).status_code == 403
    assert press(member, "/app/cooperative", **{**SAID, "name": ""}).status_code == 403


# --- several of them ----------------------------------------------------------------------------------


@pytest.fixture
def twice(make: Factory, clock: StandingClock) -> Door:
    """The browser of somebody who joined a first cooperative and, later, a second."""
    make.member(make.manager(name="HTX thứ nhất"), phone=PHONE)
    clock.pass_(days=1)
    return make.member(make.manager(name="HTX thứ hai"), phone=PHONE, role="viewer")


def test_signing_in_leads_to_where_one_worked_last(twice: Door, stranger: Door, clock: StandingClock) -> None:
    clock.pass_(days=1)
    sign_in(stranger, PHONE)
    assert stranger.ask("/me")["cooperative"]["name"] == "HTX thứ hai"


def test_one_switches_and_stays_there(twice: Door, stranger: Door, clock: StandingClock) -> None:
    shown = twice.get("/app/more").text
    assert "Chuyển sang hợp tác xã khác" in shown
    assert "HTX thứ nhất" in shown
    first = next(
        one["membership_id"]
        for one in twice.ask("/me")["belongings"]
        if one["cooperative_name"] == "HTX thứ nhất"
    )
    assert twice.post(f"/app/switch/{first}").status_code == 303
    me = twice.ask("/me")
    assert (me["cooperative"]["name"], me["role"]) == ("HTX thứ nhất", "recorder")
    clock.pass_(days=2)
    twice.get("/app/more")
    sign_in(stranger, PHONE)
    assert stranger.ask("/me")["cooperative"]["name"] == "HTX thứ nhất"


def test_nobody_switches_to_a_membership_of_somebody_else(twice: Door, make: Factory) -> None:
    other = make.manager()
    foreign = other.ask("/me")["membership_id"]
    assert twice.post(f"/app/switch/{foreign}").status_code == 404
    assert twice.ask("/me")["cooperative"]["name"] == "HTX thứ hai"


def test_leaving_one_leaves_the_other_alone(make: Factory, stranger: Door) -> None:
    first, second = make.manager(name="HTX thứ nhất"), make.manager(name="HTX thứ hai")
    in_first = make.member(first, phone=PHONE)
    in_second = make.member(second, phone=PHONE)
    second.tell("/members/end", membership_id=member_of(second, "Phạm Thị Bình")["id"])
    assert in_second.get("/app/more").status_code == 303
    assert in_first.get("/app/more").status_code == 200
    assert sign_in(stranger, PHONE).status_code == 303
    assert stranger.ask("/me")["cooperative"]["name"] == "HTX thứ nhất"


def test_signing_a_member_out_ends_no_session_in_another_cooperative(make: Factory) -> None:
    first, second = make.manager(), make.manager()
    in_first, in_second = make.member(first, phone=PHONE), make.member(second, phone=PHONE)
    first.tell("/members/sign-out", membership_id=member_of(first, "Phạm Thị Bình")["id"])
    assert in_first.get("/app/more").status_code == 303
    assert in_second.get("/app/more").status_code == 200


def test_with_one_cooperative_nothing_is_offered(manager: Door) -> None:
    assert "/app/switch/" not in manager.get("/app/more").text
