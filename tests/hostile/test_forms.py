"""Every form of the pages is sent what nobody should send, and answers in words with everything kept."""

import re
import uuid
import zlib
from collections.abc import Iterator
from typing import Final

import pytest
from httpx2 import Response
from sqlmodel import Session

from tests.conftest import OneConnection
from tests.evidence.making import bomb, jpeg
from tests.hostile.farm import Farm, farm, form_routes
from tests.hostile.forms import DATE, TEXT, Form, Page
from tests.people import Door, Factory
from tests.records.making import cycle

SCRIPT: Final = "<script>alert(1)</script>"
BREAKOUT: Final = "\"'><img src=x onerror=alert(1)>"
ANYWHERE: Final = [
    "",
    " ",
    "\0",
    SCRIPT,
    BREAKOUT,
    "x" * 10_000,
    "[",
    "{name} %(name)s {0}",
    "-1",
    "31/02/2026",
    "🍈👨‍👩‍👧",
]
IN_TEXT: Final = [
    "a\0b",
    "x" * 121,
    "\u202eabc\u200b",
    "a\r\nSet-Cookie: x=1",
    "Ho\u0300a " * 20,
    "'; DROP TABLE record;--",
]
IN_NUMBER: Final = [
    "-0",
    "0",
    "1e400",
    "NaN",
    "-Infinity",
    "9" * 20,
    "1" * 5000,
    "1.234",
    "0,0001",
    "1/2",
    "abc",
]
IN_DATE: Final = [
    "0000-00-00",
    "29/02/2027",
    "9999-12-31",
    "0001-01-01T00:00",
    "2999-01-01",
    "2026-11-10T25:61",
    "12345",
]
IN_CHOICE: Final = ["", SCRIPT, "\0", str(uuid.UUID(int=4 << 76 | 8 << 60)), "x" * 10_000]

SUITING: Final = {"number": IN_NUMBER, **dict.fromkeys(DATE, IN_DATE), **dict.fromkeys(TEXT, IN_TEXT)}

# Never 5xx, and never the bare word of a framework.
ANSWERS: Final = {200, 303, 404, 409, 413, 422}
VIETNAMESE: Final = re.compile("[à-ỹđ]", re.IGNORECASE)
SHRUG: Final = "Không đọc được. Anh/chị viết cách khác."


@pytest.fixture
def whole(make: Factory, db: Session) -> Farm:
    return farm(make, db)


def test_every_route_that_takes_a_form_has_one_on_a_page(whole: Farm) -> None:
    actions = [form.action for _, form in whole.forms()]
    lost = {
        path
        for path in form_routes()
        if not any(re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), action) for action in actions)
    }
    assert lost == set()


@pytest.mark.timeout(400)
def test_whatever_is_typed_comes_back_with_words_about_it(whole: Farm, database: OneConnection) -> None:
    complaints = {}
    for door, form in list(whole.forms()):
        good = form.filled()
        for typed in variations(form):
            answer = send(door, form, good | typed, database)
            if found := wrong_with(answer, form, good | typed):
                complaints[form.action, str(typed)[:60]] = found
    assert complaints == {}


def variations(form: Form) -> Iterator[dict[str, str]]:
    """Everywhere at once; then field by field two of what suits its kind, others in each field and form."""
    for value in ANYWHERE:
        yield dict.fromkeys(form.typed(), value)
    first = zlib.crc32(form.action.rpartition("/")[2].encode())
    for place, (name, control) in enumerate(form.controls.items(), first):
        suiting = SUITING.get(control.kind, IN_CHOICE)
        for turn in (2 * place, 2 * place + 1):
            yield {name: suiting[turn % len(suiting)]}


def send(
    door: Door,
    form: Form,
    typed: dict[str, str],
    database: OneConnection,
    files: dict[str, tuple[str, bytes]] | None = None,
) -> Response:
    """Send it and undo whatever came of it, so that every try finds the same farm."""
    cookies = list(door.cookies.jar)
    with database.connection.begin_nested() as before:
        nothing = {"none": ("", b"")} if form.multipart else None
        answer = door.post(form.action, data=typed, files=files or nothing)
        before.rollback()
    door.cookies.clear()
    for cookie in cookies:
        door.cookies.jar.set_cookie(cookie)
    return answer


def wrong_with(answer: Response, form: Form, typed: dict[str, str]) -> list[str]:
    """What a person, or somebody who means ill, would find in this answer."""
    found = [] if answer.status_code in ANSWERS else [f"status {answer.status_code}"]
    if "<script>alert" in answer.text or "<img src=x" in answer.text:
        found.append("script stands on the page")
    if answer.status_code not in (409, 422):
        return found
    page = Page(answer.text, form.action)
    said = page.said or re.findall(r"<li>(.*?)</li>|<p>(.*?)</p>", answer.text, re.DOTALL)
    found += [f"not Vietnamese: {words}" for words in said if not VIETNAMESE.search(str(words))]
    found += [] if said else ["nothing is said"]
    found += ["a shrug"] if SHRUG in answer.text else []
    return found + lost_of(page.form(form.action), form, typed)


def lost_of(back: Form | None, form: Form, typed: dict[str, str]) -> list[str]:
    """Fields that do not hold any more what was typed into them. A button has no form to come back to."""
    if back is None:
        return ["the form is gone"] if form.typed() else []
    return [
        f"{name} is lost: {back.controls[name].value[:40]!r}"
        for name in form.typed()
        if form.controls[name].kind != "password"
        and typed[name].strip()  # blanks alone say nothing
        and plain(typed[name]) not in plain(back.controls[name].value)
    ]


def plain(value: str) -> str:
    """As a browser takes it from the page: a text area swallows the first line break."""
    return value.replace("\r\n", "\n").strip("\n")


FILES: Final = {
    "a text": b"This is a text.\n" * 50,
    "a bomb": bomb(20_000),
    "half a picture": jpeg(600, 400)[:900],
    "a page": b"<html><script>alert(1)</script></html>",
    "nothing": b"",
}


def test_a_file_that_is_no_photograph_is_refused_beside_its_field(
    whole: Farm, database: OneConnection
) -> None:
    complaints = {}
    for door, form in list(whole.forms()):
        for field in form.files:
            for name, content in FILES.items():
                sent = {field: (f"{SCRIPT}.jpg", content)}
                answer = send(door, form, form.filled(), database, sent)
                found = wrong_with(answer, form, form.filled())
                if answer.status_code != 422 or f'id="{field}-error"' not in answer.text or found:
                    complaints[form.action, name] = [*found, answer.status_code]
    assert complaints == {}


def test_a_photograph_of_50_mb_is_refused_with_everything_kept(
    manager: Door, database: OneConnection
) -> None:
    address = f"/app/log/{cycle(manager)['id']}/inspection"
    [form] = Page(manager.get(address).text, address).forms[-1:]
    sent = {"photos": ("anh.jpg", jpeg() + bytes(50 * 1024 * 1024))}
    answer = send(manager, form, form.filled(), database, sent)
    assert answer.status_code == 422
    assert "20 MB" in answer.text
    assert wrong_with(answer, form, form.filled()) == []


def test_more_than_all_photographs_together_may_weigh_is_refused_in_words(manager: Door) -> None:
    answer = manager.post(
        "/app/products/new",
        content=b"x",
        headers={"content-type": "multipart/form-data; boundary=b", "content-length": str(81 << 20)},
    )
    assert answer.status_code == 413
    assert "80 MB" in answer.text
