"""The members' pages of products."""

import html
import re

import pytest

from tests.catalogue.making import gtin, product
from tests.evidence.making import jpeg, photo
from tests.people import Door, Factory
from trace.kit.ids import new_id

SCRIPT = "<script>alert('dưa')</script>"
TEXTS = ("name", "variety", "brand", "net_content", "storage")


def typed(**given: str) -> dict[str, str]:
    """What a manager types into an empty form."""
    return {"id": str(new_id()), "name": "Dưa lưới", "origin": "VN", **given}


def kept_photo(page: str) -> str:
    found = re.search(r'name="photo_id" value="([^"]*)"', page)
    assert found
    return found[1]


def test_a_product_is_added_with_its_photograph(manager: Door) -> None:
    assert "Chưa có sản phẩm nào" in manager.get("/app/products").text
    form = manager.get("/app/products/new")
    assert form.status_code == 200
    assert re.search(r'name="id" value="[0-9a-f-]{36}"', form.text)
    answer = manager.post(
        "/app/products/new", data=typed(shelf_life_days="14"), files={"photo": ("dưa.jpg", jpeg(900, 600))}
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/app/products")
    made = manager.ask("/products")["items"][0]
    assert (made["name"], made["shelf_life_days"]) == ("Dưa lưới", 14)
    listed = manager.get("/app/products").text
    assert f"/app/photos/{made['photo_id']}/small.webp" in listed
    assert "Đã thêm sản phẩm." in listed


def test_a_form_sent_twice_makes_one_product(manager: Door) -> None:
    sent = typed()
    assert [manager.post("/app/products/new", data=sent).status_code for _ in range(2)] == [303, 303]
    assert len(manager.ask("/products")["items"]) == 1


def test_a_wrong_form_comes_back_with_what_was_typed_and_with_the_photograph(manager: Door) -> None:
    sent = typed(gtin="9521234560013", shelf_life_days="0", lot_prefix="tmđ")
    answer = manager.post("/app/products/new", data=sent, files={"photo": ("a.jpg", jpeg())})
    assert answer.status_code == 422
    for value in sent.values():
        assert f'value="{value}"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 3
    assert manager.get(f"/app/photos/{kept_photo(answer.text)}/small.webp").status_code == 200
    right = {**sent, "gtin": "", "shelf_life_days": "", "lot_prefix": "", "photo_id": kept_photo(answer.text)}
    assert manager.post("/app/products/new", data=right).status_code == 303
    assert manager.ask("/products")["items"][0]["photo_id"] == right["photo_id"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"text", "không phải ảnh"), (jpeg() + bytes(50 * 2**20), "20 MB"), (b"....ftypheic", "HEIC")],
    ids=["text", "50 MB", "HEIC"],
)
def test_a_photograph_that_cannot_be_kept_is_said_beside_its_field(
    manager: Door, content: bytes, said: str
) -> None:
    answer = manager.post("/app/products/new", data=typed(), files={"photo": ("a.jpg", content)})
    assert answer.status_code == 422
    assert re.search(rf'id="photo-error">.*{said}', answer.text)
    assert manager.ask("/products")["items"] == []


def test_a_taken_gtin_comes_back_as_a_refusal(manager: Door) -> None:
    number = gtin("893123456001")
    product(manager, gtin=number)
    answer = manager.post("/app/products/new", data=typed(gtin=number))
    assert answer.status_code == 409
    assert 'id="gtin-error"' in answer.text


def test_a_product_is_changed_on_a_form_that_holds_what_stands_there(manager: Door) -> None:
    first, second = photo(manager)["id"], photo(manager, seed=1)["id"]
    made = product(manager, gtin=gtin("893123456001"), variety="TL3", photo_id=first)
    path = f"/app/products/{made['id']}/edit"
    form = manager.get(path).text
    assert f'value="{gtin("893123456001")}"' in form
    assert (kept_photo(form), 'value="TL3"' in form) == (first, True)
    sent = typed(name="Dưa vàng", variety="", photo_id=first)
    answer = manager.post(path, data=sent, files={"photo": ("b.jpg", jpeg(seed=1))})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/app/products/{made['id']}")
    now = manager.ask(f"/products/{made['id']}")
    assert (now["name"], now["variety"], now["gtin"], now["photo_id"]) == ("Dưa vàng", None, None, second)
    off = typed(photo_id=second, photo_off="on")
    assert manager.post(path, data=off).status_code == 303
    assert manager.ask(f"/products/{made['id']}")["photo_id"] is None


def test_a_product_is_retired_and_brought_back(manager: Door) -> None:
    made = product(manager, name="Dưa bở")
    path = f"/app/products/{made['id']}"
    assert manager.post(f"{path}/retire", data={"id": str(new_id())}).status_code == 303
    listed = manager.get("/app/products").text
    assert listed.index("Đã ngừng dùng") < listed.index("Dưa bở")
    assert "Ngừng dùng từ 10/11/2026" in manager.get(path).text
    assert manager.post(f"{path}/restore", data={"id": str(new_id())}).status_code == 303
    assert manager.ask(f"/products/{made['id']}")["retired_at"] is None
    assert manager.post(f"{path}/retire", data={"id": "7"}).status_code == 422


def test_a_script_in_any_field_is_only_ever_text(manager: Door) -> None:
    made = product(manager, **dict.fromkeys(TEXTS, SCRIPT))
    texts = dict.fromkeys((*TEXTS, "gtin", "lot_prefix", "shelf_life_days", "photo_id"), SCRIPT)
    refused = manager.post("/app/products/new", data=typed(**texts))
    pages = [manager.get(f"/app/products{path}") for path in ("", f"/{made['id']}", f"/{made['id']}/edit")]
    for answer in (*pages, refused):
        assert "<script>alert" not in answer.text
        assert str(html.escape(SCRIPT, quote=False))[:20] in answer.text


def test_a_name_of_ten_thousand_letters_comes_back(manager: Door) -> None:
    answer = manager.post("/app/products/new", data=typed(name="ả" * 10_000))
    assert answer.status_code == 422
    assert "ả" * 10_000 in answer.text


def test_members_who_do_not_manage_see_and_do_not_change(make: Factory, manager: Door) -> None:
    made = product(manager)
    path = f"/app/products/{made['id']}"
    for role in ("recorder", "viewer"):
        member = make.member(manager, role=role)
        assert "/new" not in member.get("/app/products").text
        assert "/edit" not in member.get(path).text
        for closed in ("/app/products/new", f"{path}/edit"):
            assert member.get(closed).status_code == 403
            assert member.post(closed, data=typed(), files={"photo": ("a.jpg", jpeg())}).status_code == 403
        assert member.post(f"{path}/retire", data={"id": str(new_id())}).status_code == 403
    assert manager.ask("/photos")["items"] == []


def test_another_cooperatives_product_has_no_page(make: Factory, manager: Door) -> None:
    theirs = product(make.manager())["id"]
    for path in (f"/app/products/{theirs}", f"/app/products/{theirs}/edit"):
        assert manager.get(path).status_code == 404
    for act in ("edit", "retire", "restore"):
        assert manager.post(f"/app/products/{theirs}/{act}", data=typed()).status_code == 404


def test_the_pages_speak_english_too(manager: Door) -> None:
    manager.cookies.set("lang", "en")
    made = product(manager, name="Đu đủ", shelf_life_days=1)
    shown = manager.get(f"/app/products/{made['id']}").text
    assert "1 day<" in shown
    assert '<h1 lang="vi">Đu đủ</h1>' in shown
    assert "not stated" in shown


def test_products_are_found_without_marks_and_without_a_script(manager: Door) -> None:
    product(manager, name="Dưa lưới ruột cam")
    product(manager, name="Cà rốt")
    page = manager.get("/app/products?q=dua luoi").text
    assert "ruột cam" in page
    assert "Cà rốt" not in page
