"""A cooperative registers, and its manager is signed in."""

from sqlmodel import Session, select

from tests.people import PASSWORD, Door, Factory, registration
from trace.accounts.models import Cooperative, Membership
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


def test_the_same_tax_code_is_registered_once(make: Factory, stranger: Door) -> None:
    make.manager(tax_code="0100109106")
    answer = stranger.post("/register", data=registration(tax_code="0100109106"))
    assert answer.status_code == 409
    assert "đã được đăng ký" in answer.text
