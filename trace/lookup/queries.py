"""What strangers ask: the facts of a published batch, the way to it from a GS1 code, its photographs.

Strangers come in crowds, so these select columns; the number of statements does not grow with the diary.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.models import Cooperative
from trace.batches import ancestry, holds, states, supplied
from trace.batches import rules as batch_rules
from trace.batches.ancestry import Origin
from trace.batches.models import Batch, BatchRecall, State
from trace.batches.recalled import called_back
from trace.catalogue.models import FormerGtin, Product
from trace.certificates import queries as certificates
from trace.evidence.models import Photo
from trace.farms import queries as farms
from trace.farms.models import GrowingArea, Household, Plot, Purpose
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.laboratory import queries as laboratory
from trace.lookup import crops, telling, vouching
from trace.lookup.crops import Crop
from trace.lookup.facts import (
    SELF_DECLARED,
    BatchFacts,
    CooperativeFacts,
    PhotoFacts,
    RecallFacts,
    SupplierFacts,
)
from trace.lookup.rules import days_left
from trace.records.models import CropCycle, Record, RecordPhoto
from trace.records.timeline import timeline

_COOPERATIVE: Final = "name street commune_label commune_code former_label tax_code hotline gln illustration"
_MOST_LOTS: Final = 50


class UnknownCode(NotFound):
    """The code could exist, but nobody was given it."""

    def __init__(self) -> None:
        super().__init__(N_("No batch has this code. Compare it with the label once more."))


class Unpublished(NotFound):
    """The batch exists, but its cooperative has not published it yet; it may be called back all the same."""

    def __init__(self, recalled: RecallFacts | None) -> None:
        if recalled:
            super().__init__(
                N_("The cooperative has called this batch back: {words}"), words=recalled.message
            )
        else:
            super().__init__(N_("The cooperative has not published this batch yet."))
        self.recalled = recalled


def public_facts(db: Session, code: str, *, today: date) -> BatchFacts:
    """All that is public about a batch; raises UnknownCode or Unpublished."""
    row = _row(db, code)
    if row is None:
        raise UnknownCode
    recalled = _recalled(db, row.id)
    if row.state == State.DRAFT:
        raise Unpublished(recalled)
    found, others = _origins(db, row), _others(db, row)
    rows = _crops(db, row, {one.cycle_id for one in found})
    lines = {cycle_id: timeline(db, cycle_id) for cycle_id in rows}
    faces = any(line.faces for line in chain.from_iterable(lines.values()))
    agreed = farms.households_in_photos(db, row.cooperative_id) if faces else frozenset()
    shown = {
        line.id: telling.public_photos(line, agreed, rows[cycle_id].household)
        for cycle_id, diary in lines.items()
        for line in diary
    }
    pictured = {one.household_portrait for one in rows.values() if one.household_pictured}
    photos = _photos(db, {row.product_photo, *pictured, *chain.from_iterable(shown.values())} - {None})
    grown = {
        cycle_id: Crop(
            rows[cycle_id],
            telling.Telling(
                diary,
                {line.id: [photos[one] for one in shown[line.id]] for line in diary},
                plot=rows[cycle_id].plot_code,
                harvested_on=max(one.harvested_on for one in found if one.cycle_id == cycle_id),
                published_at=row.published_at,
            ),
        )
        for cycle_id, diary in lines.items()
    }
    origins = [crops.origin(one, grown[one.cycle_id], photos) for one in found]
    entries = crops.timeline(grown.values())
    held = holds.open_holds_of(db, row.id)
    ends = states.ends_of(db, [row.id])[row.id]
    vouched = [vouching.certificate(claim, today=today) for claim in certificates.shown_on(db, row.id)]
    tested = [vouching.test(one) for one in laboratory.shown_on(db, row.id)]
    waits_for = crops.wait_of(origins)
    return BatchFacts(
        code=row.code,
        state=row.state,
        published_at=row.published_at,
        recalled=recalled,
        on_hold=bool(held),
        holds=[telling.held(one) for one in held],
        stand=states.stand(row.state, ends, on_hold=bool(held), recalled=recalled is not None),
        ends=[telling.ended(one) for one in ends],
        lot_code=row.lot_code,
        harvested_on=crops.first_harvest(row.harvested_on, found, others),
        packed_on=row.packed_on,
        best_before=row.best_before,
        days_left=days_left(row.best_before, today),
        quantity=row.quantity,
        unit=row.unit,
        quantity_kg=row.quantity_kg,
        pieces=row.pieces,
        harvest_entry=crops.entry_of(origins),
        harvest_due_from=waits_for.harvest_from if waits_for else None,
        interval=crops.interval_of(origins, alone=not others),
        waits_for=waits_for,
        overrides=crops.overrides_of(origins),
        undeclared_intervals=crops.undeclared_of(origins),
        changed_after_publication=telling.changes(entries),
        evidence=SELF_DECLARED,
        product=telling.product(row, photos),
        cooperative=telling.cooperative(row),
        place=origins[0].place if len(grown) == 1 and not others else None,
        cycle=origins[0].cycle if len(grown) == 1 and not others else None,
        plots=crops.plots(found),
        origins=origins,
        suppliers=others,
        certificates=vouched,
        tests=tested,
        timeline=entries,
        missing=[
            *telling.missing(row, origins, entries, others=bool(others)),
            *vouching.missing(vouched, tested),
        ],
    )


def _recalled(db: Session, batch_id: uuid.UUID) -> RecallFacts | None:
    found = called_back(db, [batch_id]).get(batch_id)
    return telling.recalled(found) if found else None


class CalledBackLot(NamedTuple):
    code: str
    lot_code: str


class TradeItem(NamedTuple):
    """What a shopper may know of a product before anybody knows the lot."""

    name: str
    cooperative: str
    illustration: bool
    variety: str | None
    brand: str | None
    origin: str
    net_content: str | None
    storage: str | None
    called_back: tuple[CalledBackLot, ...]


def product_of_gtin(db: Session, gtin14: str) -> TradeItem:
    """A product that has a published batch, so that drafts stay unknown; of several, the one with this GTIN today."""
    had = select(col(FormerGtin.product_id)).where(col(FormerGtin.gtin) == gtin14)
    found = db.execute(
        select(
            col(Product.id),
            col(Product.name),
            col(Cooperative.name),
            col(Cooperative.illustration),
            *_columns(Product, "variety brand origin net_content storage"),
        )
        .join(Cooperative, col(Cooperative.id) == Product.cooperative_id)
        .where(
            or_(col(Product.gtin) == gtin14, col(Product.id).in_(had)),
            exists().where(
                col(Batch.product_id) == Product.id,
                or_(
                    col(Batch.state) == State.PUBLISHED, col(Batch.id).in_(select(col(BatchRecall.batch_id)))
                ),
            ),
        )
        .order_by(case((col(Product.gtin) == gtin14, 0), else_=1), col(Product.id))
    ).first()
    if found is None:
        raise NotFound(N_("Nobody here sells a product with this GTIN."))
    product_id, *said = found
    lots = db.execute(
        select(col(Batch.code), col(Batch.lot_code))
        .join(BatchRecall, col(BatchRecall.batch_id) == col(Batch.id))
        .where(col(Batch.product_id) == product_id)
        .order_by(col(BatchRecall.said_at).desc(), col(Batch.lot_code))
        .limit(_MOST_LOTS)
    )
    return TradeItem._make([*said, tuple(CalledBackLot(*lot) for lot in lots)])


class Organisation(NamedTuple):
    """What anybody may know of a cooperative that sells something here."""

    facts: CooperativeFacts
    products: list[tuple[str, str | None]]


def organisation_of_gln(db: Session, gln: str) -> Organisation:
    """The cooperative that states this location number; one that published nothing stays unknown."""
    row = db.execute(
        select(col(Cooperative.id), *_columns(Cooperative, _COOPERATIVE, "coop_"))
        .where(
            col(Cooperative.gln) == gln,
            exists().where(col(Batch.cooperative_id) == Cooperative.id, col(Batch.state) == State.PUBLISHED),
        )
        .order_by(col(Cooperative.registered_at), col(Cooperative.id))
    ).first()
    if row is None:
        raise NotFound(N_("Nobody here has this location number."))
    sold = db.execute(
        select(col(Product.name), col(Product.gtin))
        .where(
            col(Product.cooperative_id) == row.id,
            exists().where(col(Batch.product_id) == Product.id, col(Batch.state) == State.PUBLISHED),
        )
        .order_by(col(Product.name), col(Product.id))
    )
    return Organisation(telling.cooperative(row), [(one.name, one.gtin) for one in sold])


class PublicPhoto(NamedTuple):
    """The hashes of both sizes, and whether it is shown only because a person agreed to it."""

    large: str
    small: str
    by_consent: bool


def public_photo(db: Session, code: str, photo_id: uuid.UUID) -> PublicPhoto:
    """The photograph, if strangers may see it with this batch at this moment."""
    row = _row(db, code)
    if row is None or row.state == State.DRAFT:
        raise NotFound
    cycles = [row.cycle_id] if row.cycle_id else [one.cycle_id for one in ancestry.origins(db, row.id)]
    agrees = farms.agreed(func.coalesce(col(Record.household_id), col(Plot.household_id)), Purpose.PHOTO)
    plain = or_(literal(row.product_photo == photo_id), _told(photo_id, cycles, col(Record.faces).is_(False)))
    by_consent = or_(
        _portrayed(photo_id, cycles), _told(photo_id, cycles, col(Record.faces).is_(True), agrees)
    )
    found = db.execute(
        select(col(Photo.sha256), col(Photo.small_sha256), plain).where(
            col(Photo.id) == photo_id, or_(plain, by_consent)
        )
    ).first()
    if found is None:
        raise NotFound
    large, small, without = found
    return PublicPhoto(large, small, not without)


def _portrayed(photo_id: uuid.UUID, cycles: list[uuid.UUID]) -> ColumnElement[bool]:
    """Whether it is the portrait of somebody who grew one of these crops and agrees to it."""
    return exists(
        select(col(Household.id))
        .join(Plot, col(Plot.household_id) == col(Household.id))
        .join(CropCycle, col(CropCycle.plot_id) == col(Plot.id))
        .where(
            col(CropCycle.id).in_(cycles),
            col(Household.portrait_id) == photo_id,
            farms.agreed(col(Household.id), Purpose.PHOTO),
        )
    )


def _told(photo_id: uuid.UUID, cycles: list[uuid.UUID], *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a record of one of these crops shows the photograph."""
    later = aliased(Record)
    return exists(
        select(col(RecordPhoto.photo_id))
        .join(Record, col(Record.id) == col(RecordPhoto.record_id))
        .join(CropCycle, col(CropCycle.id) == col(Record.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .where(
            col(RecordPhoto.photo_id) == photo_id,
            col(Record.cycle_id).in_(cycles),
            col(Record.photos_public).is_(True),
            *which,
            # What was corrected or taken back shows no pictures any more: that is how a picture is withdrawn.
            ~exists().where(col(later.corrects_id) == Record.id).correlate(Record),
        )
    )


def _origins(db: Session, row: Row[Any]) -> list[Origin]:
    """The harvests that the batch is of. What is of one only is known without asking."""
    if row.harvest_id is None:
        return ancestry.origins(db, row.id)
    return [
        Origin(
            harvest_id=row.harvest_id,
            latest_id=row.harvest_id,
            standing=batch_rules.Standing.STANDS,  # the diary itself says what became of it
            share=Fraction(1),
            percent=100,
            harvested_on=row.harvested_on,
            cycle_id=row.cycle_id,
            cycle=row.cycle_name,
            plot_id=row.plot_id,
            plot=row.plot_code,
            household=row.household,
        )
    ]


def _others(db: Session, row: Row[Any]) -> list[SupplierFacts]:
    """What others grew of it, as far as their own page shows it. A batch of one harvest is known to be all ours."""
    if row.harvest_id:
        return []
    lots = supplied.supplied(db, row.id)
    pages = _pages(db, [one.sender_batch_id for one in lots if one.sender_batch_id])
    return [telling.supplier(one, pages.get(one.sender_batch_id)) for one in lots]


def _pages(db: Session, batch_ids: list[uuid.UUID]) -> dict[uuid.UUID | None, telling.Page]:
    """Of the batches that cooperatives here sent, those that are published, and how they stand."""
    if not batch_ids:
        return {}
    columns: list[Any] = [col(Batch.id), col(Batch.code), col(Batch.state)]
    rows = db.execute(
        select(*columns).where(col(Batch.id).in_(batch_ids), col(Batch.state) == State.PUBLISHED)
    ).all()
    ids = [row.id for row in rows]
    ends, recalled = states.ends_of(db, ids), called_back(db, ids)
    return {
        row.id: telling.Page(
            row.code,
            states.stand(
                row.state,
                ends[row.id],
                on_hold=holds.is_held(db, row.id),
                recalled=row.id in recalled,
            ),
        )
        for row in rows
    }


def _crops(db: Session, row: Row[Any], cycle_ids: set[uuid.UUID]) -> dict[uuid.UUID, Row[Any]]:
    """Where each crop grew; the row of a batch of one crop says it already."""
    if row.cycle_id:
        return {row.cycle_id: row}
    found = (
        select(col(CropCycle.id).label("cycle_id"), *_crop_columns())
        .join(Plot, col(Plot.id) == CropCycle.plot_id)
        .join(GrowingArea, col(GrowingArea.id) == Plot.area_id)
        .outerjoin(Household, col(Household.id) == Plot.household_id)
        .where(col(CropCycle.id).in_(cycle_ids))
    )
    return {one.cycle_id: one for one in db.execute(found)}


def _row(db: Session, code: str) -> Row[Any] | None:
    """One line with everything of a batch except its diary and photographs."""
    return db.execute(_batch_with_its_origin(), {"code": code}).first()


@lru_cache
def _batch_with_its_origin() -> Select[Any]:
    """Put together once: with this many columns that takes longer than asking."""
    return (
        select(
            *_columns(Batch, "id code state published_at lot_code harvested_on packed_on best_before"),
            *_columns(Batch, "quantity unit quantity_kg pieces cycle_id harvest_id cooperative_id"),
            *_columns(Product, "name variety brand gtin origin net_content storage", "product_"),
            col(Product.photo_id).label("product_photo"),
            *_columns(Cooperative, _COOPERATIVE, "coop_"),
            *_crop_columns(),
        )
        .select_from(Batch)
        .join(Product, col(Product.id) == Batch.product_id)
        .join(Cooperative, col(Cooperative.id) == Batch.cooperative_id)
        .outerjoin(CropCycle, col(CropCycle.id) == Batch.cycle_id)
        .outerjoin(Plot, col(Plot.id) == CropCycle.plot_id)
        .outerjoin(GrowingArea, col(GrowingArea.id) == Plot.area_id)
        .outerjoin(Household, col(Household.id) == Plot.household_id)
        .where(col(Batch.code) == bindparam("code"))
    )


def _crop_columns() -> list[Any]:
    """What a crop is told with, and the ground it grew on."""
    return [
        *_columns(CropCycle, "name variety sown_on planted_on plant_count", "cycle_"),
        *_columns(Plot, "id code kind", "plot_"),
        *_columns(GrowingArea, "name puc commune_label commune_code", "area_"),
        col(Household.code).label("household"),
        *_columns(Household, "name", "household_"),
        col(Household.portrait_id).label("household_portrait"),
        farms.agreed(col(Household.id), Purpose.NAME).label("household_named"),
        farms.agreed(col(Household.id), Purpose.PHOTO).label("household_pictured"),
    ]


def _columns(table: type[Any], names: str, prefix: str = "") -> list[Any]:
    return [col(getattr(table, name)).label(prefix + name) for name in names.split()]


def _photos(db: Session, ids: Iterable[uuid.UUID]) -> telling.Photos:
    wanted = list(ids)
    if not wanted:
        return {}
    rows = db.execute(
        select(*_columns(Photo, "id small_width small_height width height")).where(col(Photo.id).in_(wanted))
    )
    return {row.id: PhotoFacts.model_validate(row) for row in rows}
