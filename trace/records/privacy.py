"""Who may read what the diary keeps: the one place that says which kinds and fields are not for everybody.

A kind or field that is not named here is public. A test holds every field marked Personal to be named here.
"""

from enum import IntEnum
from typing import Final

from trace.accounts.actor import Actor
from trace.accounts.models import Role
from trace.records.models import Kind


class Circle(IntEnum):
    """How far something may be told."""

    STRANGERS = 0
    MEMBERS = 1
    MANAGERS = 2


KINDS: Final[dict[str, Circle]] = {
    Kind.HYGIENE: Circle.MEMBERS,
    Kind.WASTE: Circle.MEMBERS,
    Kind.AUDIT: Circle.MEMBERS,
    Kind.COMPLAINT: Circle.MEMBERS,
    Kind.TRAINING: Circle.MANAGERS,
    Kind.HEALTH: Circle.MANAGERS,
}
FIELDS: Final[dict[str, dict[str, Circle]]] = {
    Kind.FERTILISING: {"done_by": Circle.MEMBERS},
    Kind.SPRAYING: {"done_by": Circle.MEMBERS},
    Kind.HARVEST: {"done_by": Circle.MEMBERS},
    Kind.SALE: dict.fromkeys(("price", "buyer", "place", "vehicle"), Circle.MEMBERS),
}


def circle(reader: Actor | None) -> Circle:
    """The innermost circle that this reader belongs to; nobody signed in is a stranger."""
    if reader is None:
        return Circle.STRANGERS
    return Circle.MANAGERS if reader.can(Role.MANAGER) else Circle.MEMBERS


def of_kind(kind: str) -> Circle:
    return KINDS.get(kind, Circle.STRANGERS)


def of_field(kind: str, name: str) -> Circle:
    """Of a field, which is never wider than its kind's."""
    return max(of_kind(kind), FIELDS.get(kind, {}).get(name, Circle.STRANGERS))


def kinds_for(reader: Actor | None) -> list[str]:
    """The kinds whose records this reader may see at all."""
    return [kind.value for kind in Kind if of_kind(kind) <= circle(reader)]


def may_read(reader: Actor | None, kind: str, name: str | None = None) -> bool:
    """Whether a record of this kind, or one field of it, may be told to this reader."""
    return (of_kind(kind) if name is None else of_field(kind, name)) <= circle(reader)
