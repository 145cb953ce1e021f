"""The JSON door to partners."""

import uuid
from datetime import datetime

from fastapi import APIRouter
from pydantic import Field

from trace.accounts.actor import Actor
from trace.accounts.doors import By
from trace.catalogue import partner_queries as queries
from trace.catalogue import partners
from trace.catalogue.models import PartnerKind
from trace.catalogue.partner_queries import KnownPartner
from trace.kit.commands import ReadModel
from trace.kit.doors import Db, Now, Reads
from trace.kit.openapi import READING, WRITING
from trace.kit.paging import Asked, PageOf

router = APIRouter(prefix="/api/v1/partners", tags=["catalogue"])


class PartnerRead(ReadModel):
    """A buyer or a supplier; null where nothing was said."""

    id: uuid.UUID
    kind: PartnerKind
    name: str
    phone: str | None = Field(description="Null for those who only read.")
    tax_code: str | None = Field(description="Null for those who only read.")
    gln: str | None
    street: str | None = Field(description="Null for those who only read.")
    commune_code: str | None
    commune_label: str | None
    on_platform: bool = Field(description="A cooperative with this tax code is registered here.")
    added_at: datetime


@router.post(
    "",
    status_code=201,
    response_model=PartnerRead,
    responses=WRITING,
    operation_id="catalogue_add_partner",
    summary="Add a partner",
)
def add_partner(command: partners.AddPartner, by: By, db: Db, now: Now) -> PartnerRead:
    """A buyer or a supplier. Sending the same `id` again is safe."""
    added = partners.add_partner(db, command, by=by, now=now)
    return _read(queries.known_partner(db, added.id), by=by)


@router.post(
    "/change",
    response_model=PartnerRead,
    responses=WRITING,
    operation_id="catalogue_change_partner",
    summary="Change a partner",
)
def change_partner(command: partners.ChangePartner, by: By, db: Db, now: Now) -> PartnerRead:
    """Everything that is said about it, anew: what is left out is not stated any more."""
    changed = partners.change_partner(db, command, by=by, now=now)
    return _read(queries.known_partner(db, changed.id), by=by)


@router.get(
    "",
    response_model=PageOf[PartnerRead],
    responses=READING,
    operation_id="catalogue_list_partners",
    summary="List partners",
)
def list_partners(by: By, db: Reads, asked: Asked) -> PageOf[PartnerRead]:
    """The last that was added first."""
    found, following = asked.cut(queries.partner_list(db, by, asked))
    return PageOf(items=[_read(one, by=by) for one in found], next=following)


@router.get(
    "/{partner_id}",
    response_model=PartnerRead,
    responses=READING,
    operation_id="catalogue_show_partner",
    summary="Show a partner",
)
def show_partner(partner_id: uuid.UUID, by: By, db: Reads) -> PartnerRead:
    queries.access_partner(db, by, partner_id)
    return _read(queries.known_partner(db, partner_id), by=by)


def _read(known: KnownPartner, *, by: Actor) -> PartnerRead:
    # Whoever only reads, such as an auditor's account, sees who it is and not how to reach them.
    private = {} if by.records else {"phone": None, "tax_code": None, "street": None}
    told = known.partner.model_dump(exclude={"cooperative_id"})
    return PartnerRead(**{**told, "on_platform": known.registered_id is not None, **private})
