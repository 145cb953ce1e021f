"""When a step is due, and which record did it."""

import uuid
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from trace.records.calendar_rules import CountsFrom, Deed, State, Step, Window, done_by, key_of, state, window

ZERO = date(2026, 8, 28)


def step(key: str, opens: int, closes: int, kind: str = "pruning", works: tuple[str, ...] = ()) -> Step:
    return Step(key, kind, opens, closes, key, works=works)


def deed(day: int, kind: str = "pruning", work: str = "") -> Deed:
    return Deed(uuid.UUID(int=day), kind, work, ZERO + timedelta(day))


def windows(*steps: Step) -> dict[str, Window | None]:
    return {one.key: window(one, CountsFrom.PLANTING, zero=ZERO, begun=ZERO) for one in steps}


def done(steps: list[Step], *deeds: Deed) -> dict[str, int]:
    return {key: (found.on - ZERO).days for key, found in done_by(steps, windows(*steps), deeds).items()}


def test_days_are_counted_from_the_planting() -> None:
    assert window(step("bees", 15, 20), CountsFrom.PLANTING, zero=ZERO, begun=ZERO) == Window(
        date(2026, 9, 12), date(2026, 9, 17)
    )
    assert window(step("bees", 15, 20), CountsFrom.PLANTING, zero=None, begun=ZERO) is None


def test_months_are_the_next_ones_that_are_not_over() -> None:
    begun = date(2026, 8, 20)
    for opens, closes, expected in (
        (7, 8, Window(date(2026, 7, 1), date(2026, 8, 31))),
        (5, 6, Window(date(2027, 5, 1), date(2027, 6, 30))),
        (11, 2, Window(date(2026, 11, 1), date(2027, 2, 28))),
    ):
        assert window(step("x", opens, closes), CountsFrom.YEAR, zero=None, begun=begun) == expected
    winter = window(step("x", 11, 2), CountsFrom.YEAR, zero=None, begun=date(2027, 1, 5))
    assert winter == Window(date(2026, 11, 1), date(2027, 2, 28))


def test_a_record_does_the_step_in_whose_days_it_lies() -> None:
    steps = [step("first", 7, 10), step("second", 22, 30)]
    assert done(steps, deed(8)) == {"first": 8}
    assert done(steps, deed(25)) == {"second": 25}
    assert done(steps, deed(25), deed(28)) == {"second": 25}
    assert done(steps, deed(15), deed(25)) == {"first": 15, "second": 25}
    assert done(steps, deed(3)) == {}


def test_a_late_record_does_what_was_left_open_and_another_work_does_not() -> None:
    steps = [step("select", 22, 30, works=("fruit_selection",)), step("train", 7, 10, works=("training",))]
    assert done(steps, deed(32, work="fruit_selection")) == {"select": 32}
    assert done(steps, deed(32, work="topping"), deed(8, kind="harvest")) == {}


def test_a_step_is_ahead_then_due_then_overdue() -> None:
    bees = step("bees", 15, 20)
    span = windows(bees)["bees"]

    def on(day: int, *, is_done: bool = False, is_skipped: bool = False) -> State:
        return state(
            bees,
            span,
            done={"bees"} if is_done else set(),
            skipped={"bees"} if is_skipped else set(),
            today=ZERO + timedelta(day),
        )

    assert [on(day) for day in (14, 15, 20, 21)] == [State.AHEAD, State.DUE, State.DUE, State.OVERDUE]
    assert on(30, is_skipped=True) == State.SKIPPED
    assert on(30, is_skipped=True, is_done=True) == State.DONE
    assert state(bees, None, done=(), skipped=(), today=ZERO) == State.UNDATED


def test_a_crop_has_one_key_however_it_is_written() -> None:
    assert key_of("Dưa lưới") == key_of("dua luoi") == key_of(" DƯA  LƯỚI ") == "dua-luoi"
    assert key_of("Cà rốt") == "ca-rot"


_STEPS = st.lists(
    st.tuples(st.integers(-12, 60), st.integers(0, 15), st.sampled_from(("pruning", "harvest"))), max_size=6
).map(
    lambda found: [
        step(f"s{n}", opens, opens + length, kind) for n, (opens, length, kind) in enumerate(found)
    ]
)
_DEEDS = st.lists(st.tuples(st.integers(-20, 90), st.sampled_from(("pruning", "harvest"))), max_size=8).map(
    lambda found: [
        Deed(uuid.UUID(int=n), kind, "", ZERO + timedelta(day)) for n, (day, kind) in enumerate(found)
    ]
)


@settings(max_examples=100)
@given(_STEPS, _DEEDS)
def test_each_record_does_one_step_of_its_kind_and_never_before_its_time(
    steps: list[Step], deeds: list[Deed]
) -> None:
    spans = windows(*steps)
    found = done_by(steps, spans, deeds)
    assert len({one.record_id for one in found.values()}) == len(found)
    for one in steps:
        span = spans[one.key]
        assert span is not None
        if one.key in found:
            assert found[one.key].kind == one.kind
            assert found[one.key].on >= span.opens
        else:  # whoever did the work in its days has done the step, or one that was due with it
            used = {other.record_id for other in found.values()}
            for other in deeds:
                if other.kind == one.kind and span.opens <= other.on <= span.closes:
                    assert other.record_id in used
    assert found == done_by(steps, spans, deeds[::-1])
