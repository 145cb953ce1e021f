"""What left the demo cooperative and what came in: to whom, how it travelled, and what the receivers said."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, Literal

from sqlmodel import Session, select

from trace.accounts.actor import Actor
from trace.batches import units
from trace.batches.models import Batch
from trace.batches.operation_kinds import Taken
from trace.catalogue import commands as catalogue
from trace.catalogue import partners
from trace.catalogue.models import PartnerKind, Product
from trace.demo import people, pictures, story
from trace.demo.people import Ids
from trace.demo.story import at
from trace.evidence import commands as evidence
from trace.evidence.pictures import look_at
from trace.kit.files import FileStore
from trace.shipments import answers, links, queries, receiving, returns
from trace.shipments.commands import Dispatch, dispatch
from trace.shipments.models import Verdict

_SUPERMARKET: Final = "Siêu thị Sao Mai (minh họa)"
_DEALER: Final = "Đại lý trái cây Gia Lộc (minh họa)"
_SHOP: Final = "Cửa hàng rau quả Phố Bắc (minh họa)"
# (name, kind, telephone, commune); of the neighbour the tax code is known, too.
_PARTNERS: Final = (
    (_SUPERMARKET, PartnerKind.BUYER, "0900 000 011", "10675"),
    (_DEALER, PartnerKind.BUYER, "0900 000 012", "10999"),
    (_SHOP, PartnerKind.BUYER, "0900 000 013", "10606"),
    (people.NEIGHBOUR, PartnerKind.BOTH, "0900 000 004", "10813"),
    ("Vườn dưa chú Ba (minh họa)", PartnerKind.SUPPLIER, "0900 000 021", "11020"),
    ("Vườn dưa cô Tư (minh họa)", PartnerKind.SUPPLIER, "0900 000 022", "11050"),
)
_A_FRUIT: Final = Decimal("1.74")
_IN_A_BOX: Final = 6


@dataclass(frozen=True)
class Said:
    """What the receiver said, when and which way; what was not kept is of the only batch of the trip."""

    way: Literal["told", "link", "platform"]
    when: datetime
    not_kept: str = "0"
    pieces: int = 0
    reason: str | None = None


@dataclass(frozen=True)
class Trip:
    """So much of one batch to one partner. The first fruit of it lie in boxes on a pallet, if there are any."""

    letter: str
    to: str
    left: datetime
    kg: str
    pieces: int
    document: str
    vehicle: str
    temperature: str
    seal: str | None = None
    boxes: int = 0
    said: Said | None = None


TRIPS: Final = (
    Trip(
        "A", _SUPERMARKET, at("09/11", "20:00"), "1200", 691, "PX-0147", "15C-000.01", "12.5", "VN0042",
        boxes=4, said=Said("told", at("10/11", "05:30")),
    ),
    Trip(
        "A", _DEALER, at("09/11", "20:30"), "500", 288, "PX-0148", "34C-000.02", "13",
        said=Said("link", at("10/11", "06:10"), "20.9", 12, "12 quả dập, sọt xếp quá ba lớp."),
    ),
    Trip(
        "A", people.NEIGHBOUR, at("09/11", "20:50"), "280", 161, "PX-0149", "34C-000.02", "13",
        said=Said("platform", at("10/11", "07:15")),
    ),
    Trip(
        "D", _SUPERMARKET, at("13/11", "20:00"), "1500", 866, "PX-0152", "15C-000.01", "12", "VN0047",
        said=Said("told", at("14/11", "05:40")),
    ),
    Trip(
        "D", _DEALER, at("14/11", "05:30"), "900", 520, "PX-0153", "34C-000.02", "13.5",
        said=Said("told", at("14/11", "08:00"), "34.8", 20, "20 quả chưa đủ vân lưới."),
    ),
    Trip("D", _SHOP, at("14/11", "17:30"), "300", 173, "PX-0154", "34C-000.03", "14"),
    # Two that nobody has answered yet: one waits for the neighbour, one for whoever opens the link.
    Trip("B", people.NEIGHBOUR, at("22/11", "06:00"), "240", 139, "PX-0161", "34C-000.02", "13"),
    Trip("B", _SHOP, at("22/11", "06:30"), "120", 70, "PX-0162", "34C-000.03", "13"),
)  # fmt: skip


def tell(db: Session, store: FileStore, *, recorder: Actor, ids: Ids, now: datetime) -> None:
    """Each with the clock of its day; the link of the last trip was made at `now`, so that it still opens."""
    teller = Teller(db, store, recorder, people.neighbour(db, ids), ids)
    teller.meet()
    for trip in TRIPS:
        teller.send(trip)
    teller.take_in()
    last = links.MakeLink(id=ids("open link", now), shipment_id=teller.sent[TRIPS[-1]], days=30)
    links.make_link(db, last, by=recorder, now=now)


@dataclass
class Teller:
    """Carries it out, remembering what it made."""

    db: Session
    store: FileStore
    recorder: Actor
    receiver: Actor
    ids: Ids
    partners: dict[str, uuid.UUID] = field(default_factory=dict)
    sent: dict[Trip, uuid.UUID] = field(default_factory=dict)

    def meet(self) -> None:
        for name, kind, phone, commune in _PARTNERS:
            added = partners.AddPartner(
                id=self.ids(name, people.BEGIN),
                kind=kind,
                name=name,
                phone=phone,
                tax_code=people.NEIGHBOURS_TAX_CODE if name == people.NEIGHBOUR else None,
                commune_code=commune,
            )
            partner = partners.add_partner(self.db, added, by=self.recorder, now=people.BEGIN)
            self.partners[name] = partner.id

    def send(self, trip: Trip) -> None:
        batch = self._batch(trip.letter)
        boxed = trip.boxes * _IN_A_BOX
        loose = Taken(batch_id=batch.id, kg=Decimal(trip.kg) - boxed * _A_FRUIT, pieces=trip.pieces - boxed)
        written = trip.left + timedelta(minutes=6)
        command = Dispatch(
            id=self.ids(f"trip {trip.document}", written),
            happened_at=trip.left,
            partner_id=self.partners[trip.to],
            inputs=(loose,),
            unit_ids=(self._pallet(trip, batch),) if trip.boxes else (),
            document=trip.document,
            vehicle=f"{trip.vehicle} (minh họa)",
            temperature=Decimal(trip.temperature),
            seal=trip.seal,
        )
        self.sent[trip] = dispatch(self.db, command, by=self.recorder, now=written).id
        if trip.said:
            self._answer(trip, trip.said, batch)

    def _pallet(self, trip: Trip, batch: Batch) -> uuid.UUID:
        """Stacked in the afternoon before it left."""
        packing = trip.left - timedelta(hours=4)
        content = Taken(batch_id=batch.id, kg=_IN_A_BOX * _A_FRUIT, pieces=_IN_A_BOX)
        boxes = []
        for number in range(trip.boxes):
            done = packing + timedelta(minutes=number)
            name = f"box {trip.document} {number}"
            box = units.PackBox(id=self.ids(name, done), contents=(content,), happened_at=done)
            boxes.append(units.pack_box(self.db, box, by=self.recorder, now=done).id)
        stacked = packing + timedelta(minutes=30)
        loading = units.LoadPallet(
            id=self.ids(f"pallet {trip.document}", stacked), box_ids=tuple(boxes), happened_at=stacked
        )
        return units.load_pallet(self.db, loading, by=self.recorder, now=stacked).id

    def _answer(self, trip: Trip, said: Said, batch: Batch) -> None:
        shipment_id = self.sent[trip]
        rest = Decimal(trip.kg) - Decimal(said.not_kept)
        kept = answers.Kept(batch_id=batch.id, accepted_kg=rest, accepted_pieces=trip.pieces - said.pieces)
        id_ = self.ids(f"answer {trip.document}", said.when)
        verdict = Verdict.PARTLY if said.reason else Verdict.ACCEPTED
        now = said.when + timedelta(minutes=4)
        if said.way == "told":
            told = answers.AnswerForBuyer(
                id=id_, shipment_id=shipment_id, verdict=verdict, happened_at=said.when, reason=said.reason,
                kept=(kept,) if said.reason else (),
            )  # fmt: skip
            answers.answer_for_buyer(self.db, told, by=self.recorder, now=now)
        elif said.way == "link":
            self._answer_by_link(trip, said, kept)
        else:
            code = queries.sent(self.db, shipment_id).code
            taken = answers.TakenIn(batch_id=batch.id, product_id=self._product_of_receiver())
            took = answers.AnswerConsignment(
                id=id_, code=code, verdict=verdict, happened_at=said.when, kept=(taken,)
            )
            answers.answer_consignment(self.db, took, by=self.receiver, now=now)

    def _answer_by_link(self, trip: Trip, said: Said, kept: answers.Kept) -> None:
        """With a photograph; what came back in the evening was looked through."""
        shipment_id, made = self.sent[trip], trip.left + timedelta(minutes=20)
        making = links.MakeLink(id=self.ids(f"link {trip.document}", made), shipment_id=shipment_id, days=3)
        token = links.make_link(self.db, making, by=self.recorder, now=made).token
        now = said.when + timedelta(minutes=4)
        link = links.of_token(self.db, token, now=now)
        by = links.maker(self.db, link)
        picture = look_at(pictures.jpeg("bruised"))
        photos = evidence.keep_pictures(self.db, self.store, [picture], by=by, now=now)
        answer = answers.AnswerByLink(
            id=self.ids(f"answer {trip.document}", said.when), verdict=Verdict.PARTLY, happened_at=said.when,
            reason=said.reason, kept=(kept,), photo_ids=tuple(one.id for one in photos),
        )  # fmt: skip
        answers.answer_by_link(self.db, answer, link=link, by=by, now=now)
        evening = said.when + timedelta(hours=11)
        good = 7
        back = returns.CameBack(
            batch_id=kept.batch_id, good_kg=good * _A_FRUIT, good_pieces=good,
            unfit_kg=Decimal(said.not_kept) - good * _A_FRUIT, unfit_pieces=said.pieces - good,
        )  # fmt: skip
        taking_in = returns.TakeInReturn(
            id=self.ids(f"return {trip.document}", evening), happened_at=evening, shipment_id=shipment_id,
            lines=(back,),
        )  # fmt: skip
        returns.take_in_return(self.db, taking_in, by=self.recorder, now=evening + timedelta(minutes=5))

    def take_in(self) -> None:
        """Two neighbours who grow for themselves brought a little, and both call their lot the same."""
        product = self.db.exec(select(Product).where(Product.gtin == f"0{story.PRODUCTS[2]['gtin']}")).one()
        came = at("12/11", "09:00")
        for number, (name, kind, *_) in enumerate(_PARTNERS):
            if kind == PartnerKind.SUPPLIER:
                lot = receiving.ReceivedLot(
                    product_id=product.id, kg=Decimal(60), pieces=150, their_lot="L-07",
                    harvested_on=came.date() - timedelta(days=1),
                )  # fmt: skip
                goods = receiving.ReceiveGoods(
                    id=self.ids(f"goods {name}", came), happened_at=came + timedelta(minutes=number),
                    partner_id=self.partners[name], document=f"BK-{number:02}", lots=(lot,),
                )  # fmt: skip
                receiving.receive_goods(self.db, goods, by=self.recorder, now=came + timedelta(minutes=20))

    def _product_of_receiver(self) -> uuid.UUID:
        added = catalogue.AddProduct(
            id=self.ids("product of the receiver", people.BEGIN), name="Dưa lưới mua về", lot_prefix="TH-DL"
        )
        return catalogue.add_product(self.db, added, by=self.receiver, now=people.BEGIN).id

    def _batch(self, letter: str) -> Batch:
        lot_code = next(one.lot.code for one in story.STORIES if one.letter == letter)
        return self.db.exec(select(Batch).where(Batch.lot_code == lot_code)).one()
