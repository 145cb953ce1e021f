"""How numbers and addresses are read, and what a limited quantity reaches."""

import uuid
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.certificates import rules

KG = st.decimals(min_value=1, max_value=999, places=3)


@given(limit=KG, taken=st.lists(KG, max_size=12))
def test_batches_never_claim_more_than_there_is_and_none_that_fits_is_left_out(
    limit: Decimal, taken: list[Decimal]
) -> None:
    published = [(uuid.uuid4(), kg) for kg in taken]
    claiming = rules.claiming(limit, published)
    left = limit
    for batch_id, kg in published:
        assert (batch_id in claiming) == (kg <= left)
        left -= kg if batch_id in claiming else 0
    assert left >= 0


@pytest.mark.parametrize(
    ("days", "due"), [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (0, 7), (-1, 0)]
)
def test_reminders_fall_due_at_60_30_and_7_days(days: int, due: int | None) -> None:
    assert rules.stage(days) == due


@pytest.mark.parametrize(
    ("typed", "read"),
    [("4052852 000017", "4052852000017"), ("GGN 4052852000017", None), ("405285200001", None), ("", None)],
)
def test_a_ggn_has_thirteen_digits(typed: str, read: str | None) -> None:
    assert rules.ggn(typed) == read


@pytest.mark.parametrize(
    ("address", "fine"),
    [
        ("https://vietgap.gov.vn/tra-cuu?so=1", True),
        ("https://database.globalgap.org:443/", True),
        ("http://vietgap.gov.vn", False),
        ("javascript:alert(1)", False),
        ("https://localhost/", False),
        ("https://10.0.0.1/", False),
        ("https://a@b.vn/", False),
        ("https://vietgap.gov.vn:8443/", False),
        ("https://vietgap.gov.vn/a b", False),
        ('https://vietgap.gov.vn/"><script>', False),
        ("https://[::1/", False),
        ("//vietgap.gov.vn", False),
        ("https://vietgáp.vn/", False),
    ],
)
def test_strangers_are_sent_to_public_https_addresses_only(address: str, fine: bool) -> None:
    assert rules.is_public_address(address) is fine
