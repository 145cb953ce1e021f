"""The JSON door to certificates."""

import uuid
from datetime import date, datetime
from decimal import Decimal

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.doors import By
from trace.batches import queries as batches
from trace.certificates import commands, queries
from trace.certificates.models import CertificateKind
from trace.certificates.queries import Stated
from trace.certificates.rules import Standing
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1", tags=["certificates"])


class CertificateRead(ReadModel):
    """A certificate as it was stated, and what became of it."""

    id: uuid.UUID
    kind: CertificateKind
    title: str | None
    number: str
    issuer: str
    stars: int | None
    valid_from: date
    valid_to: date | None
    product_ids: list[uuid.UUID] = Field(description="None: every product.")
    area_ids: list[uuid.UUID]
    plot_ids: list[uuid.UUID]
    quantity: Decimal | None = Field(description="As entered; null: not limited.")
    unit: str
    quantity_kg: Decimal | None
    check_url: str | None
    check_words: str | None
    document_id: uuid.UUID | None
    photo_id: uuid.UUID | None
    file_public: bool
    corrects_id: uuid.UUID | None
    correction_reason: str | None
    corrected_by_id: uuid.UUID | None
    withdrawn_on: date | None
    withdrawal_reason: str | None
    added_by: uuid.UUID = Field(description="The membership.")
    added_at: datetime


class ClaimRead(ReadModel):
    """What a certificate is to one batch, and why it does not speak for it where it does not."""

    certificate_id: uuid.UUID
    kind: CertificateKind
    number: str
    standing: Standing = Field(
        description="`claimed`: valid and in scope at the harvest. `used_up`: its quantity is claimed by others."
    )


@router.post(
    "/certificates",
    status_code=201,
    responses=WRITING,
    operation_id="certificates_state_certificate",
    summary="State a certificate, or correct one",
)
def state_certificate(command: commands.StateCertificate, by: By, db: Db, now: Now) -> CertificateRead:
    """Needs a manager. Batches in its scope claim it at once. Sending the same `id` again is safe."""
    made = commands.state_certificate(db, command, by=by, now=now)
    return _read(queries.certificate(db, by, made.id))


@router.post(
    "/certificates/withdraw",
    responses=WRITING,
    operation_id="certificates_withdraw_certificate",
    summary="Say that a certificate was withdrawn",
)
def withdraw_certificate(command: commands.WithdrawCertificate, by: By, db: Db, now: Now) -> CertificateRead:
    """Needs a manager. It stays visible as withdrawn, with the reason, and speaks for no batch any more."""
    found = commands.withdraw_certificate(db, command, by=by, now=now)
    return _read(queries.certificate(db, by, found.id))


@router.get(
    "/certificates",
    responses=READING,
    operation_id="certificates_list_certificates",
    summary="List certificates",
)
def list_certificates(by: By, db: Reads, asked: Asked) -> PageOf[CertificateRead]:
    """The newest first, those that ended, were corrected or withdrawn included."""
    found, following = asked.cut(queries.certificates(db, by, asked))
    return PageOf(items=[_read(one) for one in found], next=following)


@router.get(
    "/certificates/{certificate_id}",
    responses=READING,
    operation_id="certificates_read_certificate",
    summary="Read a certificate",
)
def read_certificate(certificate_id: uuid.UUID, by: By, db: Reads) -> CertificateRead:
    return _read(queries.certificate(db, by, certificate_id))


@router.get(
    "/batches/{batch_id}/claims",
    responses=READING,
    operation_id="certificates_list_claims",
    summary="Which certificates speak for a batch, and why the others do not",
)
def list_claims(batch_id: uuid.UUID, by: By, db: Reads) -> list[ClaimRead]:
    """Every standing certificate of the cooperative. A draft is judged as if it were published now."""
    batches.access_batch(db, by, batch_id)
    return [
        ClaimRead(
            certificate_id=claim.certificate.id,
            kind=CertificateKind(claim.certificate.kind),
            number=claim.certificate.number,
            standing=claim.standing,
        )
        for claim in queries.claims_of(db, batch_id)
    ]


def _read(one: Stated) -> CertificateRead:
    withdrawn = one.withdrawal
    return CertificateRead.model_validate(
        {
            **one.certificate.model_dump(),
            "product_ids": list(one.scope.products),
            "area_ids": list(one.scope.areas),
            "plot_ids": list(one.scope.plots),
            "corrected_by_id": one.corrected_by_id,
            "withdrawn_on": withdrawn.withdrawn_on if withdrawn else None,
            "withdrawal_reason": withdrawn.reason if withdrawn else None,
        }
    )
