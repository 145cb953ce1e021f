"""A person agrees to be shown, takes it back, is shown with a portrait, or is erased."""

import uuid
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from pydantic import Field
from sqlmodel import Session, select

from trace.accounts import journal
from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.evidence import commands as evidence
from trace.evidence.queries import access_photo
from trace.farms import wordings
from trace.farms.models import Channel, Consent, ConsentWithdrawal, Ending, Household, Purpose
from trace.farms.queries import access_household, is_standing
from trace.kit.commands import Command
from trace.kit.database import hold
from trace.kit.files import FileStore
from trace.kit.problems import Forbidden, Refused
from trace.kit.translation import N_


class ErasureReason(StrEnum):
    """A closed list, because a reason in free words would bring the name into the journal."""

    ASKED = "asked"
    LEFT = "left"
    DIED = "died"
    MISTAKE = "mistake"


class GiveConsent(Command):
    """The person of a household lets shoppers see the name, or pictures."""

    household_id: uuid.UUID = Field(description="Which household.")
    purpose: Purpose = Field(description="What shoppers may see.", examples=["name"])
    wording: int = Field(description="Version of the words that the person read or heard.", examples=[1])
    channel: Channel = Field(
        description="`in_app`: by the person's own account; `spoken` to whoever sends this; `paper`."
    )
    sheet_id: uuid.UUID | None = Field(None, description="Photograph of the signed sheet; with `paper` only.")


class WithdrawConsent(Command):
    """The person takes a consent back; no reason is asked for."""

    household_id: uuid.UUID = Field(description="Which household.")
    purpose: Purpose = Field(description="What shoppers may see.", examples=["name"])


class SetPortrait(Command):
    """The portrait of a household's person; null removes it."""

    household_id: uuid.UUID = Field(description="Which household.")
    photo_id: uuid.UUID | None = None


class EraseHousehold(Command):
    """Name, telephone number, portrait and account of a household's person are erased; the code stays."""

    household_id: uuid.UUID = Field(description="Which household.")
    reason: ErasureReason = Field(description="Why the person is erased.", examples=["asked"])


def give_consent(db: Session, command: GiveConsent, *, by: Actor, now: datetime) -> Household:
    household = access_household(db, by, command.household_id)
    _must_speak_for(household, command.channel, by=by)
    if journal.already(db, "consent.given", command, by=by):
        return household
    hold(db, "consent", household.id)
    _must_be_valid(command, household)
    if command.sheet_id:
        access_photo(db, by, command.sheet_id)
    if _standing(db, household.id, {command.purpose}):
        raise Refused(N_("This was agreed to before and still stands."), field="purpose")
    db.add(
        Consent(
            id=command.id,
            cooperative_id=by.cooperative_id,
            household_id=household.id,
            purpose=command.purpose,
            wording=command.wording,
            channel=command.channel,
            sheet_id=command.sheet_id,
            received_at=now,
            recorded_by=by.membership_id,
        )
    )
    journal.append(db, "consent.given", household.id, command, by=by, now=now)
    return household


def withdraw_consent(db: Session, command: WithdrawConsent, *, by: Actor, now: datetime) -> Household:
    """Nothing stands in the way of it: where nothing stood, it is written down all the same."""
    household = access_household(db, by, command.household_id)
    own = household.membership_id == by.membership_id
    _must_speak_for(household, Channel.IN_APP if own else Channel.SPOKEN, by=by)
    if journal.already(db, "consent.withdrawn", command, by=by):
        return household
    hold(db, "consent", household.id)
    _end(db, household, {command.purpose}, Ending.IN_APP if own else Ending.SPOKEN, by=by, now=now)
    journal.append(db, "consent.withdrawn", household.id, command, by=by, now=now)
    return household


def set_portrait(
    db: Session, command: SetPortrait, *, store: FileStore, by: Actor, now: datetime
) -> Household:
    """The portrait that was there before is forgotten, bytes and all."""
    by.must_be(Role.MANAGER)
    household = access_household(db, by, command.household_id)
    if journal.already(db, "household.portrayed", command, by=by):
        return household
    if command.photo_id:
        access_photo(db, by, command.photo_id)
        _must_have_a_person(household)
    _replace_portrait(db, household, command.photo_id, store=store, by=by, now=now)
    journal.append(db, "household.portrayed", household.id, command, by=by, now=now)
    return household


def erase_household(
    db: Session, command: EraseHousehold, *, store: FileStore, by: Actor, now: datetime
) -> Household:
    by.must_be(Role.MANAGER)
    household = access_household(db, by, command.household_id)
    if journal.already(db, "household.erased", command, by=by):
        return household
    lose_the_person(db, household, Ending.ERASED, store=store, by=by, now=now)
    household.name, household.phone, household.membership_id = "", None, None
    journal.append(db, "household.erased", household.id, command, by=by, now=now)
    return household


def lose_the_person(
    db: Session, household: Household, because: Ending, *, store: FileStore, by: Actor, now: datetime
) -> None:
    """Nobody's consent speaks for somebody else: consents and portrait end with the person who gave them."""
    hold(db, "consent", household.id)
    _end(db, household, set(Purpose), because, by=by, now=now)
    _replace_portrait(db, household, None, store=store, by=by, now=now)


def _must_speak_for(household: Household, channel: Channel, *, by: Actor) -> None:
    """In the app only the person; otherwise whoever writes for the cooperative and heard it or has the sheet."""
    if channel != Channel.IN_APP:
        by.must_be(Role.RECORDER)
    elif household.membership_id != by.membership_id:
        raise Forbidden(N_("Only the person can agree in the app, signed in with the account of their own."))


def _must_be_valid(command: GiveConsent, household: Household) -> None:
    _must_have_a_person(household)
    # A sheet may have been printed before the words became better.
    on_paper = command.channel == Channel.PAPER and wordings.is_known(command.purpose, command.wording)
    if not on_paper and command.wording != wordings.current(command.purpose).version:
        raise Refused(N_("These are not the present words. Read the page again and repeat."), field="wording")
    if (command.channel == Channel.PAPER) != (command.sheet_id is not None):
        raise Refused(
            N_("A consent on paper needs a photo of the signed sheet, and no other one has one."),
            field="sheet_id",
        )


def _must_have_a_person(household: Household) -> None:
    if not household.name:
        raise Refused(N_("Nobody stands for this household any more. Enter a name first."))


def _standing(db: Session, household_id: uuid.UUID, purposes: Collection[Purpose]) -> list[Consent]:
    wanted = select(Consent).where(Consent.household_id == household_id, is_standing())
    return [one for one in db.exec(wanted) if one.purpose in purposes]


def _end(
    db: Session,
    household: Household,
    purposes: Collection[Purpose],
    because: Ending,
    *,
    by: Actor,
    now: datetime,
) -> None:
    for consent in _standing(db, household.id, purposes):
        db.add(
            ConsentWithdrawal(
                consent_id=consent.id, because=because, received_at=now, recorded_by=by.membership_id
            )
        )


def _replace_portrait(
    db: Session,
    household: Household,
    photo_id: uuid.UUID | None,
    *,
    store: FileStore,
    by: Actor,
    now: datetime,
) -> None:
    before, household.portrait_id = household.portrait_id, photo_id
    if before and before != photo_id:
        db.flush()  # nothing points to the old one any more
        evidence.forget_photo(db, store, before, by=by, now=now)
