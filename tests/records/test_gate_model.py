"""The gate against a second opinion: plain arithmetic on days, which knows nothing of the product's own rules.

Hypothesis tells the same story to the API and to the model: plots with crops beside and after each other, sprayings
that are corrected and taken back, harvests by recorders and managers, with and without a reason, and corrected again.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.catalogue.making import product
from tests.conftest import START, StandingClock
from tests.farms.making import area, plot
from tests.people import Door, Factory
from tests.records.making import diary, facts, said
from trace.kit.clock import VIETNAM

Verdict = Literal["refused", "doubtful", "taken"]
FIRST: Final = date(2026, 11, 10)  # day 0
WHY: Final = "Bão sắp vào, quả đã đủ ngày."


@dataclass
class Spray:
    crop: "Crop"
    when: tuple[int, int]  # day and hour
    phi: int | None
    id: str = ""
    stands: bool = True

    @property
    def free(self) -> int | None:
        """The first day on which may be harvested."""
        return None if self.phi is None else self.when[0] + self.phi


@dataclass
class Harvest:
    crop: "Crop"
    when: tuple[int, int]
    id: str = ""
    stands: bool = True
    reasons: list[str] = field(default_factory=list)  # of itself and of what it corrects


@dataclass
class Crop:
    plot: int
    opened: int
    sown: int | None
    closed: int | None = None
    id: str = ""

    @property
    def days(self) -> range:
        first = self.opened if self.sown is None else min(self.opened, self.sown)
        return range(first, (500 if self.closed is None else self.closed) + 1)


@dataclass
class Model:
    crops: list[Crop] = field(default_factory=list)
    sprays: list[Spray] = field(default_factory=list)
    harvests: list[Harvest] = field(default_factory=list)

    def _before(self, crop: Crop, when: tuple[int, int], *, together: bool) -> list[Spray]:
        return [
            one
            for one in self.sprays
            if one.stands
            and one.when <= when
            and one.crop.plot == crop.plot
            and bool(set(one.crop.days) & set(crop.days)) is together
        ]

    def free(self, crop: Crop, when: tuple[int, int]) -> int | None:
        """The day that a harvest broke, if it broke one."""
        ends = [one.free for one in self._before(crop, when, together=True) if one.free is not None]
        return max((end for end in ends if end > when[0]), default=None)

    def early(self, crop: Crop, when: tuple[int, int]) -> int:
        free = self.free(crop, when)
        return 0 if free is None else free - when[0]

    def judge(self, new: Harvest, old: Harvest | None, *, manager: bool, reason: bool) -> Verdict:
        crop, when = new.crop, new.when
        early = self.early(crop, when)
        asks = crop.sown is not None and when[0] < crop.sown
        if not early:
            unknown = any(one.phi is None for one in self._before(crop, when, together=True))
            other = any((one.free or 0) > when[0] for one in self._before(crop, when, together=False))
            return "refused" if reason else "doubtful" if asks or unknown or other else "taken"
        if manager and reason:
            return "doubtful" if asks else "taken"
        if old is None or early > self.early(crop, old.when):
            return "refused"
        return "refused" if reason else "doubtful"


AGO = st.integers(0, 25)
HOUR = st.sampled_from([6, 7, 11])
PHI = st.none() | st.integers(0, 20)
WHICH = st.integers(0, 5)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), st.integers(0, 1), st.none() | AGO),
        st.tuples(st.just("wait"), st.integers(1, 8)),
        st.tuples(st.just("close"), WHICH),
        st.tuples(st.just("spray"), WHICH, AGO, HOUR, PHI),
        st.tuples(st.just("respray"), WHICH, AGO, HOUR, PHI),
        st.tuples(st.just("unspray"), WHICH),
        st.tuples(st.just("harvest"), WHICH, st.integers(0, 9), HOUR, st.booleans(), st.booleans()),
        st.tuples(st.just("reharvest"), WHICH, st.integers(0, 9), HOUR, st.booleans(), st.booleans()),
    ),
    min_size=3,
    max_size=14,
)

EARLIER: Final = ("reharvest", 0, 1, 6, False, False)


@dataclass
class Story:
    """Carries each step out at the product's door and in the model, and compares."""

    manager: Door
    recorder: Door
    clock: StandingClock
    plots: list[str]
    product: str
    model: Model = field(default_factory=Model)
    today: int = 0

    def play(self, steps: list[Any]) -> None:
        self.open(0, 20)
        for name, *given_ in steps:
            getattr(self, name)(*given_)
        self.compare_the_diaries()

    def wait(self, days: int) -> None:
        self.today += days
        self.clock.now = START + timedelta(days=self.today, hours=4)

    def open(self, place: int, sown_ago: int | None) -> None:
        crop = Crop(place, self.today, None if sown_ago is None else self.today - sown_ago)
        sown = None if crop.sown is None else str(FIRST + timedelta(days=crop.sown))
        told = {"plot_id": self.plots[place], "product_id": self.product, "name": "Vụ", "sown_on": sown}
        crop.id = self.manager.tell("/cycles", **told, sure=True)["id"]
        self.model.crops.append(crop)

    def close(self, which: int) -> None:
        if crop := pick([one for one in self.model.crops if one.closed is None], which):
            self.manager.tell(f"/cycles/{crop.id}/close", sure=True)
            crop.closed = self.today

    def spray(self, which: int, ago: int, hour: int, phi: int | None, old: Spray | None = None) -> None:
        crop = old.crop if old else pick([one for one in self.model.crops if one.closed is None], which)
        if crop is None:
            return
        new = Spray(crop, (self.today - ago, hour), phi)
        told = said("spraying", phi_days=phi, **self.common(crop, new.when, old))
        new.id = self.recorder.tell("/records", **told, sure=True)["id"]  # never refused
        self.model.sprays.append(new)

    def respray(self, which: int, ago: int, hour: int, phi: int | None) -> None:
        if old := pick([one for one in self.model.sprays if one.stands], which):
            self.spray(0, ago, hour, phi, old)
            old.stands = False

    def unspray(self, which: int) -> None:
        if old := pick([one for one in self.model.sprays if one.stands], which):
            told = {"kind": "retraction", "corrects_id": old.id, "correction_reason": "Nhầm"}
            self.recorder.tell("/records", **told)
            old.stands = False

    def harvest(
        self, which: int, ago: int, hour: int, manager: bool, reason: bool, old: Harvest | None = None
    ) -> None:
        crop = old.crop if old else pick([one for one in self.model.crops if one.closed is None], which)
        if crop is None:
            return
        new = Harvest(crop, (self.today - ago, hour))
        told = {"quantity": "10", "pieces": None, **self.common(crop, new.when, old)}
        told |= {"early_reason": WHY} if reason else {}
        door = self.manager if manager else self.recorder
        needed = reason and bool(self.model.early(crop, new.when))
        expected = self.model.judge(new, old, manager=manager, reason=reason)
        answer = door.say("/records", **said("harvest", **told))
        assert verdict(answer) == expected, (expected, new, answer.text)
        if expected != "taken":
            answer = door.say("/records", **said("harvest", **told), sure=True)
            assert verdict(answer) == ("refused" if expected == "refused" else "taken"), answer.text
        if expected != "refused":
            new.id = answer.json()["id"]
            new.reasons = (old.reasons if old else []) + ([WHY] if needed else [])
            self.model.harvests.append(new)
            if old:
                old.stands = False

    def reharvest(self, which: int, ago: int, hour: int, manager: bool, reason: bool) -> None:
        if old := pick([one for one in self.model.harvests if one.stands], which):
            self.harvest(0, ago, hour, manager, reason, old)

    def common(self, crop: Crop, when: tuple[int, int], old: Any) -> dict[str, Any]:
        day = FIRST + timedelta(days=when[0])
        at = datetime(day.year, day.month, day.day, when[1], tzinfo=VIETNAM)
        correction = {"corrects_id": old.id, "correction_reason": "Nhầm"} if old else {}
        return {"cycle_id": crop.id, "happened_at": at.isoformat(), **correction}

    def compare_the_diaries(self) -> None:
        """What each harvest shows now, and what each batch of it carries for ever."""
        for crop in self.model.crops:
            lines = {line["id"]: facts(line) for line in diary(self.manager, crop.id)}
            for one in self.model.harvests:
                if one.crop is crop and one.stands:
                    free = self.model.free(crop, one.when)
                    shown = None if free is None else str(FIRST + timedelta(days=free))
                    assert lines[one.id].get("too_early") == shown, one
                    made = self.manager.tell("/batches", harvest_id=one.id, quantity="1", sure=True)
                    assert [given_["reason"] for given_ in made["early"]] == one.reasons


def verdict(answer: Any) -> Verdict:
    if answer.status_code == 201:
        return "taken"
    assert answer.status_code == 409, answer.text
    found: Verdict = answer.json()["type"].removeprefix("/problems/")
    return found


def pick(things: list[Any], which: int) -> Any:
    return things[which % len(things)] if things else None


@pytest.fixture
def recorder(manager: Door, make: Factory) -> Door:
    return make.member(manager, "recorder")


# What chance finds too seldom: a reason by either, crops beside each other, crops that share one day, crops that share
# none, a correction that is as early and one that is earlier, an interval made longer after the harvest.
@settings(max_examples=20)
@given(STEPS)
@example([("spray", 0, 6, 6, 14), ("harvest", 0, 0, 6, False, True), ("harvest", 0, 0, 6, True, True)])
@example([("open", 0, None), ("spray", 1, 6, 6, 14), ("harvest", 0, 0, 6, True, False)])
@example([("spray", 0, 6, 6, 14), ("close", 0), ("open", 0, None), ("harvest", 0, 0, 6, True, False)])
@example(
    [("spray", 0, 6, 6, 14), ("close", 0), ("wait", 1), ("open", 0, None), ("harvest", 0, 0, 6, False, False)]
)
@example(
    [("spray", 0, 6, 6, 14), ("harvest", 0, 0, 6, True, True), ("reharvest", 0, 0, 6, False, False), EARLIER]
)
@example([("spray", 0, 6, 6, 3), ("harvest", 0, 0, 6, False, False), ("respray", 0, 6, 6, 9), EARLIER])
def test_the_gate_agrees_with_plain_arithmetic(
    manager: Door, recorder: Door, clock: StandingClock, steps: list[Any]
) -> None:
    clock.now = START + timedelta(hours=4)  # noon, so that every hour of today is past
    field_ = area(manager)["id"]
    plots = [plot(manager, area_id=field_)["id"] for _ in range(2)]
    Story(manager, recorder, clock, plots, product(manager)["id"]).play(steps)
