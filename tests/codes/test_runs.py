"""Labels are printed, put on a batch, set aside and printed once more; never more than there are pieces."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.batches.making import batch, harvest, published
from tests.catalogue.making import product
from tests.codes.making import numbers, on, run
from tests.people import Clock, Door, Factory
from tests.recalls.making import decided, started
from tests.records.making import cycle
from trace.codes import rules
from trace.codes.rules import Range
from trace.kit import shortcodes
from trace.kit.ids import new_id

AT = "2026-11-10T08:00:00+07:00"


def test_labels_never_outnumber_the_pieces_of_a_batch(manager: Door) -> None:
    made = batch(manager, pieces=35)["id"]
    printed = run(manager, batch_id=made, count=30)
    refused = manager.say("/labels", batch_id=made, stationery="tomy-145", count=6)
    assert refused.status_code == 409
    assert refused.json()["errors"][0]["field"] == "count"
    first, *_, last = numbers(manager, printed)[:3]
    manager.tell("/labels/void", first=last, last=first, reason="Rách")
    run(manager, batch_id=made, count=8, has_serials=False)
    assert manager.say("/labels", batch_id=made, stationery="tomy-145", count=1).status_code == 409
    ahead = run(manager, batch_id=None, count=4)
    bound = manager.say("/labels/activate", batch_id=made, first=numbers(manager, ahead)[0], happened_at=AT)
    assert bound.status_code == 409
    assert "35" in bound.json()["errors"][0]["detail"]


def test_a_batch_of_1140_melons_gets_its_1140_labels(manager: Door) -> None:
    made = batch(
        manager, harvest_id=harvest(manager, quantity="1980", pieces=1140)["id"], quantity="1980", pieces=1140
    )["id"]
    printed = run(manager, batch_id=made, count=1140, stationery="tomy-145")
    codes = numbers(manager, printed)
    assert len(set(codes)) == 1140
    assert all(shortcodes.examine(one, length=10).valid for one in codes)
    sheet = manager.get(f"/app/labels/{printed['id']}/file")
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF")


def test_each_state_of_a_label_has_its_own_page(manager: Door, stranger: Door) -> None:
    of = published(manager)
    good, spoiled, unused, *_ = numbers(manager, run(manager, batch_id=of["id"]))
    on(manager, of["id"], good, spoiled)
    manager.tell("/labels/void", first=spoiled, reason="Rách")
    shown = stranger.get(f"/b/{good}")
    assert shown.status_code == 200
    assert of["lot_code"] in shown.text
    assert f"Tem số {shortcodes.display(good)}" in shown.text
    assert "không chứng minh được hàng thật" in shown.text
    for code, status, said in (
        (unused, 404, "Tem chưa kích hoạt"),
        (spoiled, 410, "Tem đã hủy"),
        (shortcodes.new_code(10), 404, "Không có tem nào mang số"),
        (good[:-1] + ("0" if good[-1] != "0" else "1"), 404, "ký tự kiểm tra"),
    ):
        page = stranger.get(f"/b/{code}")
        assert (page.status_code, said.lower() in page.text.lower()) == (status, True), code
        assert of["lot_code"] not in page.text
    assert stranger.get(f"/find?code={shortcodes.display(good)}").headers["location"] == f"/b/{good}"
    assert stranger.get(f"/en/b/{good}").status_code == 200


def test_a_label_on_a_batch_that_is_not_published_says_so_and_a_recall_first(
    manager: Door, stranger: Door
) -> None:
    of = batch(manager)["id"]
    code = numbers(manager, run(manager, batch_id=of))[0]
    on(manager, of, code)
    page = stranger.get(f"/b/{code}")
    assert page.status_code == 404
    assert "Lô chưa công bố" in page.text
    decided(manager, started(manager, "batch", of))
    assert "thu hồi" in stranger.get(f"/b/{code}").text.lower()


def test_a_digital_link_with_a_number_leads_to_the_page_of_the_label(manager: Door, stranger: Door) -> None:
    melon = product(manager, gtin="09521234560012", lot_prefix="TMD-DL")
    cut = harvest(manager, cycle_id=cycle(manager, product_id=melon["id"])["id"])["id"]
    of = published(manager, harvest_id=cut)
    code, other, *_ = numbers(manager, run(manager, batch_id=of["id"]))
    on(manager, of["id"], code)
    lot = f"/01/09521234560012/10/{of['lot_code']}"
    for serial, target in (
        (code, code),
        (other, other),
        ("K12", of["code"]),
        (shortcodes.new_code(10), of["code"]),
    ):
        answer = stranger.get(f"{lot}/21/{serial}")
        assert answer.status_code == 307
        assert answer.headers["location"].endswith(f"/b/{target}")


def test_a_roll_printed_ahead_is_bound_by_its_first_and_last_label(manager: Door) -> None:
    ahead = run(manager, batch_id=None, count=20)
    codes = numbers(manager, ahead)
    of = batch(manager, pieces=35)["id"]
    # A scanner types the whole address, and people scan the other end first.
    bound = on(manager, of, f"HTTPS://TXNG.EXAMPLE/B/{codes[9]}", shortcodes.display(codes[4]).lower())
    assert (bound["first"], bound["last"]) == (5, 10)
    assert manager.ask(f"/labels/{ahead['id']}")["active"] == 6
    again = manager.say("/labels/activate", batch_id=of, first=codes[9], last=codes[12], happened_at=AT)
    assert again.status_code == 409
    assert [one["id"] for one in manager.ask("/labels", batch_id=of)["items"]] == [ahead["id"]]


def test_labels_go_on_their_own_batch_of_their_own_cooperative(make: Factory, manager: Door) -> None:
    codes = numbers(manager, run(manager))
    said = {"happened_at": AT, "first": codes[0]}
    assert manager.say("/labels/activate", batch_id=batch(manager)["id"], **said).status_code == 409
    other = make.manager()
    assert other.say("/labels/activate", batch_id=batch(other)["id"], **said).status_code == 409
    assert other.say("/labels/void", first=codes[0], reason="Rách").status_code == 409
    rolls = [numbers(manager, run(manager, batch_id=None))[0] for _ in range(2)]
    mixed = manager.say("/labels/void", first=rolls[0], last=rolls[1], reason="Rách")
    assert mixed.json()["errors"][0]["field"] == "last"


def test_a_held_batch_and_a_withdrawn_one_get_no_labels_on(manager: Door) -> None:
    held, gone = batch(manager)["id"], published(manager)["id"]
    code = numbers(manager, run(manager, batch_id=None))[0]
    manager.tell("/holds", batch_id=held, reason="Chờ kiểm nghiệm")
    manager.tell("/batches/withdraw", batch_id=gone, reason="In nhầm")
    for of in (held, gone):
        assert manager.say("/labels/activate", batch_id=of, first=code, happened_at=AT).status_code == 409
    assert manager.say("/labels", batch_id=gone, stationery="tomy-145", count=1).status_code == 409


def test_a_reprint_has_a_reason_the_same_numbers_and_no_spoiled_ones(manager: Door) -> None:
    made = run(manager)
    codes = numbers(manager, made)
    manager.tell("/labels/void", first=codes[2], reason="Rách")
    said = {"run_id": made["id"], "first": 2, "last": 4, "stationery": "roll-40x30"}
    assert manager.say("/labels/reprint", **said).status_code == 422
    again = manager.tell("/labels/reprint", **said, reason="Kẹt giấy")
    assert numbers(manager, again) == [codes[1], codes[3]]
    assert manager.say("/labels/reprint", **{**said, "last": 11}, reason="Kẹt").status_code == 409
    assert manager.say("/labels/reprint", **{**said, "run_id": again["id"]}, reason="Kẹt").status_code == 409
    log = manager.get("/app/labels").text
    assert "Kẹt giấy" in log
    assert "Nguyễn Văn An" in log


def test_the_file_is_there_for_a_day(manager: Door, clock: Clock) -> None:
    made = run(manager)
    file = f"/app/labels/{made['id']}/file"
    for form in ("pdf", "tspl", "zpl", "tspl-native", "zpl-native"):
        assert manager.get(f"{file}?form={form}").status_code == 200
    flat = run(manager, stationery="tomy-145")
    assert manager.get(f"/app/labels/{flat['id']}/file?form=zpl").status_code == 409
    clock.pass_(hours=25)
    assert manager.get(file).status_code == 409


def test_labels_are_printed_and_bound_from_the_pages(manager: Door) -> None:
    of = batch(manager)["id"]
    sent = {"id": str(new_id()), "stationery": "tomy-145", "count": "36", "has_serials": "on"}
    refused = manager.post(f"/app/batches/{of}/print", data=sent)
    assert refused.status_code == 409
    assert 'value="36"' in refused.text
    made = manager.post(f"/app/batches/{of}/print", data={**sent, "count": "30", "shift_x": "-1,5"})
    at = made.headers["location"]
    assert (
        manager.post(f"/app/batches/{of}/print", data={**sent, "count": "30", "shift_x": "-1,5"}).headers[
            "location"
        ]
        == at
    )
    assert 'value="-1.5"' in manager.get(f"/app/batches/{of}/print").text.replace(",", ".")
    codes = numbers(manager, {"id": at.rpartition("/")[2]})
    form = {"id": str(new_id()), "batch_id": of, "first": "khong", "happened_at": "2026-11-10T08:00"}
    wrong = manager.post("/app/labels/bind", data=form)
    assert wrong.status_code == 422
    assert "Đây không phải số tem" in wrong.text
    bound = manager.post("/app/labels/bind", data={**form, "first": codes[0], "last": codes[9]})
    assert bound.headers["location"] == at
    assert "Tem 1 đến 10" in manager.get(at).text


@settings(max_examples=60)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=8, unique=True),
    st.lists(st.integers(1, 60), max_size=8, unique=True),
)
def test_labels_are_counted_as_one_by_one(bounds: list[int], spoiled: list[int]) -> None:
    edges = sorted(bounds)
    ranges = [Range(low, high) for low, high in zip(edges[::2], edges[1::2], strict=False)]
    holes = [Range(one, one) for one in spoiled]
    slow = {place for one in ranges for place in range(one.first, one.last + 1)} - set(spoiled)
    assert rules.whole(ranges, holes) == len(slow)
