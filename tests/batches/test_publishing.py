"""A manager publishes a batch, once."""

import uuid

from sqlmodel import Session, select

from tests.batches.making import batch, correct, harvest, published, retract
from tests.catalogue.making import gtin, product
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.batches import queries
from trace.batches.models import Batch
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


def test_a_manager_publishes_and_the_journal_says_so(manager: Door, db: Session) -> None:
    shown = published(manager)
    assert (shown["state"], shown["published_at"]) == ("published", "2026-11-10T01:30:00Z")
    entry = db.exec(select(JournalEntry).where(JournalEntry.kind == "batch.published")).one()
    assert str(entry.subject_id) == shown["id"]


def test_a_recorder_does_not_publish(make: Factory, manager: Door) -> None:
    made = batch(manager)
    assert make.member(manager, "recorder").say(f"/batches/{made['id']}/publish").status_code == 403


def test_the_same_publication_sent_again_is_the_same_and_another_is_refused(manager: Door) -> None:
    made, once = batch(manager), str(new_id())
    answers = [manager.say(f"/batches/{made['id']}/publish", id=once) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    again = manager.say(f"/batches/{made['id']}/publish")
    assert (again.status_code, again.json()["detail"]) == (409, "Lô này đã được công bố rồi.")


def test_a_batch_of_a_retracted_harvest_is_not_published(manager: Door) -> None:
    cut = harvest(manager)
    made = batch(manager, harvest_id=cut["id"])
    retract(manager, cut)
    assert manager.say(f"/batches/{made['id']}/publish").status_code == 409


def test_a_batch_of_a_corrected_harvest_is_published(manager: Door) -> None:
    cut = harvest(manager)
    made = batch(manager, harvest_id=cut["id"])
    correct(manager, cut, quantity="119")
    manager.tell(f"/batches/{made['id']}/publish")


def test_a_batch_is_found_by_its_code_and_by_gtin_and_lot(manager: Door, db: Session) -> None:
    melon = product(manager, gtin=gtin("952123456001"))
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])
    made = batch(manager, harvest_id=cut["id"], lot_code="DOT-1")
    stored = db.get_one(Batch, uuid.UUID(made["id"]))
    assert queries.by_code(db, made["code"]) == stored
    assert queries.by_code(db, "0000000A") is None
    assert queries.by_lot(db, "09521234560012", "dot-1") == stored
    assert queries.by_lot(db, "09521234560012", "DOT-2") is None
    assert queries.by_lot(db, "09521234560029", "DOT-1") is None
