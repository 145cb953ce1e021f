"""Who is in the demo: the cooperative with its manager and recorder, and another one that buys of it."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlmodel import Session

from trace.accounts import commands as accounts
from trace.accounts import invitations
from trace.accounts.actor import Actor
from trace.accounts.models import Membership, Role
from trace.demo import story
from trace.demo.story import at

NAME: Final = "HTX Tân Minh Đức (minh họa)"
NEIGHBOUR: Final = "HTX Nông sản Thanh Hà (minh họa)"
NEIGHBOURS_TAX_CODE: Final = "9000000013"
BEGIN: Final = at("01/08", "08:00")

Ids = Callable[[str, datetime], uuid.UUID]


def people(db: Session, ids: Ids) -> tuple[Actor, Actor]:
    """The cooperative with its manager and one recorder, as they would come to be."""
    name, phone = story.MANAGER
    command = accounts.RegisterCooperative(
        id=ids("cooperative", BEGIN),
        name=NAME,
        tax_code="9000000006",
        hotline="0900 000 000",
        gln="9521234561002",
        gs1_prefix="952123456",
        commune_code="11065",
        former_label="xã Phạm Trấn, huyện Gia Lộc, tỉnh Hải Dương",
        manager_name=name,
        phone=phone,
        password=story.PASSWORD,
    )
    registered = accounts.register_cooperative(db, command, now=BEGIN, illustration=True)
    manager = _actor(registered, name, NAME)
    invited = invitations.Invite(id=ids("invitation", BEGIN), role=Role.RECORDER)
    link = invitations.invite(db, invited, by=manager, now=BEGIN)
    name, phone = story.RECORDER
    joining = invitations.Join(id=ids("joining", BEGIN), name=name, phone=phone, password=story.PASSWORD)
    return manager, _actor(invitations.join(db, joining, token=link.token, now=BEGIN), name, NAME)


def neighbour(db: Session, ids: Ids) -> Actor:
    """The manager of a cooperative that works with this platform, too."""
    name, phone = story.RECEIVER
    command = accounts.RegisterCooperative(
        id=ids("neighbour", BEGIN),
        name=NEIGHBOUR,
        tax_code=NEIGHBOURS_TAX_CODE,
        hotline="0900 000 004",
        commune_code="10813",
        manager_name=name,
        phone=phone,
        password=story.PASSWORD,
    )
    registered = accounts.register_cooperative(db, command, now=BEGIN, illustration=True)
    return _actor(registered, name, NEIGHBOUR)


def _actor(membership: Membership, name: str, cooperative: str) -> Actor:
    return Actor(
        membership_id=membership.id,
        person_id=membership.person_id,
        cooperative_id=membership.cooperative_id,
        role=Role(membership.role),
        name=name,
        cooperative_name=cooperative,
        illustration=True,
    )
