"""How much of one thing is in another."""

from datetime import UTC, datetime

from hypothesis import given, settings

from tests.tracing.graphs import History, histories
from trace.tracing.rules import Step, Weight, parts_above, parts_below

AT = datetime(2026, 11, 10, tzinfo=UTC)


def steps(history: History) -> list[Step]:
    return [
        Step(
            deed.id,
            AT,
            [Weight(one, grams) for one, grams in deed.took.items()],
            [Weight(one, grams) for one, grams in deed.made.items()],
            sum(deed.took.values()),
        )
        for deed in history.standing()
    ]


@settings(max_examples=60)
@given(histories())
def test_what_is_below_and_what_is_above_are_the_same_shares_seen_from_two_ends(history: History) -> None:
    of = history.of()
    told = steps(history)
    for start in of:
        below = {one: of[one][start] for one in of if start in of[one]}
        reached = [step for step in told if any(one.id in below and one.id != start for one in step.made)]
        assert parts_below([start], reached) == below
        behind = [step for step in told if any(one.id in of[start] for one in step.made)]
        kept = [
            Step(step.id, step.at, step.took, [one for one in step.made if one.id in of[start]], step.whole)
            for step in behind
        ]
        assert parts_above(start, kept) == of[start]
