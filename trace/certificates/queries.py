"""Questions about certificates: what they say, and which of them speak for a batch."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, true, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trace.accounts.actor import Actor
from trace.accounts.queries import own
from trace.batches.models import Batch, State
from trace.catalogue.models import Product
from trace.certificates import rules
from trace.certificates.models import (
    Certificate,
    CertificateArea,
    CertificatePlot,
    CertificateProduct,
    CertificateWithdrawal,
)
from trace.certificates.rules import Period, Standing
from trace.farms.models import GrowingArea, Plot
from trace.kit.paging import Paging
from trace.kit.problems import NotFound
from trace.records.models import CropCycle

# How long an ended certificate is reminded of; after that somebody has decided to do without.
_LATE_DAYS: Final = 30
_FITS: Final = (true().label("product"), true().label("place"))


def access_certificate(db: Session, by: Actor, certificate_id: uuid.UUID) -> Certificate:
    return own(db, by, Certificate, certificate_id)


def is_corrected(db: Session, certificate_id: uuid.UUID) -> bool:
    found = select(exists().where(col(Certificate.corrects_id) == certificate_id))
    return bool(db.execute(found).scalar_one())


def withdrawal(db: Session, certificate_id: uuid.UUID) -> CertificateWithdrawal | None:
    return db.get(CertificateWithdrawal, certificate_id)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a certificate names, by id with the name people know."""

    products: dict[uuid.UUID, str]
    areas: dict[uuid.UUID, str]
    plots: dict[uuid.UUID, str]

    @property
    def ids(self) -> tuple[frozenset[uuid.UUID], ...]:
        return frozenset(self.products), frozenset(self.areas), frozenset(self.plots)


@dataclass(frozen=True, slots=True)
class Stated:
    """A certificate with its scope and what became of it."""

    certificate: Certificate
    withdrawal: CertificateWithdrawal | None
    corrected_by_id: uuid.UUID | None
    scope: Scope

    @property
    def id(self) -> uuid.UUID:
        return self.certificate.id

    @property
    def period(self) -> Period:
        return _period(self.certificate, self.withdrawal)

    def days_left(self, today: date) -> int | None:
        last = self.certificate.valid_to
        return None if last is None else (last - today).days


def certificate(db: Session, by: Actor, certificate_id: uuid.UUID) -> Stated:
    """One certificate; raises NotFound like `access_certificate`."""
    found = _stated(db, _certificates(by).where(col(Certificate.id) == certificate_id))
    if not found:
        raise NotFound
    return found[0]


def certificates(db: Session, by: Actor, asked: Paging) -> list[Stated]:
    """Those that hold, those that ended and those that were withdrawn or corrected, the newest first."""
    return _stated(db, asked.newest(_certificates(by), col(Certificate.id)))


@dataclass(frozen=True, slots=True)
class Expiring:
    """A certificate that ends soon or has just ended, and which of the reminders is due."""

    stated: Stated
    days_left: int
    stage: int


def expiring(db: Session, by: Actor, today: date) -> list[Expiring]:
    """What ends within 60 days, or ended in the last 30, and has no successor of its kind and scope; soonest first."""
    later = aliased(Certificate)
    wanted = _certificates(by).where(
        ~exists().where(later.corrects_id == col(Certificate.id)).correlate(Certificate),  # type: ignore[arg-type]
        col(CertificateWithdrawal.certificate_id).is_(None),
    )
    standing = _stated(db, wanted)
    found = []
    for one in standing:
        days = one.days_left(today)
        due = None if days is None else rules.stage(days)
        if days is not None and due is not None and days >= -_LATE_DAYS and not _is_followed(one, standing):
            found.append(Expiring(one, days, due))
    return sorted(found, key=lambda one: (one.days_left, one.stated.id))


def _is_followed(one: Stated, standing: Iterable[Stated]) -> bool:
    last = one.certificate.valid_to or date.max
    return any(
        other.certificate.kind == one.certificate.kind
        and other.scope.ids == one.scope.ids
        and (other.certificate.valid_to or date.max) > last
        for other in standing
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """What one certificate is to one batch."""

    certificate: Certificate
    withdrawal: CertificateWithdrawal | None
    standing: Standing

    @property
    def period(self) -> Period:
        return _period(self.certificate, self.withdrawal)


def claims_of(db: Session, batch_id: uuid.UUID) -> list[Claim]:
    """What every standing certificate of its cooperative is to this batch, whoever asks; two statements.

    A draft is judged as if it were published now, behind all the others.
    """
    found = _of_batch(batch_id).add_columns(_fits_product().label("product"), _fits_place().label("place"))
    return _claims(db, batch_id, db.execute(found).all())


def shown_on(db: Session, batch_id: uuid.UUID) -> list[Claim]:
    """Those that a stranger is told of: what is claimed, and what ended or was withdrawn in its place."""
    found = _of_batch(batch_id).where(_fits_product(), _fits_place()).add_columns(*_FITS)
    claims = _claims(db, batch_id, db.execute(found).all())
    claimed = {claim.certificate.kind for claim in claims if claim.standing == Standing.CLAIMED}
    told = {Standing.CLAIMED, Standing.WITHDRAWN}
    return [
        claim
        for claim in claims
        if claim.standing in told
        or (claim.standing == Standing.EXPIRED and claim.certificate.kind not in claimed)
    ]


@dataclass(frozen=True, slots=True)
class Used:
    """A published batch in the scope and period of a limited certificate, in the order in which they count."""

    batch_id: uuid.UUID
    lot_code: str
    kg: Decimal
    claims: bool


def used(db: Session, one: Certificate) -> list[Used]:
    """Which batches took from the quantity of a certificate, and which found too little left."""
    rows = _counted(db, [one.id])[one.id]
    claiming = rules.claiming(one.quantity_kg or Decimal(0), [(row.id, row.quantity_kg) for row in rows])
    return [Used(row.id, row.lot_code, row.quantity_kg, row.id in claiming) for row in rows]


def _period(one: Certificate, withdrawn: CertificateWithdrawal | None) -> Period:
    return Period(one.valid_from, one.valid_to, withdrawn.withdrawn_on if withdrawn else None)


def _of_batch(batch_id: uuid.UUID) -> Select[Any]:
    """The standing certificates of the cooperative of a batch, beside what the batch is."""
    later = aliased(Certificate)
    columns: list[Any] = [
        Certificate,
        CertificateWithdrawal,
        col(Batch.harvested_on),
        col(Batch.quantity_kg),
        col(Batch.state),
    ]
    return (
        select(*columns)
        .select_from(Batch)
        .join(CropCycle, col(CropCycle.id) == col(Batch.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .join(Certificate, col(Certificate.cooperative_id) == col(Batch.cooperative_id))
        .outerjoin(CertificateWithdrawal, col(CertificateWithdrawal.certificate_id) == col(Certificate.id))
        .where(
            col(Batch.id) == batch_id,
            ~exists().where(later.corrects_id == col(Certificate.id)).correlate(Certificate),  # type: ignore[arg-type]
        )
        .order_by(col(Certificate.id))
    )


def _fits_product() -> ColumnElement[bool]:
    """In a query of certificates and batches: whether it names the batch's product, or none."""
    named = exists().where(col(CertificateProduct.certificate_id) == col(Certificate.id))
    return or_(~named, named.where(col(CertificateProduct.product_id) == col(Batch.product_id)))


def _fits_place() -> ColumnElement[bool]:
    """Whether it names the batch's plot or its growing area, or no place at all."""
    plots = exists().where(col(CertificatePlot.certificate_id) == col(Certificate.id))
    areas = exists().where(col(CertificateArea.certificate_id) == col(Certificate.id))
    return or_(
        and_(~plots, ~areas),
        plots.where(col(CertificatePlot.plot_id) == col(CropCycle.plot_id)),
        areas.where(col(CertificateArea.area_id) == col(Plot.area_id)),
    )


def _claims(db: Session, batch_id: uuid.UUID, rows: Sequence[Any]) -> list[Claim]:
    claims = [Claim(row.Certificate, row.CertificateWithdrawal, _standing(row)) for row in rows]
    limited = [
        claim.certificate.id
        for claim in claims
        if claim.standing == Standing.CLAIMED and claim.certificate.quantity_kg is not None
    ]
    if not limited:
        return claims
    counted = _counted(db, limited)
    own = (batch_id, rows[0].quantity_kg) if rows[0].state != State.PUBLISHED else None
    return [
        claim
        if claim.certificate.id not in limited or _has_room(claim, batch_id, own, counted)
        else dataclasses.replace(claim, standing=Standing.USED_UP)
        for claim in claims
    ]


def _standing(row: Any) -> Standing:
    if not row.product:
        return Standing.OTHER_PRODUCT
    if not row.place:
        return Standing.OTHER_PLACE
    return _period(row.Certificate, row.CertificateWithdrawal).standing(row.harvested_on)


def _has_room(
    claim: Claim,
    batch_id: uuid.UUID,
    draft: tuple[uuid.UUID, Decimal] | None,
    counted: dict[uuid.UUID, list[Any]],
) -> bool:
    published = [(row.id, row.quantity_kg) for row in counted[claim.certificate.id]]
    limit = claim.certificate.quantity_kg or Decimal(0)
    return batch_id in rules.claiming(limit, [*published, draft] if draft else published)


def _counted(db: Session, certificate_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Any]]:
    """The published batches in scope and period of each of these, in the order of their publication."""
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    columns: list[Any] = [
        col(Certificate.id).label("certificate_id"),
        col(Batch.id),
        col(Batch.lot_code),
        col(Batch.quantity_kg),
    ]
    rows = db.execute(
        select(*columns)
        .select_from(Certificate)
        .join(Batch, col(Batch.cooperative_id) == col(Certificate.cooperative_id))
        .join(CropCycle, col(CropCycle.id) == col(Batch.cycle_id))
        .join(Plot, col(Plot.id) == col(CropCycle.plot_id))
        .where(
            col(Certificate.id).in_(certificate_ids),
            col(Batch.state) == State.PUBLISHED,
            col(Batch.harvested_on) >= col(Certificate.valid_from),
            or_(col(Certificate.valid_to).is_(None), col(Batch.harvested_on) <= col(Certificate.valid_to)),
            _fits_product(),
            _fits_place(),
        )
        .order_by(col(Batch.published_at), col(Batch.id))
    )
    for row in rows:
        found[row.certificate_id].append(row)
    return found


def _certificates(by: Actor) -> Select[Any]:
    successor = aliased(Certificate)
    columns: list[Any] = [Certificate, CertificateWithdrawal, successor.id.label("corrected_by_id")]  # type: ignore[attr-defined]
    return (
        select(*columns)
        .outerjoin(CertificateWithdrawal, col(CertificateWithdrawal.certificate_id) == col(Certificate.id))
        .outerjoin(successor, successor.corrects_id == col(Certificate.id))  # type: ignore[arg-type]
        .where(col(Certificate.cooperative_id) == by.cooperative_id)
    )


def _stated(db: Session, wanted: Select[Any]) -> list[Stated]:
    """Two statements, however many there are."""
    rows = db.execute(wanted).all()
    scopes = _scopes(db, [row.Certificate.id for row in rows])
    return [
        Stated(row.Certificate, row.CertificateWithdrawal, row.corrected_by_id, scopes[row.Certificate.id])
        for row in rows
    ]


def _scopes(db: Session, ids: list[uuid.UUID]) -> dict[uuid.UUID, Scope]:
    named = union_all(
        _named("products", CertificateProduct, CertificateProduct.product_id, Product, Product.name, ids),
        _named("areas", CertificateArea, CertificateArea.area_id, GrowingArea, GrowingArea.name, ids),
        _named("plots", CertificatePlot, CertificatePlot.plot_id, Plot, Plot.code, ids),
    )
    found = {one: Scope({}, {}, {}) for one in ids}
    for row in db.execute(named.order_by("name")):
        getattr(found[row.certificate_id], row.what)[row.id] = row.name
    return found


def _named(what: str, link: Any, column: Any, table: Any, name: Any, ids: list[uuid.UUID]) -> Select[Any]:
    columns: list[Any] = [literal(what).label("what"), link.certificate_id, table.id, name.label("name")]
    return select(*columns).join(table, table.id == column).where(link.certificate_id.in_(ids))
