"""Random histories of batches, and a simple model of them that never asks the product."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from trace.kit.ids import new_id


@dataclass(frozen=True)
class Deed:
    """An operation: of each thing the grams that it took, and the grams of each batch that it made."""

    id: uuid.UUID
    took: dict[uuid.UUID, int]
    made: dict[uuid.UUID, int]
    gone: bool = False


@dataclass(frozen=True)
class History:
    """Harvests, and what was done with them in this order."""

    harvests: list[uuid.UUID]
    deeds: list[Deed]

    def standing(self) -> Iterator[Deed]:
        return (deed for deed in self.deeds if not deed.gone)

    def of(self) -> dict[uuid.UUID, dict[uuid.UUID, Fraction]]:
        """For each thing what it is of, itself included: mixed forward, one deed after the other."""
        found = {one: {one: Fraction(1)} for one in self.harvests}
        for deed in self.standing():
            whole = sum(deed.took.values())
            mixed: dict[uuid.UUID, Fraction] = {}
            for source, grams in deed.took.items():
                for origin, part in found[source].items():
                    mixed[origin] = mixed.get(origin, Fraction(0)) + part * grams / whole
            found |= {batch: {**mixed, batch: Fraction(1)} for batch in deed.made}
        return found


@st.composite
def histories(draw: st.DrawFn) -> History:
    """Up to three harvests and eight operations; the last ones may have been taken back."""
    harvests = [new_id() for _ in range(draw(st.integers(1, 3)))]
    known = list(harvests)
    deeds: list[Deed] = []
    for _ in range(draw(st.integers(1, 8))):
        sources: list[uuid.UUID] = [draw(st.sampled_from(harvests))]
        batches = [one for one in known if one not in harvests]
        if draw(st.booleans()) and batches:
            sources = draw(st.lists(st.sampled_from(batches), min_size=1, max_size=3, unique=True))
        took = {one: draw(st.integers(1, 5_000)) for one in sources}
        whole, count = sum(took.values()), draw(st.integers(1, 3))
        made = {new_id(): max(whole // count, 1) for _ in range(count)}
        gone = draw(st.integers(0, 3)) == 0
        deeds.append(Deed(new_id(), took, made, gone))
        if not gone:
            known += made
    return History(harvests, deeds)
