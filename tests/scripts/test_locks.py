"""What is installed is pinned to the byte, and names no place to fetch it from."""

import re

import pytest

from scripts.prepare import ROOT, RUN_LOCK, TEST_LOCK


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


def test_the_tests_lock_holds_everything_that_running_needs_in_the_same_version() -> None:
    assert pins(RUN_LOCK) <= pins(TEST_LOCK)


@pytest.mark.parametrize("lock", [RUN_LOCK, TEST_LOCK])
def test_a_lock_names_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash=sha256:)", text, re.MULTILINE)
    assert len(pins(lock)) == len(re.findall(r"^\S", text, re.MULTILINE))
