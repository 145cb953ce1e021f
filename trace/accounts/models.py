"""Tables of accounts."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from trace.kit.tables import Table, one_of


class Role(StrEnum):
    """What a member may do; each may do what the next may."""

    MANAGER = "manager"
    RECORDER = "recorder"
    VIEWER = "viewer"


class Scope(StrEnum):
    """What an API key may do."""

    READ = "read"
    WRITE = "write"


class Cooperative(Table, table=True):
    """A hợp tác xã: the legal entity that answers for what its batches say."""

    id: uuid.UUID = Field(primary_key=True)
    name: str = Field(max_length=120)
    tax_code: str = Field(max_length=14, unique=True)
    hotline: str = Field(max_length=20, description="E.164; an office number, shown to everybody.")
    gln: str | None = Field(max_length=13)
    gs1_prefix: str | None = Field(default=None, max_length=12, description="GS1 company prefix, for SSCC.")
    street: str | None = Field(max_length=120)
    commune_code: str = Field(max_length=5)
    commune_label: str = Field(max_length=120, description="As it was called when it was stored; names move.")
    former_label: str | None = Field(max_length=200, description="The address before 1 July 2025.")
    illustration: bool = Field(description="Made up for the demo; every page says so.")
    registered_at: datetime


class Person(Table, table=True):
    """Somebody who signs in. Phone and name are personal data and never leave the members' pages."""

    id: uuid.UUID = Field(primary_key=True)
    phone: str = Field(max_length=20, unique=True, description="E.164")
    name: str = Field(max_length=120)
    password_hash: str = Field(max_length=200)
    registered_at: datetime


class Membership(Table, table=True):
    """A person's place in one cooperative. Ended, never removed: what they wrote stays theirs."""

    __table_args__ = (UniqueConstraint("cooperative_id", "person_id"), one_of("role", Role))

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT")
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="RESTRICT", index=True)
    role: str = Field(max_length=10)
    joined_at: datetime
    ended_at: datetime | None = None


class Invitation(Table, table=True):
    """A link, or its QR code, that lets one person join; good once, for a day."""

    __table_args__ = (one_of("role", Role),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    role: str = Field(max_length=10)
    token_hash: str = Field(max_length=64, unique=True)
    made_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None


class PasswordReset(Table, table=True):
    """A link with which a member who lost the password chooses a new one; good once, for a day."""

    id: uuid.UUID = Field(primary_key=True)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="RESTRICT", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    made_by: uuid.UUID | None = Field(foreign_key="membership.id", ondelete="RESTRICT")
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class SignInSession(Table, table=True):
    """A browser that is signed in. The token itself is only in its cookie; here is its hash."""

    id: uuid.UUID = Field(primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: uuid.UUID = Field(foreign_key="person.id", ondelete="RESTRICT", index=True)
    membership_id: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    device: str = Field(max_length=40, description="Family of browser and phone, nothing finer.")
    opened_at: datetime
    confirmed_at: datetime = Field(description="When the password was last given.")
    seen_at: datetime
    ended_at: datetime | None = None


class ApiKey(Table, table=True):
    """A program's way in, shown once and stored hashed."""

    __table_args__ = (one_of("scope", Scope),)

    id: uuid.UUID = Field(primary_key=True)
    cooperative_id: uuid.UUID = Field(foreign_key="cooperative.id", ondelete="RESTRICT", index=True)
    made_by: uuid.UUID = Field(foreign_key="membership.id", ondelete="RESTRICT")
    name: str = Field(max_length=40)
    scope: str = Field(max_length=5)
    prefix: str = Field(
        max_length=16, description="The first characters, so that people can tell keys apart."
    )
    key_hash: str = Field(max_length=64, unique=True)
    made_at: datetime
    used_on: date | None = None  # to the day, so that most requests write nothing
    revoked_at: datetime | None = None


class Attempt(Table, table=True):
    """A try at a password or a link, counted per hashed subject, so that guessing is slow."""

    __table_args__ = (Index("ix_attempt_subject", "subject", "at"),)

    id: uuid.UUID = Field(primary_key=True)
    subject: str = Field(max_length=64, description="Keyed hash of what was tried or from where.")
    at: datetime = Field(index=True)
