"""Whatever is done in whatever order: kilograms are kept, shares make one, parents and children agree.

The model beside it is simple on purpose: it mixes grams of harvests forward, by hand, and never asks the product.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlmodel import Session

from tests.batches.making import harvest
from tests.batches.operating import told
from tests.catalogue.making import product
from tests.farms.making import plot
from tests.people import Door
from tests.records.making import cycle
from trace.batches import ancestry

HARVESTED = 100_000  # grams


@dataclass
class Pile:
    """A batch as the model sees it: grams, and of which harvest each part is."""

    grams: int
    left: int
    of: dict[str, Fraction]
    parents: set[str]
    gone: bool = False


@dataclass
class Deed:
    """What was done, so that it can be taken back."""

    id: str
    took: dict[str, int]
    made: list[str]
    lost: int
    gone: bool = False


@dataclass
class Model:
    harvests: dict[str, int] = field(default_factory=dict)
    piles: dict[str, Pile] = field(default_factory=dict)
    deeds: list[Deed] = field(default_factory=list)

    def living(self) -> list[str]:
        return [key for key, pile in self.piles.items() if not pile.gone and pile.left > 0]


def kg(grams: int) -> str:
    return str(Decimal(grams) / 1000)


class Packing(RuleBasedStateMachine):
    """Some harvests of two plots, and everything that is done with them through the API."""

    door: Door
    db: Session

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()

    @initialize()
    def cut(self) -> None:
        melon = product(self.door)["id"]
        for _ in range(2):
            grown = cycle(self.door, plot_id=plot(self.door)["id"], product_id=melon)
            cut = harvest(self.door, cycle_id=grown["id"], quantity=kg(HARVESTED), pieces=None)
            self.model.harvests[cut["id"]] = HARVESTED

    def do(self, kind: str, took: dict[str, int], made: list[int], lost: int, **said: Any) -> None:
        """Carry it out through the API and in the model; more than there is must be refused by both."""
        inputs = [{"batch_id": key, "kg": kg(grams)} for key, grams in took.items()]
        losses = [{"loss": "other", "kg": kg(lost)}] if lost else []
        body = told(kind, sure=True, reason="Thử", **said)
        if kind == "make":
            body |= {"outputs": [{"kg": kg(grams)} for grams in made], "losses": losses}
        elif kind == "loss":
            body |= {"inputs": inputs, "loss": "other"}
        else:
            body |= {"inputs": inputs, "outputs": [{"kg": kg(grams)} for grams in made], "losses": losses}
        there = {**self.model.harvests, **{key: pile.left for key, pile in self.model.piles.items()}}
        fits = all(grams <= there[key] for key, grams in took.items())
        answer = self.door.say("/operations", **body)
        assert answer.status_code == (201 if fits else 409), answer.text
        if fits:
            ids = [one["batch_id"] for one in answer.json()["outputs"] if one["batch_id"]]
            self.keep(answer.json()["id"], took, dict(zip(ids, made, strict=True)), lost)

    def keep(self, deed: str, took: dict[str, int], made: dict[str, int], lost: int) -> None:
        mixed: dict[str, Fraction] = defaultdict(Fraction)
        for key, grams in took.items():
            of = self.model.piles[key].of if key in self.model.piles else {key: Fraction(1)}
            for cut, share in of.items():
                mixed[cut] += share * grams / sum(took.values())
            self.give(key, -grams)
        for key, grams in made.items():
            self.model.piles[key] = Pile(grams, grams, dict(mixed), set(took) & set(self.model.piles))
        self.model.deeds.append(Deed(deed, took, list(made), lost))

    def give(self, key: str, grams: int) -> None:
        if key in self.model.harvests:
            self.model.harvests[key] += grams
        else:
            self.model.piles[key].left += grams

    @rule(which=st.integers(0, 1), grams=st.integers(2, 70_000), lost=st.integers(0, 5_000))
    def sort(self, which: int, grams: int, lost: int) -> None:
        cut = list(self.model.harvests)[which]
        made = [grams // 3 or 1, grams - (grams // 3 or 1)]
        self.do("make", {cut: grams + lost}, made, lost, harvest_id=cut)

    @precondition(lambda self: self.model.living())
    @rule(pick=st.randoms(use_true_random=False), part=st.fractions(Fraction(1, 100), Fraction(5, 4)))
    def split(self, pick: Any, part: Fraction) -> None:
        key = pick.choice(self.model.living())
        grams = max(1, int(self.model.piles[key].left * part))
        self.do("split", {key: grams}, [grams], 0)

    @precondition(lambda self: len(self.model.living()) > 1)
    @rule(pick=st.randoms(use_true_random=False), lost=st.integers(0, 50))
    def merge(self, pick: Any, lost: int) -> None:
        keys = pick.sample(self.model.living(), 2)
        took = {key: pick.randint(1, self.model.piles[key].left) for key in keys}
        lost = min(lost, sum(took.values()) - 1)
        self.do("merge", took, [sum(took.values()) - lost], lost)

    @precondition(lambda self: self.model.living())
    @rule(pick=st.randoms(use_true_random=False))
    def lose(self, pick: Any) -> None:
        key = pick.choice(self.model.living())
        grams = pick.randint(1, self.model.piles[key].left)
        self.do("loss", {key: grams}, [], grams)

    @precondition(lambda self: any(not deed.gone for deed in self.model.deeds))
    @rule(pick=st.randoms(use_true_random=False))
    def take_back(self, pick: Any) -> None:
        deed = pick.choice([one for one in self.model.deeds if not one.gone])
        used = {key for one in self.model.deeds if not one.gone for key in one.took}
        answer = self.door.say("/operations", **told("take_back", takes_back_id=deed.id, reason="Thử"))
        assert answer.status_code == (409 if used & set(deed.made) else 201), answer.text
        if answer.status_code == 201:
            deed.gone = True
            for key, grams in deed.took.items():
                self.give(key, grams)
            for key in deed.made:
                self.model.piles[key].gone, self.model.piles[key].left = True, 0

    @invariant()
    def every_gram_is_somewhere(self) -> None:
        if not self.model.harvests:
            return
        lost = sum(deed.lost for deed in self.model.deeds if not deed.gone)
        there = sum(self.model.harvests.values()) + sum(pile.left for pile in self.model.piles.values())
        assert there + lost == HARVESTED * 2
        left = {one["id"]: Decimal(one["left_kg"]) for one in self.door.ask("/batches", limit=200)["items"]}
        for key, pile in self.model.piles.items():
            assert left[key] == Decimal(pile.left) / 1000 >= 0

    @invariant()
    def shares_are_those_of_the_grams_and_make_one(self) -> None:
        for key, pile in list(self.model.piles.items())[-2:]:
            found = {
                one["harvest_id"]: Fraction(one["share"]) for one in self.door.ask(f"/batches/{key}/origins")
            }
            assert found == pile.of
            assert sum(found.values()) == 1

    def teardown(self) -> None:
        """Whoever is of another has it as its own, and the other way round."""
        piles = self.model.piles
        above = {key: self.family(ancestry.above(uuid.UUID(key))) for key in piles}
        below = {key: self.family(ancestry.below(uuid.UUID(key))) for key in piles}
        for key, pile in piles.items():
            assert above[key] == {key}.union(*(above[parent] for parent in pile.parents))
            assert below[key] == {other for other in piles if key in above[other]}

    def family(self, found: Any) -> set[str]:
        return {str(one) for one in self.db.execute(select(found.c.id)).scalars()}


def test_kilograms_and_ancestry_survive_whatever_is_done(manager: Door, db: Session) -> None:
    class OwnPacking(Packing):
        pass

    OwnPacking.door, OwnPacking.db = manager, db
    run_state_machine_as_test(
        OwnPacking,
        settings=settings(
            max_examples=5,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
