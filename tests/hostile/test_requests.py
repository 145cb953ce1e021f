"""Requests that no browser sends: lying headers, odd encodings, bodies that are not what they say."""

from collections.abc import Iterator
from itertools import product
from typing import Final

from tests.people import Door

FORM: Final = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\n+2AA-\\ud800\r\n--b--\r\n'
URLENCODED: Final = "application/x-www-form-urlencoded"
MULTIPART: Final = "multipart/form-data; boundary=b"
PRODUCTS: Final = "/api/v1/products"
JSON: Final = {"content-type": "application/json"}

ENCODINGS: Final = [
    "undefined",
    "a\0b",
    "idna",
    "utf-7",
    "raw_unicode_escape",
    "utf-16",
    "utf-8; charset=utf-7",
]


def test_a_body_in_another_encoding_than_utf8_is_refused(manager: Door) -> None:
    for charset, (path, kind) in product(
        ENCODINGS, {"/register": MULTIPART, PRODUCTS: JSON["content-type"]}.items()
    ):
        said = [(b"content-type", f"{kind}; charset={charset}".encode())]
        answer = manager.post(path, content=FORM, headers=said)
        assert answer.status_code == 400, (path, charset)
        assert "Không đọc được" in answer.text


def test_saying_that_it_is_utf8_is_fine(stranger: Door) -> None:
    for charset in ("utf-8", "UTF-8", '"utf-8"', "utf8"):
        said = {"content-type": f"{URLENCODED}; charset={charset}"}
        assert stranger.post("/sign-in", content=b"phone=x", headers=said).status_code == 422, charset


def test_an_origin_that_is_not_ours_is_refused_however_odd(stranger: Door) -> None:
    del stranger.headers["sec-fetch-site"]
    for origin in ("http://[", "null", "", "http://testserver.evil", "//testserver", "\\"):
        assert stranger.post("/sign-out", headers={"origin": origin}).status_code == 403, origin


def test_a_length_that_is_no_number_is_too_large(stranger: Door) -> None:
    for length in ("²", "9" * 5000, "-1", "", "1.5", "0x10"):
        said = [(b"content-length", length.encode())]
        assert stranger.post("/sign-in", content=b"x", headers=said).status_code == 413, length


def test_a_body_without_a_length_is_too_large_as_soon_as_it_is(manager: Door) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(20):
            yield b"[" * 65536

    for path, kind in {PRODUCTS: JSON["content-type"], "/app/products/new": URLENCODED}.items():
        answer = manager.post(path, content=endless(), headers={"content-type": kind})
        assert answer.status_code == 413, path


def test_a_form_that_is_none_is_said_to_be_unreadable_or_incomplete(manager: Door) -> None:
    kinds = [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        'multipart/form-data; boundary="',
        "text/plain",
        "",
    ]
    for path, kind in product(("/sign-in", "/app/products/new"), kinds):
        answer = manager.post(path, content=FORM, headers={"content-type": kind})
        assert answer.status_code in (400, 422), (path, kind)
        assert "Không đọc được" in answer.text or "cần điền" in answer.text, (path, kind)


def test_a_broken_form_with_files_is_not_our_fault(manager: Door) -> None:
    part = b"--b\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n"
    for body in (
        b"--b",
        b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        b"--b\r\nA: " + b"x" * 100_000 + b"\r\n\r\n\r\n--b--",
        part % (b"name", b"x" * 1_100_000) + b"--b--",
        b"".join(part % (b"n%d" % number, b"x") for number in range(300)) + b"--b--",
    ):
        answer = manager.post("/app/products/new", content=body, headers={"content-type": MULTIPART})
        assert answer.status_code in (400, 422), body[:60]


def test_a_broken_field_of_a_form_is_read_as_far_as_it_can_be(manager: Door) -> None:
    for typed in ("name=%00", "name=%ED%A0%80", "name=%zz", "name=%FF", "%", "=" * 500, "&" * 9000):
        answer = manager.post(
            "/app/products/new", content=typed.encode(), headers={"content-type": URLENCODED}
        )
        assert answer.status_code in (303, 422), typed[:20]


def test_of_a_field_sent_twice_the_last_counts(manager: Door) -> None:
    assert manager.post("/app/products/new", data={"name": ["Dưa lê", ""]}).status_code == 422
    assert manager.post("/app/products/new", data={"name": ["", "Dưa lê"]}).status_code == 303


def test_what_is_no_json_is_said_to_be_unreadable(manager: Door) -> None:
    for body in (b"{", b"\xff", b"\0", b"\xff\xfe{}", b"[" * 100_000, b'{"id":' * 50_000, b"1" * 5000):
        answer = manager.post(PRODUCTS, content=body, headers=JSON)
        assert (answer.status_code, answer.json()["type"]) == (400, "/problems/unreadable"), body[:9]


def test_what_is_no_command_is_said_to_be_malformed(manager: Door) -> None:
    for body in (b"", b"null", b"[]", b'"x"', b"NaN", b"1e999", b"true", b'[{"name":"x"}]'):
        answer = manager.post(PRODUCTS, content=body, headers=JSON)
        assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed"), body


def test_json_that_does_not_say_so_is_not_read(manager: Door) -> None:
    for kind in ("text/plain", "", "application/xml", MULTIPART, URLENCODED):
        answer = manager.post(PRODUCTS, content=b'{"name":"x"}', headers={"content-type": kind})
        assert answer.status_code == 422, kind


def test_half_a_character_is_refused_and_the_refusal_can_be_written(manager: Door) -> None:
    for said in (
        '{"lot_code":"\\ud800"}',
        '{"\\ud800":1}',
        '{"unit":"\\ud800"}',
        '{"quantity":{"\\udfff":1}}',
    ):
        answer = manager.post("/api/v1/batches", content=said.encode(), headers=JSON)
        assert answer.status_code == 422, said
        assert all(found["detail"] for found in answer.json()["errors"])


def test_a_text_where_a_file_belongs_is_answered_in_words(manager: Door) -> None:
    answer = manager.post("/api/v1/photos", files={"file": (None, "x")})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["detail"] == "Hãy gửi một tệp."


def test_a_method_that_nothing_answers_to_is_refused(manager: Door) -> None:
    paths = ["/", "/app", "/sign-in", PRODUCTS, "/b/AAAAAAAA", "/static/x/css/app.css"]
    for method, path in product(("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "FOO"), paths):
        assert manager.request(method, path).status_code == 405, (method, path)


def test_an_odd_header_harms_nothing(stranger: Door) -> None:
    odd = {
        b"cookie": b'\xff=\xff; sid="\\377\\000' + b"x" * 100_000 + b'"; flash=%ED%A0%80; lang=zz',
        b"authorization": b"Bearer \xff",
        b"accept-language": b"\xff" * 1000,
        b"if-none-match": b'"\xff',
        b"accept-encoding": b"gzip;q=\xff",
        b"x-request-id": b"a\r\nb: c",
        b"range": b"bytes=99999999999999999999-",
        b"host": b"[",
    }
    paths = ("/", "/app", "/api/v1/me", "/b/AAAAAAAA", "/static/x/css/app.css")
    for path, header in product(paths, odd.items()):
        answer = stranger.get(path, headers=[header])
        assert answer.status_code < 500, (path, header)
        assert "\r" not in answer.headers["x-request-id"]
