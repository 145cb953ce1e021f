"""A GS1 Digital Link on a label leads to the page of the batch."""

from tests.lookup.making import batch, cycle, full, gtin, harvest, product, words
from tests.people import Clock, Door, Factory

GTIN13 = gtin("952123456001")
LOT = f"/01/0{GTIN13}/10/TMD-DL-261110-01"
HERE = "http://testserver"


def test_product_and_lot_lead_to_the_batch(manager: Door, stranger: Door) -> None:
    made = full(manager)
    for path in (
        f"/01/0{GTIN13}/10/TMD-DL-261110-01",
        f"/01/0{GTIN13}/10/tmd-dl-261110-01",
        f"/01/0{GTIN13}/10/TMD%2DDL%2D261110%2D01",
        f"/01/0{GTIN13}/10/TMD-DL-261110-01/",
        f"/01/0{GTIN13}/10/TMD-DL-261110-01/21/0042",
        f"/01/0{GTIN13}/22/A/10/TMD-DL-261110-01/21/%2F%2B",
    ):
        for method in (stranger.get, stranger.head):
            answer = method(path)
            assert (answer.status_code, answer.headers["location"]) == (307, f"{HERE}/b/{made['code']}")
            assert answer.content == b""
        assert stranger.get(f"/en{path}").headers["location"] == f"{HERE}/en/b/{made['code']}"


def test_the_query_goes_along_as_it_came(manager: Door, stranger: Door) -> None:
    made = full(manager)
    query = "17=261122&utm_source=zalo;x=%2f%20+a&alone"
    answer = stranger.get(f"{LOT}?{query}")
    assert answer.headers["location"] == f"{HERE}/b/{made['code']}?{query}"
    answer = stranger.get(f"{LOT}?linkType=gs1:recallStatus&a=b")
    assert answer.headers["location"] == f"{HERE}/b/{made['code']}?linkType=gs1:recallStatus&a=b"


def test_an_unknown_lot_leads_to_the_product_which_asks_for_it_again(manager: Door, stranger: Door) -> None:
    full(manager)
    answer = stranger.get(f"/01/0{GTIN13}/10/KL8G")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{HERE}/p/0{GTIN13}/10/KL8G")
    page = stranger.get(answer.headers["location"])
    assert "Không tìm thấy lô" in words(page)
    assert 'value="KL8G"' in page.text
    typed = stranger.get("/find", params={"gtin": GTIN13, "lot": " tmd-dl-261110-01 "})
    assert typed.headers["location"] == f"/01/0{GTIN13}/10/tmd-dl-261110-01"


def test_an_unknown_lot_of_an_unknown_product_is_not_found(stranger: Door) -> None:
    page = stranger.get(LOT)
    assert page.status_code == 404
    assert 'value="TMD-DL-261110-01"' in page.text
    assert "Không tìm thấy lô" in words(page)


def test_what_gs1_does_not_write_is_refused(stranger: Door) -> None:
    for path in (
        "/01/09521234560013",
        "/01/123",
        "/01/952123456001X/10/X",
        f"{LOT}/foo",
        f"{LOT}/foo/bar",
        f"/01/0{GTIN13}/21/1/10/X",
        f"/01/0{GTIN13}?21=1",
        f"/01/0{GTIN13}?17=269999",
        f"/01/0{GTIN13}?5=1",
        f"/01/foo/01/0{GTIN13}",
        "/01/",
        "/00/123",
    ):
        page = stranger.get(path)
        assert page.status_code == 400, path
        assert "Mã gõ chưa đúng" in words(page)
        program = stranger.get(path, headers={"accept": "application/json"})
        assert (program.status_code, program.headers["content-type"]) == (400, "application/problem+json")


def test_a_number_as_it_stands_under_the_bars_is_told_how_it_stands_in_an_address(stranger: Door) -> None:
    page = stranger.get(f"/01/{GTIN13}/10/TMD-DL-261110-01")
    assert page.status_code == 400
    assert f'href="{LOT}"' in page.text
    assert f'href="/en/01/0{GTIN13}"' in stranger.get(f"/en/01/{GTIN13}").text


def test_the_product_number_alone_leads_to_the_product_which_asks_for_the_lot(
    manager: Door, stranger: Door
) -> None:
    full(manager)
    answer = stranger.get(f"/01/0{GTIN13}")
    assert (answer.status_code, answer.headers["location"]) == (307, f"{HERE}/p/0{GTIN13}")
    page = stranger.get(answer.headers["location"])
    assert page.status_code == 200
    for told in ("Dưa lưới ruột cam", "TL3", "Tân Minh Đức", "Nơi thoáng mát"):
        assert told in words(page)
    assert 'name="lot"' in page.text


def test_a_product_without_a_published_batch_stays_unknown(manager: Door, stranger: Door) -> None:
    sold = product(manager, gtin=gtin("952123456002"))
    batch(manager, harvest_id=harvest(manager, cycle_id=cycle(manager, product_id=sold["id"])["id"])["id"])
    for path in ("/01/0", "/p/"):
        assert stranger.get(path + gtin("952123456002")).status_code == 404
        assert stranger.get(path + gtin("952123456003")).status_code == 404


def test_a_label_printed_under_an_earlier_number_never_dies(
    make: Factory, stranger: Door, clock: Clock
) -> None:
    manager = make.manager()
    made = full(manager)
    old, new = GTIN13, gtin("952123456004")
    clock.pass_(hours=1)
    told = {"name": "Dưa lưới ruột cam", "lot_prefix": "TMD-DL"}
    manager.tell("/products/change", product_id=made["product_id"], gtin=new, **told)
    for number in (old, new):
        answer = stranger.get(f"/01/0{number}/10/TMD-DL-261110-01")
        assert answer.headers["location"].endswith(f"/b/{made['code']}")
    page = manager.get(f"/app/products/{made['product_id']}").text
    assert old in page
    assert "nhãn in mã này vẫn dùng được" in page


def test_a_number_that_went_to_another_product_leads_old_labels_to_the_old_one(
    make: Factory, stranger: Door, clock: Clock
) -> None:
    """Two products had each other's numbers; setting them right moves no label that is stuck on already."""
    manager = make.manager()
    first = full(manager)
    second = product(manager, name="Dưa lưới ruột xanh", lot_prefix="TMD-DX")
    told = {"lot_prefix": "TMD-DL"}
    clock.pass_(hours=1)
    manager.tell("/products/change", product_id=first["product_id"], name="Dưa lưới ruột cam", **told)
    manager.tell(
        "/products/change",
        product_id=second["id"],
        name="Dưa lưới ruột xanh",
        gtin=GTIN13,
        lot_prefix="TMD-DX",
    )
    clock.pass_(hours=1)
    cut = harvest(manager, cycle_id=cycle(manager, product_id=second["id"])["id"])
    same = batch(manager, harvest_id=cut["id"], lot_code="TMD-DL-261110-01")
    other = batch(manager, harvest_id=cut["id"], quantity="10", pieces=5, lot_code="TMD-DX-261110-09")
    assert same["lot_code"] == first["lot_code"]
    for lot, code in ((first["lot_code"], first["code"]), (other["lot_code"], other["code"])):
        answer = stranger.get(f"/01/0{GTIN13}/10/{lot}")
        assert answer.headers["location"].endswith(f"/b/{code}")


def test_a_renamed_cooperative_keeps_its_labels(manager: Door, stranger: Door) -> None:
    made = full(manager)
    manager.tell(
        "/cooperative",
        name="HTX Tên Mới",
        hotline="0220 3888 999",
        commune_code="11065",
        street="Thôn Côi Hạ",
    )
    answer = stranger.get(f"/01/0{GTIN13}/10/TMD-DL-261110-01")
    assert answer.headers["location"].endswith(f"/b/{made['code']}")
    assert "HTX Tên Mới" in words(stranger.get(answer.headers["location"]))
