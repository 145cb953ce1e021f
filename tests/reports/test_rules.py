"""Which record stands in which book, and how text is broken into lines."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from trace.kit import paper
from trace.records.models import Kind
from trace.records.privacy import KINDS, Circle
from trace.reports.rules import BOOKS

TEXT = some.text("aăâđ ươệnTĩ-,.0\n", max_size=120)


def test_every_kind_of_record_stands_in_exactly_one_book() -> None:
    placed = Counter(kind for book in BOOKS for kind in book.kinds)
    assert placed == Counter({kind: 1 for kind in Kind if kind != Kind.RETRACTION})


def test_what_only_managers_may_read_stands_in_a_book_that_is_left_out() -> None:
    for book in BOOKS:
        managers = {kind for kind in book.kinds if KINDS.get(kind) == Circle.MANAGERS}
        assert managers == (set(book.kinds) if book.private else set())


def test_the_books_stand_in_the_order_of_the_forms() -> None:
    assert [book.number for book in BOOKS] == list(range(1, 16))


@given(TEXT, some.floats(12, 200))
def test_lines_fit_and_lose_no_letter(text: str, room: float) -> None:
    lines = paper.broken(text, paper.PLAIN, paper.SIZE, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert paper.width(line, paper.PLAIN, paper.SIZE) <= room or len(line) == 1


@given(some.lists(some.lists(TEXT, min_size=3, max_size=3), max_size=60))
def test_nothing_is_set_outside_the_page(texts: list[list[str]]) -> None:
    made = paper.Paper()
    columns = [paper.Column(title) for title in ("một", "hai", "ba")]
    made.table(columns, [[paper.Cell((text * 20,)) for text in row] for row in texts])
    for page in made.pages:
        assert page[0].text == "một" if isinstance(page[0], paper.Text) else not texts
        for mark in page:
            assert mark.x >= made.sheet.left
            assert made.sheet.bottom - 0.01 <= mark.y <= made.sheet.top
