"""Who is asking: a person in one cooperative with one role."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from trace.accounts.models import Role
from trace.accounts.rules import may
from trace.kit.problems import Forbidden
from trace.kit.translation import N_

_REMEMBERED: Final = timedelta(minutes=30)


class PasswordNeeded(Forbidden):
    """Allowed as soon as the person has given the password once more."""

    def __init__(self) -> None:
        super().__init__(N_("Give your password once more first: open the page “Confirm that it is you”."))


@dataclass(frozen=True)
class Actor:
    """Whoever a request speaks for. Commands ask it for permission; queries take the cooperative from it."""

    membership_id: uuid.UUID
    person_id: uuid.UUID
    cooperative_id: uuid.UUID
    role: Role
    name: str
    cooperative_name: str
    illustration: bool
    session_id: uuid.UUID | None = None
    confirmed_at: datetime | None = None
    key_id: uuid.UUID | None = None
    reads_only: bool = False

    def can(self, needed: Role) -> bool:
        return may(self.role, needed)

    def must_be(self, needed: Role) -> None:
        if not self.can(needed):
            raise Forbidden

    def must_be_present(self, *, now: datetime) -> None:
        """Lasting power is given away by a person who gave the password lately, not by a key or a phone found."""
        if self.key_id:
            raise Forbidden(N_("An API key cannot do this. A manager does it after signing in."))
        if self.session_id and not self.confirmed(now=now):
            raise PasswordNeeded

    def confirmed(self, *, now: datetime) -> bool:
        return self.confirmed_at is not None and now - self.confirmed_at <= _REMEMBERED

    @property
    def records(self) -> bool:
        return self.can(Role.RECORDER)

    @property
    def manages(self) -> bool:
        return self.can(Role.MANAGER)
