"""Short codes: what a person mistypes is noticed, and said in a way that helps."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trace.kit.shortcodes import (
    ALPHABET,
    LENGTH,
    Fault,
    check_character,
    display,
    examine,
    new_code,
    normalise,
)

# A busy machine is no fault of the code.
unhurried = settings(deadline=None)
bodies = st.text(alphabet=ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
sums = bodies.map(lambda body: body + check_character(body))
codes = sums.filter(lambda code: examine(code).valid)


def with_check(body: str) -> str:
    return body + check_character(body)


def fits(code: str) -> bool:
    return with_check(code[:-1]) == code


def single_errors(code: str) -> list[str]:
    return [
        code[:place] + other + code[place + 1 :]
        for place in range(LENGTH)
        for other in ALPHABET
        if other != code[place]
    ]


def swaps(code: str) -> list[str]:
    swapped = []
    for one, two in combinations(range(LENGTH), 2):
        letters = list(code)
        letters[one], letters[two] = letters[two], letters[one]
        swapped.append("".join(letters))
    return [other for other in swapped if other != code]


@unhurried
@given(body=bodies)
@example(body="0123456")
@example(body="ZZZZZZZ")
@example(body="0000000")
@example(body="1234E05")
def test_every_single_wrong_character_is_noticed(body: str) -> None:
    assert not [wrong for wrong in single_errors(with_check(body)) if fits(wrong)]


@unhurried
@given(body=bodies)
@example(body="0123456")
@example(body="TVWXYZ0")
@example(body="A000000")
@example(body="1234E05")
def test_every_swap_of_two_characters_is_noticed(body: str) -> None:
    assert not [wrong for wrong in swaps(with_check(body)) if fits(wrong)]


def contribution(place: int, character: str) -> int:
    """What one character at one of the first seven places adds to the sum, seen through the check."""
    body = ["0"] * (LENGTH - 1)
    body[place] = character
    return ALPHABET.index(check_character("".join(body)))


def test_the_rule_is_linear_and_its_tables_prove_both_promises_for_all_codes() -> None:
    """Over all places and all pairs of characters, which with linearity means over all 32⁷ codes."""
    table = [[contribution(place, character) for character in ALPHABET] for place in range(LENGTH - 1)]
    table.append(list(range(len(ALPHABET))))  # the check character stands for itself
    values = range(len(ALPHABET))
    for place in table:
        assert len(set(place)) == len(ALPHABET)
        assert all(place[a] ^ place[b] == place[a ^ b] for a in values for b in values)
    for one, two in combinations(table, 2):
        assert all(one[a] ^ two[b] != one[b] ^ two[a] for a, b in combinations(values, 2))


@unhurried
@given(body=bodies)
def test_the_check_is_the_sum_of_what_each_character_adds(body: str) -> None:
    total = 0
    for place, character in enumerate(body):
        total ^= contribution(place, character)
    assert check_character(body) == ALPHABET[total]


def test_new_codes_are_valid_different_and_never_read_as_a_number() -> None:
    made = [new_code() for _ in range(2000)]
    assert all(examine(code).valid for code in made)
    assert len(set(made)) == len(made)
    assert all(any(character.isalpha() for character in code) for code in made)


@pytest.mark.parametrize("number", ["00000000", "09521232", "12345678"])
def test_digits_alone_are_a_number_and_no_code(number: str) -> None:
    assert examine(number).fault is Fault.NUMBER


@pytest.mark.parametrize("number", ["09521232", "123E4505"])
def test_chance_is_asked_again_when_it_made_what_a_spreadsheet_takes_for_a_number(
    monkeypatch: pytest.MonkeyPatch, number: str
) -> None:
    assert fits(number)
    drawn = iter(number[:-1] + "7K3M9Q2")
    monkeypatch.setattr("secrets.choice", lambda _: next(drawn))
    assert new_code() == "7K3M9Q2M"


@unhurried
@given(code=codes)
def test_a_displayed_code_reads_back_as_itself(code: str) -> None:
    assert display(code) == f"{code[:4]}-{code[4:]}"
    assert normalise(display(code)) == code
    assert examine(display(code).lower()).code == code


@unhurried
@given(typed=st.text(max_size=40))
@example(typed="ıſßﬁİ")
@example(typed="7k3m 9q2x")
def test_normalising_twice_changes_nothing_and_never_fails(typed: str) -> None:
    once = normalise(typed)
    assert normalise(once) == once


@pytest.mark.parametrize(
    "typed",
    [
        "7k3m-9q2", " 7K3M 9Q2 ", "7K3M\u20119Q2", "7K3M–9Q2", "7K3M\u22129Q2", "7K3M\u00a09Q2",
        "\ufeff7K3M\u200b9Q2\n", "7K3M\u00ad9Q2",
    ],
)  # fmt: skip
def test_case_spaces_dashes_and_invisible_marks_do_not_matter(typed: str) -> None:
    assert normalise(typed) == "7K3M9Q2"


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    assert normalise("oOiIlL") == "001111"


@unhurried
@given(code=codes)
def test_a_valid_code_has_no_fault(code: str) -> None:
    found = examine(code)
    assert (found.valid, found.fault, found.strange, found.difference) == (True, None, (), 0)


@pytest.mark.parametrize(
    ("typed", "strange"),
    [
        ("7U3M-9Q2X", ("U",)),
        ("7u3M-9Q2X", ("U",)),
        ("7K3M.9Q2X!", (".", "!")),
        ("7KĐM-9QÂX", ("Đ", "Â")),
        (unicodedata.normalize("NFD", "7K3M-9QÂX"), ("Â",)),
        ("ư7K3M9Q2", ("ư",)),
        ("UU!!UU!!", ("U", "!")),
        ("ﬁ", ("ﬁ",)),
        ("7K3Mß9Q2", ("ß",)),
        ("👩‍🌾", ("👩", "🌾")),
        ("Ъ7K3M9Q2X-and-much-more-than-a-code", ("Ъ", "U")),
    ],
)
def test_characters_that_occur_in_no_code_are_named_once_each(typed: str, strange: tuple[str, ...]) -> None:
    found = examine(typed)
    assert (found.fault, found.strange) == (Fault.STRANGE, strange)


def test_a_whole_page_pasted_by_mistake_does_not_come_back_whole() -> None:
    found = examine("".join(chr(0x4E00 + offset) for offset in range(10_000)))
    assert len(found.strange) == LENGTH


@pytest.mark.parametrize(
    ("typed", "fault", "difference"),
    [
        ("", Fault.SHORT, -8),
        ("-", Fault.SHORT, -8),
        ("7K3M9Q2", Fault.SHORT, -1),
        ("7K3M-9Q", Fault.SHORT, -2),
        ("7K3M-9Q2MXX", Fault.LONG, 2),
        ("09521234560012", Fault.LONG, 6),
    ],
)
def test_the_wrong_length_is_said_with_how_many(typed: str, fault: Fault, difference: int) -> None:
    found = examine(typed)
    assert (found.fault, found.difference) == (fault, difference)


@unhurried
@given(code=codes, other=st.sampled_from(ALPHABET), place=st.integers(0, LENGTH - 2))
def test_a_wrong_letter_is_told_from_a_strange_one(code: str, other: str, place: int) -> None:
    wrong = code[:place] + other + code[place + 1 :]
    found = examine(wrong)
    assert found.fault in ({None} if wrong == code else {Fault.CHECK, Fault.NUMBER})
    assert found.strange == ()
