"""How results are read and judged."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.laboratory import rules
from trace.laboratory.models import Found, Verdict
from trace.laboratory.rules import Reading

AMOUNT = st.decimals(min_value=0, max_value=1000, places=6)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("0.012", Reading(Found.NUMBER, Decimal("0.012"))),
        ("< 0.01", Reading(Found.BELOW, Decimal("0.01"))),
        ("KPH", Reading(Found.NOT_DETECTED)),
        ("Không phát hiện", Reading(Found.NOT_DETECTED)),
        ("<LOD", Reading(Found.NOT_DETECTED)),
        ("Dương tính", Reading(Found.DETECTED)),
        ("0,012", None),
        ("-1", None),
        ("nhiều", None),
    ],
)
def test_a_result_is_read_as_laboratories_write_it(typed: str, found: Reading | None) -> None:
    assert rules.reading(typed) == found


@given(value=AMOUNT, below=st.booleans())
def test_its_one_spelling_is_read_back_as_the_same(value: Decimal, below: bool) -> None:
    found = Reading(Found.BELOW if below else Found.NUMBER, value)
    assert rules.reading(str(found)) == found


@given(value=AMOUNT, limit=AMOUNT)
def test_more_than_the_limit_fails_and_no_limit_says_nothing(value: Decimal, limit: Decimal) -> None:
    found = Reading(Found.NUMBER, value)
    assert rules.judged(found, limit) == (Verdict.FAIL if value > limit else Verdict.PASS)
    assert rules.judged(found, None) is None
    assert rules.judged(Reading(Found.BELOW, value), limit) == (None if value > limit else Verdict.PASS)


def test_where_none_may_be_there_finding_any_fails() -> None:
    assert rules.judged(Reading(Found.DETECTED), Decimal(0)) == Verdict.FAIL
    assert rules.judged(Reading(Found.NOT_DETECTED), Decimal(0)) == Verdict.PASS
    assert rules.judged(Reading(Found.DETECTED), Decimal(5)) is None


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1))
def test_one_that_failed_fails_the_whole(verdicts: list[Verdict]) -> None:
    overall = rules.overall(verdicts)
    assert (overall == Verdict.FAIL) == (Verdict.FAIL in verdicts)
    assert (overall == Verdict.NOT_JUDGED) == (set(verdicts) == {Verdict.NOT_JUDGED})
