"""Who is asking: a person in one cooperative with one role."""

import uuid
from dataclasses import dataclass

from trace.accounts.models import Role
from trace.accounts.rules import may
from trace.kit.problems import Forbidden


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

    def can(self, needed: Role) -> bool:
        return may(self.role, needed)

    def must_be(self, needed: Role) -> None:
        if not self.can(needed):
            raise Forbidden

    @property
    def records(self) -> bool:
        return self.can(Role.RECORDER)

    @property
    def manages(self) -> bool:
        return self.can(Role.MANAGER)
