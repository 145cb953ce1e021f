"""Tells the demo story through the product's own commands, each with the clock of its day."""

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pydantic import TypeAdapter
from sqlmodel import Session, select

from trace.accounts.actor import Actor
from trace.accounts.models import Cooperative
from trace.batches import commands as batches
from trace.batches.models import Batch
from trace.catalogue import commands as catalogue
from trace.catalogue import inputs, lists, purchases
from trace.catalogue.list_rules import Standing
from trace.certificates import commands as certificates
from trace.demo import books, grading, growing, people, pictures, sending, shelf, story, vouching
from trace.demo.growing import Growing
from trace.demo.people import BEGIN
from trace.demo.story import Deed, Story, at
from trace.evidence import commands as evidence
from trace.evidence import documents
from trace.evidence.attachments import Attachment
from trace.evidence.exif import RoughPlace, Taken
from trace.evidence.models import MediaType
from trace.evidence.pictures import Picture, look_at
from trace.farms import commands as farms
from trace.farms import consents
from trace.farms.models import Channel, PlotKind, Purpose
from trace.kit.clock import VIETNAM
from trace.kit.database import Database
from trace.kit.files import FileStore
from trace.kit.shortcodes import display
from trace.laboratory import commands as laboratory
from trace.records import commands as records
from trace.records.confirmations import ConfirmRecord, confirm_record
from trace.records.gate import TooEarly
from trace.records.kinds import AnyRecord
from trace.records.models import Record

_ASKED: Final = at("05/08", "19:30")
# Where a phone would say that it stood, as roughly as it is kept.
_FIELD: Final = RoughPlace(Decimal("20.81"), Decimal("106.27"))
_ANY_RECORD: Final[TypeAdapter[AnyRecord]] = TypeAdapter(AnyRecord)


def story_id(name: str, when: datetime) -> uuid.UUID:
    """A UUIDv7 of its moment whose random bits come from a name, so that the demo is the same everywhere."""
    bits = int.from_bytes(hashlib.sha256(f"demo {name}".encode()).digest()[:10], "big")
    value = (
        int(when.timestamp() * 1000) << 80
        | 0x7 << 76
        | (bits >> 68 & 0xFFF) << 64
        | 0b10 << 62
        | bits & (1 << 62) - 1
    )
    return uuid.UUID(int=value)


def load(database: Database, store: FileStore, *, now: datetime) -> bool:
    """Load the demo in one transaction. False, and nothing changed, when it is there already.

    One crop is still growing at `now`; everything else has its own days.
    """
    with database.write() as db:
        if db.get(Cooperative, story_id("cooperative", BEGIN)):
            return False
        teller = Teller(db, store, *people.people(db, story_id))
        teller.prepare()
        teller.stock_up()
        teller.ask()
        for one in story.STORIES:
            teller.tell(one)
        grading.tell(db, story.GRADED, recorder=teller.recorder, manager=teller.manager, ids=story_id)
        sending.tell(db, store, recorder=teller.recorder, ids=story_id, now=now)
        teller.vouch()
        teller.keep_books()
        teller.grow(growing.growing(now))
    return True


def addresses(database: Database, public_url: str) -> Iterator[tuple[str, str]]:
    """(what, where) for each page of the demo, as `serve --demo` prints them."""
    yield "home", f"{public_url}/"
    yield "members", f"{public_url}/sign-in  ({story.MANAGER[1]}, password: {story.PASSWORD})"
    yield "partner", f"{public_url}/sign-in  ({story.RECEIVER[1]}, the same password)"
    with database.read() as db:
        told = [(one.letter, one.lot.code) for one in story.STORIES]
        for letter, lot_code in [*told, (story.GRADED.letter, story.GRADED.lot_code)]:
            code = db.exec(select(Batch.code).where(Batch.lot_code == lot_code)).first()
            if code:
                yield f"batch {letter}", f"{public_url}/b/{code}  ({lot_code}, {display(code)})"
    yield "GS1 Digital Link", f"{public_url}/01/0{story.PRODUCTS[0]['gtin']}/10/{story.STORIES[0].lot.code}"


@dataclass
class Teller:
    """Carries the story out, remembering what it made under the names the story uses."""

    db: Session
    store: FileStore
    manager: Actor
    recorder: Actor
    households: dict[str, uuid.UUID] = field(default_factory=dict)
    plots: dict[str, uuid.UUID] = field(default_factory=dict)
    products: list[uuid.UUID] = field(default_factory=list)
    inputs: dict[str, uuid.UUID] = field(default_factory=dict)
    lots: dict[str, uuid.UUID] = field(default_factory=dict)
    cycles: dict[str, uuid.UUID] = field(default_factory=dict)

    def prepare(self) -> None:
        """Households, the growing area, plots, products."""
        for code, name in story.HOUSEHOLDS:
            household = farms.AddHousehold(id=story_id(code, BEGIN), code=code, name=name)
            self.households[code] = farms.add_household(self.db, household, by=self.manager, now=BEGIN).id
        area = farms.add_area(
            self.db,
            farms.AddArea(
                id=story_id("area", BEGIN), name="Vùng dưa Trường Tân", puc="VN-HDOR-9001", crop="Dưa lưới",
                area="8500", commune_code="11065",
            ),
            by=self.manager,
            now=BEGIN,
        )  # fmt: skip
        for code, square_metres, household_code in story.PLOTS:
            plot = farms.AddPlot(
                id=story_id(code, BEGIN), area_id=area.id, household_id=self.households[household_code],
                code=code, kind=PlotKind.GREENHOUSE, area=square_metres,
            )  # fmt: skip
            self.plots[code] = farms.add_plot(self.db, plot, by=self.manager, now=BEGIN).id
        for product in story.PRODUCTS:
            said = {name: value for name, value in product.items() if name != "picture"}
            photo = self._photo(product["picture"], BEGIN) if "picture" in product else None
            command = catalogue.AddProduct(
                id=story_id(product["gtin"], BEGIN), brand="Tân Minh Đức (minh họa)", photo_id=photo, **said
            )
            self.products.append(catalogue.add_product(self.db, command, by=self.manager, now=BEGIN).id)

    def ask(self) -> None:
        """What the people of the households agree to; one of them thinks better of it."""
        for code, picture in story.PORTRAITS.items():
            portrait = consents.SetPortrait(
                id=story_id(f"portrait {code}", _ASKED),
                household_id=self.households[code],
                photo_id=self._photo(picture, _ASKED),
            )
            consents.set_portrait(self.db, portrait, store=self.store, by=self.manager, now=_ASKED)
        for code, purpose, withdrawn in story.CONSENTS:
            said = {"household_id": self.households[code], "purpose": Purpose(purpose)}
            given = consents.GiveConsent(
                id=story_id(f"consent {code} {purpose}", _ASKED), wording=1, channel=Channel.SPOKEN, **said
            )
            consents.give_consent(self.db, given, by=self.recorder, now=_ASKED)
            if withdrawn:
                when = at(withdrawn, "19:00")
                ending = consents.WithdrawConsent(id=story_id(f"withdrawal {code} {purpose}", when), **said)
                consents.withdraw_consent(self.db, ending, by=self.recorder, now=when)

    def stock_up(self) -> None:
        """The lists, the labels, and what was bought."""
        for standing, text in ((Standing.ALLOWED, shelf.ALLOWED), (Standing.BANNED, shelf.BANNED)):
            look = lists.preview_list(self.db, self.store, text.encode(), standing, by=self.manager)
            command = lists.ImportList(
                id=story_id(f"list {standing}", BEGIN), standing=standing, circular=shelf.CIRCULAR,
                in_force_on=date(2026, 2, 10), file_sha256=look.file_sha256,
            )  # fmt: skip
            lists.import_list(self.db, self.store, command, by=self.manager, now=BEGIN)
        for one in shelf.SHELF:
            added = inputs.AddInput(id=story_id(one.name, BEGIN), **one.said)
            self.inputs[one.name] = inputs.add_input(self.db, added, by=self.manager, now=BEGIN).id
            for pack in one.packs:
                self._buy(one, pack)

    def _buy(self, one: shelf.OnShelf, pack: shelf.Pack) -> None:
        written = datetime.combine(pack.bought_on, time(19), tzinfo=VIETNAM)
        command = purchases.RecordPurchase(
            id=story_id(pack.lot, written), input_id=self.inputs[one.name], bought_on=pack.bought_on,
            packs=pack.packs, content=Decimal(pack.content), unit=one.said["unit"], lot_number=pack.lot,
            expires_on=pack.expires_on, supplier="Đại lý vật tư (minh họa)",
        )  # fmt: skip
        bought = purchases.record_purchase(self.db, command, by=self.recorder, now=written)
        self.lots[pack.lot] = self.lots[one.name] = bought.id

    def _used(self, done: Deed) -> dict[str, uuid.UUID]:
        """The input of a deed and its lot; sowing says the lot, everything else was bought once."""
        said = done.said
        name = "TL3" if done.kind == "sowing" else said.get("trade_name") or said.get("fertiliser")
        lot = self.lots.get(str(said.get("seed_lot") or name))
        if name not in self.inputs or lot is None:
            return {}
        return {"input_id": self.inputs[name], "purchase_id": lot}

    def tell(self, one: Story) -> None:
        """One crop: its cycle, its diary in the order it was written, its batch and its page."""
        cycle = self._open(one)
        for done in sorted(one.deeds, key=lambda done: done.when + done.written_after):
            written = self._write(one, cycle, done)
            if done.kind == "harvest":
                self._pack(one, written)

    def grow(self, one: Growing) -> None:
        """A crop that has no harvest yet."""
        cycle = self._open(one)
        for done in one.deeds:
            self._write(one, cycle, done)

    def _open(self, one: Story | Growing) -> uuid.UUID:
        opening = records.OpenCycle(
            id=story_id(f"cycle {one.letter}", one.opened),
            plot_id=self.plots[one.plot],
            product_id=self.products[0],
            name="Thu đông 2026",
            variety="TL3" if one.sown else None,
            sown_on=one.sown,
            sure=True,
        )
        cycle = records.open_cycle(self.db, opening, by=self.recorder, now=one.opened).id
        self.cycles[one.letter] = cycle
        return cycle

    def keep_books(self) -> None:
        """What the cooperative's manager wrote down beside the crops."""
        for done in books.BOOKS:
            written = done.when + done.written_after
            command = _ANY_RECORD.validate_python(
                {
                    "id": story_id(f"{done.kind} {done.when}", written),
                    "kind": done.kind,
                    "happened_at": done.when,
                    "recorded_at": written,
                    **done.said,
                }
            )
            records.record_work(self.db, command, by=self.manager, now=written + timedelta(seconds=40))

    def _write(self, one: Story | Growing, cycle: uuid.UUID, done: Deed) -> uuid.UUID:
        """The record of a deed, written some time after it and received a little later still."""
        written = done.when + done.written_after
        photos = [self._photo(done.picture, written, taken=done.when)] if done.picture else []
        command = _ANY_RECORD.validate_python(
            {
                "id": story_id(f"{one.letter} {done.kind} {done.when} {done.said}", written),
                "kind": done.kind,
                "cycle_id": cycle,
                "happened_at": done.when,
                "recorded_at": written,
                "household_id": self._household(one),
                "photo_ids": photos,
                "photos_public": bool(photos),
                "sure": True,
                **self._used(done),
                **done.said,
            }
        )
        record = self._let_go(command, done, now=written + timedelta(seconds=40))
        if done.seen:
            evening = written + timedelta(hours=9)
            confirmed = ConfirmRecord(id=story_id(f"seen {command.id}", evening), record_id=record.id)
            confirm_record(self.db, confirmed, by=self.manager, now=evening)
        return record.id

    def _let_go(self, command: AnyRecord, done: Deed, *, now: datetime) -> Record:
        """The recorder writes it; where the gate holds a harvest back, the manager does, and says why."""
        if not done.overridden_because:
            return records.record_work(self.db, command, by=self.recorder, now=now)
        try:
            records.record_work(self.db, command, by=self.recorder, now=now)
        except TooEarly:
            decided = command.model_copy(update={"early_reason": done.overridden_because})
            return records.record_work(self.db, decided, by=self.manager, now=now + timedelta(minutes=10))
        raise AssertionError(f"the gate let {done.when} through")

    def vouch(self) -> None:
        """What certifiers and laboratories said, each with its paper."""
        for one in vouching.CERTIFICATES:
            stated = certificates.StateCertificate(
                id=story_id(one.number, one.stated),
                product_ids=[self.products[0]],
                plot_ids=[self.plots[code] for code in one.plots],
                document_id=self._paper(one.paper, one.stated),
                **one.said,
            )
            certificates.state_certificate(self.db, stated, by=self.manager, now=one.stated)
        for test in vouching.TESTS:
            written = laboratory.RecordTest(
                id=story_id(test.number, test.written),
                plot_id=self.plots.get(test.plot),
                cycle_id=self.cycles.get(test.letter),
                document_id=self._paper(test.paper, test.written),
                **test.said,
            )
            laboratory.record_test(self.db, written, by=self.recorder, now=test.written)

    def _paper(self, content: bytes, when: datetime) -> uuid.UUID:
        paper = Attachment(content, MediaType.PDF)
        return documents.keep_attachments(self.db, self.store, [paper], by=self.recorder, now=when)[0].id

    def _household(self, one: Story | Growing) -> uuid.UUID:
        return next(self.households[household] for code, _, household in story.PLOTS if code == one.plot)

    def _pack(self, one: Story, harvest: uuid.UUID) -> None:
        lot = one.lot
        made = batches.MakeBatch(
            id=story_id(f"batch {one.letter}", lot.made),
            harvest_id=harvest,
            lot_code=lot.code,
            quantity=lot.kg,
            pieces=lot.pieces,
            packed_on=lot.packed,
            sure=True,
        )
        batch = batches.make_batch(self.db, made, by=self.recorder, now=lot.made)
        published = lot.made + timedelta(hours=3)
        opening = batches.PublishBatch(id=story_id(f"page {one.letter}", published), batch_id=batch.id)
        batches.publish_batch(self.db, opening, by=self.manager, now=published)

    def _photo(self, name: str, when: datetime, *, taken: datetime | None = None) -> uuid.UUID:
        """The first crop's photographs are of its work; where others show them again, they count for nothing."""
        picture = replace(_picture(name), taken=Taken(taken, _FIELD, "app")) if taken else _picture(name)
        return evidence.keep_pictures(self.db, self.store, [picture], by=self.recorder, now=when)[0].id


@lru_cache
def _picture(name: str) -> Picture:
    return look_at(pictures.jpeg(name))
