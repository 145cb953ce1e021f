"""What strangers ask: the facts of a published batch, the way to it from a GS1 code, its photographs.

Strangers come in crowds, so these select columns; the number of statements does not grow with the diary.
"""

import uuid
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.models import Cooperative
from trace.batches import holds
from trace.batches import queries as batches
from trace.batches.models import Batch, State
from trace.catalogue.models import Product
from trace.certificates import queries as certificates
from trace.evidence.models import Photo
from trace.farms import queries as farms
from trace.farms.models import GrowingArea, Household, Plot, Purpose
from trace.kit.problems import NotFound
from trace.kit.translation import N_
from trace.laboratory import queries as laboratory
from trace.lookup import telling, vouching
from trace.lookup.facts import (
    SELF_DECLARED,
    BatchFacts,
    PhotoFacts,
)
from trace.lookup.rules import days_left
from trace.records.models import CropCycle, Record, RecordPhoto
from trace.records.timeline import timeline


class UnknownCode(NotFound):
    """The code could exist, but nobody was given it."""

    def __init__(self) -> None:
        super().__init__(N_("No batch has this code. Compare it with the label once more."))


class Unpublished(NotFound):
    """The batch exists, but its cooperative has not published it yet."""

    def __init__(self) -> None:
        super().__init__(N_("The cooperative has not published this batch yet."))


def public_facts(db: Session, code: str, *, today: date) -> BatchFacts:
    """All that is public about a batch; raises UnknownCode or Unpublished."""
    row = _row(db, code)
    if row is None:
        raise UnknownCode
    if row.state == State.DRAFT:
        raise Unpublished
    lines = timeline(db, row.cycle_id)
    faces = any(line.faces for line in lines)
    agreed = farms.households_in_photos(db, row.cooperative_id) if faces else frozenset()
    shown = {line.id: telling.public_photos(line, agreed, row.household) for line in lines}
    pictured = row.household_portrait if row.household_pictured else None
    photos = _photos(db, {row.product_photo, pictured, *chain.from_iterable(shown.values())} - {None})
    told = telling.Telling(
        lines,
        {line.id: [photos[one] for one in shown[line.id]] for line in lines},
        harvested_on=row.harvested_on,
        published_at=row.published_at,
    )
    entries = told.entries()
    held = holds.open_holds_of(db, row.id)
    vouched = [vouching.certificate(claim, today=today) for claim in certificates.shown_on(db, row.id)]
    tested = [vouching.test(one) for one in laboratory.shown_on(db, row.id)]
    harvest, standing = telling.harvest_now(row.harvest_id, lines)
    cycle = telling.cycle(row, [line for line in lines if line.stands])
    return BatchFacts(
        code=row.code,
        state=row.state,
        published_at=row.published_at,
        on_hold=bool(held),
        holds=[telling.held(one) for one in held],
        lot_code=row.lot_code,
        harvested_on=row.harvested_on,
        packed_on=row.packed_on,
        best_before=row.best_before,
        days_left=days_left(row.best_before, today),
        quantity=row.quantity,
        unit=row.unit,
        quantity_kg=row.quantity_kg,
        pieces=row.pieces,
        harvest_entry=standing,
        harvest_due_from=harvest.broken.harvest_from if harvest.broken else None,
        interval=told.interval(harvest),
        waits_for=telling.wait(harvest.broken) if harvest.broken else None,
        overrides=told.overrides(row.harvest_id),
        undeclared_intervals=list(harvest.undeclared),
        changed_after_publication=telling.changes(entries),
        evidence=SELF_DECLARED,
        product=telling.product(row, photos),
        cooperative=telling.cooperative(row),
        place=telling.place(row, photos),
        cycle=cycle,
        certificates=vouched,
        tests=tested,
        timeline=entries,
        missing=[*telling.missing(row, cycle, entries, harvest), *vouching.missing(vouched, tested)],
    )


def code_of_lot(db: Session, gtin14: str, lot_code: str) -> str:
    """The short code of the batch with this GTIN and lot; whether it is published, its own page says."""
    batch = batches.by_lot(db, gtin14, lot_code)
    if batch is None:
        raise NotFound(N_("No batch has this lot number. Compare it with the label once more."))
    return batch.code


class TradeItem(NamedTuple):
    name: str
    cooperative: str


def product_of_gtin(db: Session, gtin14: str) -> TradeItem:
    """Name and cooperative of a product that has a published batch, so that drafts stay unknown."""
    found = db.execute(
        select(col(Product.name), col(Cooperative.name))
        .join(Cooperative, col(Cooperative.id) == Product.cooperative_id)
        .where(
            col(Product.gtin) == gtin14,
            exists().where(col(Batch.product_id) == Product.id, col(Batch.state) == State.PUBLISHED),
        )
    ).first()
    if found is None:
        raise NotFound(N_("Nobody here sells a product with this GTIN."))
    return TradeItem(*found)


class PublicPhoto(NamedTuple):
    """The hashes of both sizes, and whether it is shown only because a person agreed to it."""

    large: str
    small: str
    by_consent: bool


def public_photo(db: Session, code: str, photo_id: uuid.UUID) -> PublicPhoto:
    """The photograph, if strangers may see it with this batch at this moment."""
    agrees = farms.agreed(func.coalesce(col(Record.household_id), col(Plot.household_id)), Purpose.PHOTO)
    plain = or_(col(Product.photo_id) == photo_id, _told(photo_id, col(Record.faces).is_(False)))
    by_consent = or_(
        and_(col(Household.portrait_id) == photo_id, farms.agreed(col(Household.id), Purpose.PHOTO)),
        _told(photo_id, col(Record.faces).is_(True), agrees),
    )
    found = db.execute(
        select(col(Photo.sha256), col(Photo.small_sha256), plain)
        .select_from(Batch)
        .join(Product, col(Product.id) == Batch.product_id)
        .join(CropCycle, col(CropCycle.id) == Batch.cycle_id)
        .join(Plot, col(Plot.id) == CropCycle.plot_id)
        .outerjoin(Household, col(Household.id) == Plot.household_id)
        .join(Photo, col(Photo.id) == photo_id)
        .where(col(Batch.code) == code, col(Batch.state) == State.PUBLISHED, or_(plain, by_consent))
    ).first()
    if found is None:
        raise NotFound
    large, small, without = found
    return PublicPhoto(large, small, not without)


def _told(photo_id: uuid.UUID, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """In a query of a batch and its plot: a record of its cycle shows the photograph."""
    later = aliased(Record)
    return (
        exists()
        .where(col(RecordPhoto.photo_id) == photo_id)
        .where(col(RecordPhoto.record_id) == Record.id)
        .where(col(Record.cycle_id) == Batch.cycle_id, col(Record.photos_public).is_(True), *which)
        # What was corrected or taken back shows no pictures any more: that is how a picture is withdrawn.
        .where(~exists().where(col(later.corrects_id) == Record.id).correlate(Record))
        .correlate(Batch, Plot)
    )


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
            *_columns(Cooperative, "name street commune_label commune_code former_label", "coop_"),
            *_columns(Cooperative, "tax_code hotline gln illustration", "coop_"),
            *_columns(CropCycle, "name variety sown_on planted_on plant_count", "cycle_"),
            *_columns(Plot, "code kind", "plot_"),
            *_columns(GrowingArea, "name puc commune_label commune_code", "area_"),
            col(Household.code).label("household"),
            *_columns(Household, "name", "household_"),
            col(Household.portrait_id).label("household_portrait"),
            farms.agreed(col(Household.id), Purpose.NAME).label("household_named"),
            farms.agreed(col(Household.id), Purpose.PHOTO).label("household_pictured"),
        )
        .select_from(Batch)
        .join(Product, col(Product.id) == Batch.product_id)
        .join(Cooperative, col(Cooperative.id) == Batch.cooperative_id)
        .join(CropCycle, col(CropCycle.id) == Batch.cycle_id)
        .join(Plot, col(Plot.id) == CropCycle.plot_id)
        .join(GrowingArea, col(GrowingArea.id) == Plot.area_id)
        .outerjoin(Household, col(Household.id) == Plot.household_id)
        .where(col(Batch.code) == bindparam("code"))
    )


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
