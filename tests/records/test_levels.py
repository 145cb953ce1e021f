"""The level of a statement follows from facts by one rule: more evidence never lowers it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trace.records.levels import Backing, Level, Shot, level

HAPPENED = datetime(2026, 11, 8, 6, 30, tzinfo=UTC)
AT_WORK = Shot(HAPPENED + timedelta(minutes=20), HAPPENED + timedelta(minutes=40), in_place=True)
PLAIN = Backing(HAPPENED, HAPPENED + timedelta(hours=1))

moments = st.timedeltas(timedelta(days=-3), timedelta(days=3)).map(lambda span: HAPPENED + span)
shots = st.builds(Shot, st.none() | moments, moments, st.sampled_from([True, False, None]))
backings = st.builds(
    Backing, moments, moments, st.lists(shots, max_size=4).map(tuple), st.booleans(), st.booleans()
)


@settings(max_examples=100)
@given(backing=backings, shot=shots)
def test_more_evidence_never_lowers_a_level(backing: Backing, shot: Shot) -> None:
    before = level(backing).rank
    for more in (
        replace(backing, shots=(*backing.shots, shot)),
        replace(backing, confirmed=True),
        replace(backing, third_party=True),
        replace(backing, shots=(shot, *backing.shots), confirmed=True, third_party=True),
    ):
        assert level(more).rank >= before


@settings(max_examples=100)
@given(backing=backings)
def test_a_level_is_reached_only_by_what_it_takes(backing: Backing) -> None:
    reached = level(backing)
    assert (reached == Level.THIRD_PARTY) == backing.third_party
    assert (reached == Level.CONFIRMED) == (backing.confirmed and not backing.third_party)
    if reached == Level.PHOTO:
        assert any(
            shot.taken_at
            and shot.in_place is not False
            and abs((shot.taken_at - backing.happened_at).total_seconds()) <= 7200
            and max(shot.received_at, backing.received_at) <= shot.taken_at + timedelta(days=1)
            for shot in backing.shots
        )


@pytest.mark.parametrize(
    ("shot", "reached"),
    [
        (AT_WORK, Level.PHOTO),
        (replace(AT_WORK, in_place=None), Level.PHOTO),
        (replace(AT_WORK, in_place=False), Level.SELF_DECLARED),
        (replace(AT_WORK, taken_at=None), Level.SELF_DECLARED),
        (replace(AT_WORK, taken_at=HAPPENED - timedelta(hours=2)), Level.PHOTO),
        (replace(AT_WORK, taken_at=HAPPENED - timedelta(hours=2, seconds=1)), Level.SELF_DECLARED),
        (replace(AT_WORK, received_at=HAPPENED + timedelta(days=2)), Level.SELF_DECLARED),
        (replace(AT_WORK, taken_at=HAPPENED + timedelta(hours=1, minutes=6)), Level.SELF_DECLARED),
    ],
)
def test_a_photograph_counts_that_was_taken_at_the_work_and_came_in_soon(shot: Shot, reached: Level) -> None:
    assert level(replace(PLAIN, shots=(shot,))) == reached


def test_a_photograph_does_not_make_a_late_record_timely() -> None:
    assert (
        level(replace(PLAIN, shots=(AT_WORK,), received_at=HAPPENED + timedelta(days=2))) == "self-declared"
    )


def test_levels_stand_in_their_order() -> None:
    assert [one.rank for one in (Level("self-declared"), Level("photo"), Level("confirmed"))] == [0, 1, 2]
