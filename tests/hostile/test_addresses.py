"""Addresses that try to lead elsewhere, to climb out of a folder, or to be too long."""

from itertools import product
from typing import Final
from urllib.parse import quote, urljoin, urlsplit

from tests.accounts.making import sign_in
from tests.evidence.making import photo
from tests.people import Door, Factory, phone
from trace.kit.ids import new_id

ELSEWHERE: Final = [
    *(
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "///evil.example",
        "http://evil.example",
        "http:evil.example",
    ),
    *(
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "/\r\nSet-Cookie: a=b",
        "/\n/evil.example",
        "javascript:alert(1)",
    ),
    *(
        "/ /evil.example",
        "/\0/evil.example",
        "@evil.example",
        "evil.example",
        "",
        "/" + "a" * 3000,
        "/a" * 5_000,
    ),
]


def leads_to(door: Door, address: str) -> str:
    """The site and path that a browser would open next."""
    answer = door.get(address)
    assert answer.status_code == 303, address
    assert "set-cookie: a" not in str(answer.headers).lower()
    return urljoin("http://testserver/x", answer.headers["location"])


def test_no_redirect_leads_to_another_site(manager: Door) -> None:
    for way, typed in product(("/sign-in?next=", "/language?to=en&back="), ELSEWHERE):
        assert urlsplit(leads_to(manager, way + quote(typed, safe=""))).netloc == "testserver", typed


def test_signing_in_leads_to_no_other_site(make: Factory) -> None:
    number = phone()
    make.manager(phone=number)
    for typed in ELSEWHERE:
        answer = sign_in(make.door(), number, next=typed)
        assert (answer.status_code, answer.headers["location"]) == (303, "/app"), typed
    assert (
        sign_in(make.door(), number, next="/app/batches?after=1").headers["location"]
        == "/app/batches?after=1"
    )


def test_the_way_back_after_signing_in_is_the_page_that_was_asked_for(stranger: Door) -> None:
    for asked in ("/app/more", "/app/batches?after=1&x=%26", "/app/log?cycle=%0d%0aX:y"):
        back = leads_to(stranger, asked)
        assert back.startswith("http://testserver/sign-in?next=")
        assert "\r" not in back


def test_the_box_for_codes_leads_to_no_other_site(stranger: Door) -> None:
    typed = [
        "//evil.example",
        "http://[",
        "b/%0d%0aX:y",
        "/01/../10/..",
        "/b//evil.example",
        "http://evil.example/b/A",
    ]
    for code in typed:
        answer = stranger.get("/find", params={"code": code})
        assert (
            urlsplit(urljoin("http://testserver/find", answer.headers.get("location", ""))).netloc
            == "testserver"
        )
    for gtin, lot in (("//evil.example", "x"), ("\r\n", "../.."), ("..", "..")):
        assert (
            urlsplit(
                urljoin(
                    "http://testserver/", leads_to(stranger, f"/find?gtin={quote(gtin)}&lot={quote(lot)}")
                )
            ).netloc
            == "testserver"
        )


CLIMBING: Final = [
    *(
        "../pyproject.toml",
        "../../pyproject.toml",
        "%2e%2e/%2e%2e/pyproject.toml",
        "..%2f..%2fpyproject.toml",
    ),
    *(
        "css/../../../pyproject.toml",
        "/etc/passwd",
        "//etc/passwd",
        "%2fetc%2fpasswd",
        "..\\..\\pyproject.toml",
    ),
    *("%00", "css/app.css%00", "", ".", "..", "css", "css/", "a" * 5000, "a/" * 2000),
]


def test_nothing_outside_its_folder_is_served(stranger: Door) -> None:
    for path in CLIMBING:
        assert stranger.get(f"/static/x/{path}").status_code == 404, path
    for path in ("/static", "/static/", "/static/x", "/static/../pyproject.toml"):
        assert stranger.get(path).status_code == 404, path


def test_a_photograph_has_no_other_address_than_its_own(manager: Door) -> None:
    kept = photo(manager)["id"]
    assert manager.get(f"/app/photos/{kept}/small.webp").status_code == 200
    for path in (
        f"{kept}/huge.webp",
        f"{kept}/../small.webp",
        "../small.webp",
        "%2e%2e/small.webp",
        "x/small.webp",
    ):
        assert manager.get(f"/app/photos/{path}").status_code == 404, path


def test_an_odd_id_in_an_address_is_nobodys(manager: Door) -> None:
    odd = ["x", "%00", "0", "%0d%0aX:y", "a" * 5000, "%ED%A0%80", "{}", "-1", str(new_id())]
    for path, id_ in product(("/app/cycles/", "/app/products/", "/app/batches/", "/api/v1/plots/"), odd):
        assert manager.get(path + id_).status_code == 404, path + id_


def test_an_odd_code_has_no_page(stranger: Door) -> None:
    for code, rest in product(
        ("%00", "a" * 10_000, "%C4%B0", "..%2fapp", "%ED%A0%80", "🍈", "%0d%0aX:y"),
        ("", ".json", "/qr.svg", "/qr.png"),
    ):
        assert stranger.get(f"/b/{code}{rest}").status_code == 404, code
    for path in (
        "/01/%D9%A0%D9%A1/10/x",
        "/01/x/10/" + "y" * 5000,
        "/01/" + "1" * 5000,
        "/join/%00",
        "/reset/" + "x" * 5000,
    ):
        assert stranger.get(path).status_code in (400, 404), path


def test_an_odd_question_behind_an_address_is_answered_in_words(manager: Door) -> None:
    for address in (
        "/app/batches?after=x",
        "/app/batches/new?harvest=%00",
        "/app/log?cycle=x",
        "/app/cycles/new?plot=x",
        "/app/members/invite?role=<script>",
        "/api/v1/places?q=",
        "/api/v1/places?q=" + "a" * 5000,
        "/api/v1/places?q=a&limit=NaN",
        "/api/v1/plots?limit=99999999999999999999",
        "/api/v1/plots?after=x",
        "/b/AAAAAAAA/qr.png?dots=1e400",
    ):
        answer = manager.get(address)
        assert answer.status_code in (404, 422), address
        assert "Có chỗ chưa đọc được" in answer.text or answer.status_code == 404, address
