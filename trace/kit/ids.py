"""Identifiers that any device can make without asking the server."""

import hashlib
import uuid

import uuid6


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562): the milliseconds first, then 74 random bits.

    Random enough to be made offline on any phone, and still in order of time, so that new rows go to
    the end of a B-tree index instead of all over it, and a list sorted by id is a list sorted by age.
    The order is a convenience: in a burst the ids run ahead of the clock by one millisecond each, so
    no time is ever read back out of an id.
    """
    # A plain UUID instead of the package's subclass: drivers and serialisers look types up exactly.
    return uuid.UUID(int=uuid6.uuid7().int)


def derived_id(from_: uuid.UUID, *names: object) -> uuid.UUID:
    """A UUID of version 7 that is the same whenever it is asked for: of the same moment, its rest from the names.

    What one form says about several things has an id for each, so that the form sent again is harmless, too.
    """
    digest = int.from_bytes(hashlib.sha256(repr((from_.hex, *map(str, names))).encode()).digest()[:10], "big")
    rest = (digest >> 64 & 0xFFF) << 64 | digest & (1 << 62) - 1
    return uuid.UUID(int=from_.int >> 80 << 80 | 0x7 << 76 | 0b10 << 62 | rest)


def as_id(typed: object) -> uuid.UUID | None:
    """An id out of a form or an address; None for what is none."""
    try:
        return uuid.UUID(str(typed))
    except ValueError:
        return None
