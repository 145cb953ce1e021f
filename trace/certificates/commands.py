"""Stating certificates, correcting them and saying that they were withdrawn."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from sqlmodel import Session

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.catalogue import queries as catalogue
from trace.certificates import queries, rules
from trace.certificates.models import (
    Certificate,
    CertificateArea,
    CertificateKind,
    CertificatePlot,
    CertificateProduct,
    CertificateWithdrawal,
)
from trace.certificates.rules import CheckUrl
from trace.evidence.papers import access_paper
from trace.farms import queries as farms
from trace.farms.rules import doubt_about_packing_house, doubt_about_puc, in_capitals
from trace.gs1.keys import is_checked
from trace.kit.clock import day_in_vietnam
from trace.kit.commands import Command, Day, Doubted, Line, OptionalLine, Paragraph
from trace.kit.database import hold
from trace.kit.problems import Conflict, Doubtful, Fault, Refused
from trace.kit.text import one_line
from trace.kit.translation import N_
from trace.records.models import Weight
from trace.records.rules import kilograms

# Certifiers give these for a time; the codes of the plant protection office stand until they are withdrawn.
_ENDING: Final = frozenset(
    {CertificateKind.VIETGAP, CertificateKind.GLOBALGAP, CertificateKind.OCOP, CertificateKind.ORGANIC}
)
_USUAL_YEARS: Final = 5


def _each_once(ids: tuple[uuid.UUID, ...]) -> tuple[uuid.UUID, ...]:
    return tuple(dict.fromkeys(ids))


Ids = Annotated[tuple[uuid.UUID, ...], AfterValidator(_each_once), Field(max_length=500)]
Number = Annotated[str, StringConstraints(min_length=1, max_length=60), BeforeValidator(one_line)]
Reason = Annotated[Paragraph, Field(min_length=1, max_length=500)]


class StateCertificate(Doubted):
    """What a certificate says: by whom, for what, how much and how long. With `corrects_id` it replaces another."""

    kind: CertificateKind
    title: OptionalLine = Field(None, description="What `other` certifies.", examples=["ISO 22000:2018"])
    number: Number = Field(
        description="For `ocop` that of the decision, for `globalgap` the GGN of 13 digits.",
        examples=["VietGAP-TT-13-2026-0042"],
    )
    issuer: Line = Field(examples=["Trung tâm Chứng nhận minh họa"])
    stars: Annotated[int, Field(ge=3, le=5)] | None = Field(None, description="Of `ocop` alone.")
    valid_from: Day = Field(examples=["2026-01-01"])
    valid_to: Day | None = Field(None, description="The last day. None: until withdrawn.")
    product_ids: Ids = Field((), description="The products it names; none: every product.")
    area_ids: Ids = Field((), description="Growing areas it names, with all their plots.")
    plot_ids: Ids = Field((), description="Plots it names. Neither areas nor plots: every place.")
    quantity: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=3)] | None = Field(
        None, description="What it is limited to; batches beyond it do not claim it."
    )
    unit: Weight = Weight.KG
    check_url: CheckUrl = Field(
        None,
        max_length=500,
        description="Where a stranger can check it.",
        examples=["https://vietgap.gov.vn"],
    )
    check_words: OptionalLine = Field(
        None, description="How a stranger can check it, where there is no address."
    )
    document_id: uuid.UUID | None = Field(None, description="The PDF.")
    photo_id: uuid.UUID | None = Field(None, description="Or a photograph of the paper.")
    file_public: bool = Field(default=False, description="Strangers may download the file.")
    corrects_id: uuid.UUID | None = Field(None, description="The certificate that this one sets right.")
    correction_reason: Reason | None = Field(None, description="Needed with `corrects_id`.")


class WithdrawCertificate(Command):
    """The issuer took it back, or the cooperative gave it up. It speaks for no batch any more."""

    certificate_id: uuid.UUID = Field(description="Which certificate.")
    withdrawn_on: Day = Field(examples=["2026-11-10"])
    reason: Reason = Field(description="Strangers read it.", examples=["Tổ chức chứng nhận đình chỉ"])


def state_certificate(db: Session, command: StateCertificate, *, by: Actor, now: datetime) -> Certificate:
    """Take a certificate in. From this moment every batch in its scope claims it, those already published too."""
    by.must_be(Role.MANAGER)
    entry = "certificate.corrected" if command.corrects_id else "certificate.stated"
    if known := journal.already(db, entry, command, by=by):
        return db.get_one(Certificate, known)
    _must_be_own(db, command, by=by)
    if (command.corrects_id is None) != (command.correction_reason is None):
        raise Refused(N_("Say in a few words why it is corrected."), field="correction_reason")
    if command.corrects_id:
        _correctable(db, by, command.corrects_id, field="corrects_id")
    number = _number(command)
    _check(command)
    doubts = [] if command.sure else list(_doubts(command, number))
    if doubts:
        raise Doubtful(doubts)
    made = _store(db, command, number, by=by, now=now)
    journal.append(db, entry, made.id, command, by=by, now=now)
    return made


def withdraw_certificate(
    db: Session, command: WithdrawCertificate, *, by: Actor, now: datetime
) -> Certificate:
    by.must_be(Role.MANAGER)
    if known := journal.already(db, "certificate.withdrawn", command, by=by):
        return db.get_one(Certificate, known)
    found = _correctable(db, by, command.certificate_id, field="certificate_id")
    if command.withdrawn_on > day_in_vietnam(now):
        raise Refused(N_("This day has not come yet."), field="withdrawn_on")
    db.add(
        CertificateWithdrawal(
            certificate_id=found.id,
            withdrawn_on=command.withdrawn_on,
            reason=command.reason,
            withdrawn_by=by.membership_id,
            withdrawn_at=now,
        )
    )
    db.flush()  # the answer is read back from the tables
    journal.append(db, "certificate.withdrawn", found.id, command, by=by, now=now)
    return found


def _must_be_own(db: Session, command: StateCertificate, *, by: Actor) -> None:
    for product_id in command.product_ids:
        catalogue.access_product(db, by, product_id)
    for area_id in command.area_ids:
        farms.access_area(db, by, area_id)
    for plot_id in command.plot_ids:
        farms.access_plot(db, by, plot_id)
    access_paper(db, by, document_id=command.document_id, photo_id=command.photo_id)


def _correctable(db: Session, by: Actor, certificate_id: uuid.UUID, *, field: str) -> Certificate:
    """The certificate that holds today; nobody else corrects or withdraws it until this transaction ends."""
    hold(db, "certificate", certificate_id)
    found = queries.access_certificate(db, by, certificate_id)
    if queries.is_corrected(db, certificate_id):
        raise Conflict(N_("This certificate was corrected before. Take the newest one."), field=field)
    if queries.withdrawal(db, certificate_id):
        raise Refused(N_("This certificate was withdrawn. If there is a new one, add that."), field=field)
    return found


def _number(command: StateCertificate) -> str:
    """As it is compared and shown; raises Refused where it cannot be one of its kind."""
    if command.kind == CertificateKind.GLOBALGAP:
        number = rules.ggn(command.number)
        if number is None:
            raise Refused(N_("A GGN has 13 digits. Please compare it again."), field="number")
        return number
    if command.kind in {CertificateKind.GROWING_AREA, CertificateKind.PACKING_HOUSE}:
        return in_capitals(command.number)
    return command.number


def _check(command: StateCertificate) -> None:
    if (command.kind == CertificateKind.OCOP) != (command.stars is not None):
        raise Refused(N_("OCOP has 3, 4 or 5 stars, and nothing else has."), field="stars")
    if command.kind == CertificateKind.OTHER and not command.title:
        raise Refused(N_("Say what it certifies."), field="title")
    if command.kind in _ENDING and command.valid_to is None:
        raise Refused(N_("Say until when it is valid. It stands on the certificate."), field="valid_to")
    if command.valid_to and command.valid_to < command.valid_from:
        raise Refused(N_("It cannot end before it begins."), field="valid_to")
    if command.file_public and not (command.document_id or command.photo_id):
        raise Refused(N_("There is no file that strangers could have."), field="file_public")


def _doubts(command: StateCertificate, number: str) -> Iterator[Fault]:
    if doubt := _doubt_about(command.kind, number):
        yield Fault("number", doubt, {}, "doubtful")
    if not (command.product_ids or command.area_ids or command.plot_ids):
        yield Fault(
            "product_ids",
            N_("No product and no place is named: it will be claimed for everything that is harvested."),
            {},
            "doubtful",
        )
    if command.valid_to and command.valid_to > _years_after(command.valid_from, _USUAL_YEARS):
        yield Fault("valid_to", N_("That is more than {years} years."), {"years": _USUAL_YEARS}, "doubtful")


def _doubt_about(kind: CertificateKind, number: str) -> str | None:
    if kind == CertificateKind.GROWING_AREA:
        return doubt_about_puc(number)
    if kind == CertificateKind.PACKING_HOUSE:
        return doubt_about_packing_house(number)
    if kind == CertificateKind.GLOBALGAP and not is_checked(number):
        return N_("The last digit of this GGN does not fit the others. Is it copied right?")
    return None


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28))


def _store(db: Session, command: StateCertificate, number: str, *, by: Actor, now: datetime) -> Certificate:
    own = set(StateCertificate.model_fields) & set(Certificate.model_fields) - {"number"}
    quantity_kg = None if command.quantity is None else kilograms(command.quantity, command.unit)
    made = Certificate(
        **{name: getattr(command, name) for name in own},
        number=number,
        quantity_kg=quantity_kg,
        cooperative_id=by.cooperative_id,
        added_by=by.membership_id,
        added_at=now,
    )
    db.add(made)
    db.flush()  # its scope points to it
    for product_id in command.product_ids:
        db.add(CertificateProduct(certificate_id=made.id, product_id=product_id))
    for area_id in command.area_ids:
        db.add(CertificateArea(certificate_id=made.id, area_id=area_id))
    for plot_id in command.plot_ids:
        db.add(CertificatePlot(certificate_id=made.id, plot_id=plot_id))
    db.flush()  # the answer is read back from the tables
    return made
