"""The demo story comes out as told, through the product's own commands."""

import re
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session, col, func, select

from tests.conftest import StandingClock
from tests.demo.conftest import NOW
from tests.people import Door
from trace.accounts.models import Membership
from trace.batches.models import Batch
from trace.batches.stock import stock_of
from trace.demo import loading, shelf, story
from trace.kit import files
from trace.kit.database import Database
from trace.ledger.models import JournalEntry
from trace.records.models import EarlyHarvest, Handling, Harvest, Record, Sale


def test_telling_it_twice_changes_nothing(told: Database, tmp_path: Path) -> None:
    with told.read() as db:
        before = db.exec(select(func.count()).select_from(JournalEntry)).one()
    assert loading.load(told, files.in_folder(tmp_path / "files"), now=NOW) is False
    with told.read() as db:
        assert db.exec(select(func.count()).select_from(JournalEntry)).one() == before


def test_all_six_batches_are_published_under_their_lot_codes(told: Database, db: Session) -> None:
    lots = set(db.exec(select(Batch.lot_code).where(Batch.state == "published")))
    assert lots == {*(one.lot.code for one in story.STORIES), story.GRADED.lot_code}


def test_batch_a_has_the_sums_of_the_story(told: Database, db: Session) -> None:
    batch = db.exec(select(Batch).where(Batch.lot_code == "TMD-DL-261108-01")).one()
    harvest = db.get_one(Harvest, batch.harvest_id)
    assert (harvest.quantity_kg, harvest.pieces) == (Decimal(2640), 1520)
    assert (batch.quantity_kg, batch.pieces) == (Decimal(1980), 1140)
    assert (harvest.brix, harvest.brix_count) == (Decimal("13.6"), 10)
    assert harvest.brix_readings == (Decimal("13.2"), Decimal("13.8"), Decimal("14.1"))
    sorting = db.exec(select(Handling).where(Handling.work == "sorting")).one()
    assert (sorting.grade1, sorting.grade2, sorting.loss) == (Decimal(1980), Decimal(530), Decimal(130))
    assert (sorting.grade1_pieces, sorting.grade2_pieces, sorting.loss_pieces) == (1140, 305, 75)
    assert (sorting.quantity_in, sorting.pieces_in) == (Decimal(1980 + 530 + 130), 1140 + 305 + 75)
    sold = db.exec(select(Sale)).one()
    assert (sold.quantity_kg, sold.pieces) == (Decimal(1980), 1140)


def test_batch_a_shows_every_level_that_the_cooperative_reaches_by_itself(
    told: Database, db: Session, stranger: Door
) -> None:
    codes = dict(db.exec(select(Batch.lot_code, Batch.code)).all())
    levels = [
        one["evidence"] for one in stranger.get(f"/b/{codes['TMD-DL-261108-01']}.json").json()["timeline"]
    ]
    assert {level: levels.count(level) for level in levels} == {
        "self-declared": len(levels) - 5,
        "photo": 2,
        "confirmed": 3,
    }
    again = stranger.get(f"/b/{codes['TMD-DL-261101-02']}.json").json()["timeline"]
    assert {one["evidence"] for one in again if one["photos"]} == {"self-declared"}  # photographs of batch A


def test_batch_b_has_six_records_written_21_days_late(told: Database, db: Session) -> None:
    late = [
        record
        for record in db.exec(select(Record)).all()
        if (record.recorded_at - record.happened_at).days >= 20
        and record.recorded_at.date().isoformat() == "2026-10-20"
    ]
    assert len(late) == 6


def test_the_story_uses_what_was_bought_but_for_one_gap(told: Database, stranger: Door) -> None:
    phone = {"phone": story.MANAGER[1], "password": story.PASSWORD}
    assert stranger.post("/sign-in", data=phone).is_redirect
    gaps = {
        one["trade_name"]: (level["unit"], level["gap"])
        for one in stranger.ask("/stock")
        for level in one["levels"]
        if Decimal(level["gap"])
    }
    assert gaps == {"Confidor 100SL": ("ml", "10")}
    used = {use["purchase_id"] for one in stranger.ask("/stock") for use in _uses(stranger, one)}
    assert None not in used
    assert {one["circular"] for one in stranger.ask("/pesticide-lists")} == {shelf.CIRCULAR}


def _uses(door: Door, one: dict[str, str]) -> list[dict[str, str]]:
    uses: list[dict[str, str]] = door.ask(f"/stock/{one['input_id']}")["uses"]
    return uses


def test_batch_c_was_held_back_until_a_manager_said_why(told: Database, db: Session, stranger: Door) -> None:
    (early,) = db.exec(select(EarlyHarvest)).all()
    harvest, spray = db.get_one(Record, early.record_id), db.get_one(Record, early.spray_id)
    assert (harvest.happened_at.day, spray.happened_at.day) == (9, 4)  # 06:30 on the 10th in Vietnam
    assert "Bão sắp vào" in early.reason
    writer = db.get_one(Membership, harvest.written_by)
    assert writer.role == "manager"
    # The recorder is refused today as then.
    assert stranger.post(
        "/sign-in", data={"phone": story.RECORDER[1], "password": story.PASSWORD}
    ).is_redirect
    again = {
        "kind": "harvest",
        "cycle_id": str(harvest.cycle_id),
        "quantity": "10",
        "unit": "kg",
        "sure": True,
    }
    answer = stranger.say("/records", **again, happened_at="2026-11-10T06:30:00+07:00")
    assert answer.status_code == 409
    assert "Ridomil Gold 68WG" in answer.json()["detail"]
    assert "18/11/2026" in answer.json()["detail"]


def _page_of(database: Database, lot: str) -> str:
    with database.read() as db:
        return db.exec(select(Batch.code).where(Batch.lot_code == lot)).one()


def test_strangers_read_it_in_both_languages(told: Database, stranger: Door) -> None:
    code = _page_of(told, "TMD-DL-261101-02")
    page = stranger.get(f"/b/{code}").text
    assert "Ghi muộn 21 ngày" in re.sub(r"\s+", " ", page)
    assert "minh họa" in page
    assert stranger.get(f"/en/b/{code}").status_code == 200


def test_the_digital_link_of_batch_a_leads_to_its_page(told: Database, stranger: Door) -> None:
    answer = stranger.get("/01/09521234560012/10/TMD-DL-261108-01")
    assert answer.status_code == 307
    assert answer.headers["location"].endswith(f"/b/{_page_of(told, 'TMD-DL-261108-01')}")


def test_only_who_agrees_stands_on_a_public_page(told: Database, stranger: Door) -> None:
    agreed = {code for code, purpose, withdrawn in story.CONSENTS if purpose == "name" and not withdrawn}
    assert agreed == {"TV-01"}
    plots = {plot: household for plot, _, household in story.PLOTS}
    for one in story.STORIES:
        code = _page_of(told, one.lot.code)
        shown = stranger.get(f"/b/{code}").text + stranger.get(f"/b/{code}.json").text
        for household, name in story.HOUSEHOLDS:
            assert (name in shown) == (household in agreed and household == plots[one.plot])


def test_its_manager_can_sign_in(told: Database, stranger: Door) -> None:
    answer = stranger.post("/sign-in", data={"phone": "0900000001", "password": story.PASSWORD})
    assert answer.status_code == 303
    assert stranger.get("/app").status_code == 200


def test_the_seventh_batch_is_of_three_greenhouses_and_says_how_much_of_each(
    told: Database, db: Session, stranger: Door
) -> None:
    code = _page_of(told, story.GRADED.lot_code)
    facts = stranger.get(f"/b/{code}.json").json()
    assert {one["plot"]: one["share"] for one in facts["plots"]} == {
        "NM-B2.2": "87/200",
        "NM-A2": "3/10",
        "NM-A1": "53/200",
    }
    assert facts["harvested_on"] == "2026-11-01"
    assert "44 % NM-B2.2" in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", stranger.get(f"/b/{code}").text))
    grown = select(Batch).where(col(Batch.lot_code).startswith("TMD-DL"))
    left = {batch.lot_code: stock_of(db, batch.id).left.kg for batch in db.exec(grown).all()}
    of_stories = Decimal("12.18") + 1140 + 4100 + 900 + 3500 + 1900
    assert sum(left.values()) + 220 == of_stories + 660 + 900 + 600


def test_one_crop_is_growing_and_its_day_shows_on_the_home_page(
    told: Database, stranger: Door, clock: StandingClock
) -> None:
    clock.now = NOW
    stranger.post("/sign-in", data={"phone": "0900000001", "password": story.PASSWORD})
    page = re.sub(r"<[^>]+>|\s+", " ", stranger.get("/app").text)
    page = re.sub(r" +", " ", page)
    assert "NM-D1 : Tuyển quả quá hạn từ 10/11/2026" in page
    assert "NM-D1 : Nuôi quả, nổi vân lưới cần làm đến 05/12/2026" in page
    assert "NM-D1 : Còn 10 ngày cách ly, thu từ 05/12/2026" in page
    assert "Như hôm qua" in page
    assert page.count("quá hạn từ") == 1  # a crop that was harvested waits for nothing more
    assert "Đã làm 4/8" in page
