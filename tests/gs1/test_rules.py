"""Keys, element strings and Digital Links of our own making."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trace.gs1 import digital_link, elements, keys
from trace.gs1.elements import Element
from trace.gs1.faults import Misspelt
from trace.gs1.linters import SET_82

digits = st.text("0123456789", min_size=13, max_size=13)
names = st.text(SET_82, min_size=1, max_size=20)
stems = st.sampled_from(
    ["https://truyxuat.example.vn", "http://127.0.0.1:8000", "https://a.example/htx", "HTTPS://A"]
)


def checked(body: str) -> str:
    return body + keys.check_digit(body)


@settings(max_examples=200)
@given(body=digits, lot=names, serial=st.none() | names, variant=st.none() | names, stem=stems)
def test_a_product_with_lot_and_serial_comes_back_from_its_address(
    body: str, lot: str, serial: str | None, variant: str | None, stem: str
) -> None:
    said = [Element("01", checked(body)), Element("10", lot)]
    said += [Element(ai, value) for ai, value in (("21", serial), ("22", variant)) if value]
    link = digital_link.build(stem, said)
    assert digital_link.read(link.uri) == link
    assert link.stem == stem
    assert set(link.path) == set(said)
    assert [one.ai for one in link.path] == [ai for ai in ("01", "22", "10", "21") if ai in dict(said)]
    assert elements.read(elements.for_people(said)) == said
    assert elements.read(elements.for_symbol(said)) == said
    elements.refuse_mix(said)


@given(day=st.dates(), kilograms=st.integers(0, 999_999), lot=names)
def test_what_an_address_says_beside_its_path_comes_back_too(day: date, kilograms: int, lot: str) -> None:
    said = [
        Element("3103", f"{kilograms:06}"),
        Element("17", f"{day:%y%m%d}"),
        Element("01", "09521234560012"),
        Element("91", lot),
    ]
    link = digital_link.build("https://id.example", said)
    assert digital_link.read(link.uri) == link
    assert link.canonical.startswith("https://id.gs1.org/01/09521234560012?17=")
    assert elements.read(elements.for_symbol(link.elements)) == list(link.elements)


@given(text=st.text(max_size=60))
def test_whatever_is_scanned_is_read_or_refused(text: str) -> None:
    for read in (elements.read, digital_link.read):
        with suppress(Misspelt):
            read(text)


@pytest.mark.parametrize(
    "uri",
    [
        "https://id.example/01/9521234560012/10/X",  # 13 digits
        "https://id.example/01/09521234560013",  # a check digit that does not fit
        "https://id.example/01/09521234560012/21/1/10/X",  # out of order
        "https://id.example/01/09521234560012/10/X/",  # a slash at the end
        "https://id.example/gtin/09521234560012",  # a name instead of a number, given up in 2023
        "https://id.example/01/09521234560012/10/",  # nothing behind an identifier
        "https://id.example/01/09521234560012/10/%E1%BB%87",  # a letter outside the set
        "https://id.example/01/09521234560012/10/" + "X" * 21,
        "https://id.example/01/09521234560012?10=A&10=A",
        "https://id.example/01/09521234560012?5=1",
        "https://id.example/01/09521234560012?21=1",  # a serial number is a qualifier or nothing
        "https://id.example/eh/0A1B2C",  # compressed
        "https://someone@id.example/01/09521234560012",
        "https://id.example:70000/01/09521234560012",
        "Https://id.example/01/09521234560012",
        "//id.example/01/09521234560012",
    ],
)
def test_what_is_not_written_as_gs1_writes_it_is_refused(uri: str) -> None:
    with pytest.raises(Misspelt):
        digital_link.read(uri)


@pytest.mark.parametrize(
    ("text", "ai"),
    [
        ("]C1010952123456001210TMD", "01"),
        ("0109521234560012", "01"),
        (f"]d200{keys.sscc('952123456', 7)}", "00"),
    ],
)
def test_what_scanners_send_before_a_message_is_no_part_of_it(text: str, ai: str) -> None:
    assert elements.read(text)[0].ai == ai


@given(body=digits, place=st.integers(0, 13))
def test_one_wrong_digit_is_always_noticed(body: str, place: int) -> None:
    right = checked(body)
    wrong = right[:place] + str((int(right[place]) + 1) % 10) + right[place + 1 :]
    assert keys.gtin14(right) == right
    assert keys.gtin14(wrong) is None


@pytest.mark.parametrize("length", [7, 11, 12])
def test_shorter_numbers_are_filled_up_with_zeros(length: int) -> None:
    number = checked("9" * length)
    assert keys.gtin14(number) == number.zfill(14)


@pytest.mark.parametrize(
    ("body", "public"),
    [
        ("893123456789", True),
        ("952123456001", True),  # for examples
        ("1893123456789", True),  # a box of them
        ("9893123456789", True),  # of variable measure
        ("9611234", True),  # eight digits
        ("200123456789", False),
        ("291234567890", False),
        ("021234567890", False),
        ("041234567890", False),
        ("051234567890", False),  # reserved
        ("981123456789", False),  # a coupon
        ("978123456789", False),  # a book
        ("0123456", False),  # eight digits of a shop
        ("2123456", False),
    ],
)
def test_only_numbers_of_the_whole_world_are_public(body: str, public: bool) -> None:
    number = keys.gtin14(checked(body))
    assert number is not None
    assert keys.is_public_gtin(number) is public


@pytest.mark.parametrize(
    ("prefix", "gtins", "ssccs"),
    [("8931234", 100_000, 10_000_000_000), ("952123456", 1_000, 100_000_000), ("893123456789", 1, 100_000)],
)
def test_a_shorter_prefix_holds_more_numbers(prefix: str, gtins: int, ssccs: int) -> None:
    held = keys.Capacity.of(prefix)
    assert (held.gtins, held.ssccs) == (gtins, ssccs)
    assert keys.sscc(prefix, ssccs - 1) is not None
    assert keys.sscc(prefix, ssccs) is None
