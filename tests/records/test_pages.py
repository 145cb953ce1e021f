"""The diary on the phone: three taps, nothing typed is lost."""

import re
from typing import Any

import pytest

from tests.evidence.making import jpeg, photo
from tests.people import Door, Factory
from tests.records.making import OWN, cycle, diary, facts, record
from trace.kit.ids import new_id

NOW = "2026-11-10T08:30"


def typed(kind: str, **given: Any) -> dict[str, Any]:
    """What a form of this kind sends, as a person in Vietnam types it."""
    own = {name: str(value).replace(".", ",") for name, value in OWN[kind].items()}
    return {"id": str(new_id()), "happened_at": NOW, "note": "", "household_id": "", **own, **given}


@pytest.mark.parametrize("kind", OWN)
def test_every_kind_is_written_with_its_form(manager: Door, kind: str) -> None:
    opened = cycle(manager)
    form = manager.get(f"/app/log/{opened['id']}/{kind}")
    assert form.status_code == 200
    answer = manager.post(f"/app/log/{opened['id']}/{kind}", data=typed(kind, sure="on"))
    assert answer.status_code == 303, answer.text
    (line,) = diary(manager, opened["id"])
    assert (line["kind"], line["happened_at"]) == (kind, "2026-11-10T01:30:00Z")
    home = manager.get("/app")
    assert "Đã ghi vào nhật ký" in home.text
    for name in OWN[kind]:
        assert f'name="{name}"' in form.text


def test_a_repeated_work_takes_three_taps_from_home(manager: Door) -> None:
    """Ghi, the kind, Lưu: the cycle is chosen and the fields are filled in like the last time."""
    record(manager, "irrigation")
    watered = record(manager, "irrigation", method="sprinkler", litres="450.5", water_source="giếng khoan")
    assert 'href="/app/log"' in manager.get("/app").text
    to = f"/app/log/{watered['cycle_id']}/irrigation"
    assert to in manager.get("/app/log").text
    filled = fields(manager.get(to).text)
    assert (filled["method"], filled["litres"], filled["water_source"]) == (
        "sprinkler",
        "450,5",
        "giếng khoan",
    )
    assert manager.post(to, data=filled).status_code == 303
    first, second = diary(manager, watered["cycle_id"])
    assert facts(first) == facts(second)


def fields(page: str) -> dict[str, str]:
    """What a browser would send when nothing is touched."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", page):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if given.get("type") not in {"radio", "checkbox", "file"} or " checked" in tag:
            found[given["name"]] = given.get(
                "value", "on" if "type" in given and given["type"] != "hidden" else ""
            )
    for name, options in re.findall(r'<select id="([\w.-]+)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    found.pop("photos", None)
    return found


def test_a_pesticide_is_offered_again_but_never_filled_in_by_itself(manager: Door) -> None:
    sprayed = record(manager, "spraying")
    to = f"/app/log/{sprayed['cycle_id']}/spraying"
    assert fields(manager.get(to).text)["trade_name"] == ""
    assert f"?like={sprayed['id']}" in manager.get(to).text
    filled = fields(manager.get(f"{to}?like={sprayed['id']}").text)
    assert (filled["trade_name"], filled["phi_days"], filled["amount"]) == ("Anvil 5SC", "14", "60")


def test_a_harvest_offers_a_batch(manager: Door) -> None:
    opened = cycle(manager)
    answer = manager.post(
        f"/app/log/{opened['id']}/harvest", data=typed("harvest", quantity="26,4", unit="ta")
    )
    assert answer.status_code == 303
    (line,) = diary(manager, opened["id"])
    assert facts(line)["quantity_kg"] == "2640"
    assert f"/app/batches/new?harvest={line['id']}" in manager.get(answer.headers["location"]).text


def test_a_wrong_form_comes_back_with_what_was_typed(manager: Door) -> None:
    opened = cycle(manager)
    sent = typed("fertilising", amount="-4", note="Trời mưa", method="root")
    answer = manager.post(f"/app/log/{opened['id']}/fertilising", data=sent)
    assert answer.status_code == 422
    assert 'value="-4"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "Trời mưa" in answer.text
    assert sent["id"] in answer.text
    assert fields(answer.text)["method"] == "root"
    assert diary(manager, opened["id"]) == []


def test_a_refused_form_comes_back_with_the_reason_beside_the_field(manager: Door) -> None:
    opened = cycle(manager)
    sent = typed("irrigation", happened_at="2026-11-11T08:30")
    answer = manager.post(f"/app/log/{opened['id']}/irrigation", data=sent)
    assert answer.status_code == 409
    assert 'id="happened_at-error"' in answer.text


def test_a_doubt_is_asked_and_the_same_form_sent_again_is_taken(manager: Door) -> None:
    opened = cycle(manager)
    sent = typed("harvest", brix="19,5")
    asked = manager.post(f"/app/log/{opened['id']}/harvest", data=sent)
    assert asked.status_code == 409
    assert 'name="sure"' in asked.text
    assert "19,5 độ Brix" in asked.text
    assert manager.post(f"/app/log/{opened['id']}/harvest", data={**sent, "sure": "on"}).status_code == 303


def test_photos_of_a_wrong_form_are_kept_and_need_no_second_upload(manager: Door) -> None:
    opened = cycle(manager)
    to = f"/app/log/{opened['id']}/inspection"
    files = [
        ("photos", ("1.jpg", jpeg(seed=1), "image/jpeg")),
        ("photos", ("2.jpg", jpeg(seed=2), "image/jpeg")),
    ]
    wrong = manager.post(to, data=typed("inspection", finding=""), files=files)
    assert wrong.status_code == 422
    kept = re.findall(r'name="photo_ids" value="([^"]+)" checked', wrong.text)
    assert len(kept) == 2
    assert f"/app/photos/{kept[0]}/small.webp" in wrong.text
    assert manager.post(to, data=typed("inspection", photo_ids=kept)).status_code == 303
    assert diary(manager, opened["id"])[0]["photo_ids"] == kept


def test_a_text_named_jpg_is_said_beside_the_photos_and_nothing_else_is_lost(manager: Door) -> None:
    opened = cycle(manager)
    files = {"photos": ("anh.jpg", b"not a picture", "image/jpeg")}
    answer = manager.post(f"/app/log/{opened['id']}/other", data=typed("other", what="Dọn cỏ"), files=files)
    assert answer.status_code == 422
    assert 'id="photos-error"' in answer.text
    assert 'value="Dọn cỏ"' in answer.text


def test_an_old_record_is_corrected_on_its_own_form(manager: Door) -> None:
    kept = photo(manager)["id"]
    wrong = record(manager, "fertilising", amount="50.5", note="Trời nắng", photo_ids=[kept])
    to = f"/app/records/{wrong['id']}/correct"
    form = manager.get(to).text
    filled = fields(form)
    assert (filled["amount"], filled["fertiliser"], filled["happened_at"]) == (
        "50,5",
        "KNO3",
        "2026-11-10T06:30",
    )
    assert "Trời nắng" in form
    assert kept in form
    sent = filled | {"amount": "5", "note": "Trời nắng"}
    assert manager.post(to, data=sent | {"correction_reason": ""}).status_code == 409
    assert manager.post(to, data=sent | {"correction_reason": "Thừa số 0"}).status_code == 303
    old, new = diary(manager, wrong["cycle_id"])
    assert (old["corrected_by_id"], new["photo_ids"], facts(new)["amount"]) == (new["id"], [kept], "5")
    notebook = manager.get(f"/app/cycles/{wrong['cycle_id']}").text
    assert "entry--struck" in notebook
    assert "Đã đính chính: Thừa số 0" in notebook
    assert manager.get(to).status_code == 409


def test_a_record_written_by_mistake_is_struck_out(manager: Door) -> None:
    wrong = record(manager, "irrigation")
    to = f"/app/records/{wrong['id']}/retract"
    assert manager.get(to).status_code == 200
    assert manager.post(to, data={"id": str(new_id()), "correction_reason": ""}).status_code == 422
    sent = {"id": str(new_id()), "correction_reason": "Nhầm nhà màng"}
    assert manager.post(to, data=sent).status_code == 303
    assert "Ghi nhầm: Nhầm nhà màng" in manager.get(f"/app/cycles/{wrong['cycle_id']}").text


def test_what_came_late_says_how_late(manager: Door) -> None:
    late = record(manager, "irrigation", happened_at="2026-10-20T08:00:00+07:00")
    assert "Ghi muộn 21 ngày" in manager.get(f"/app/cycles/{late['cycle_id']}").text
    manager.get("/language?to=en")
    assert "Recorded 21 days late" in manager.get(f"/app/cycles/{late['cycle_id']}").text


def test_a_cycle_is_opened_and_closed_with_forms(manager: Door) -> None:
    other = cycle(manager)
    form = manager.get("/app/cycles/new").text
    assert 'value="Vụ 11/2026"' in form
    sent = {
        **fields(form),
        "plot_id": other["plot_id"],
        "product_id": other["product_id"],
        "planted_on": "28/08/2026",
        "plant_count": "2.000",
    }
    wrong = manager.post("/app/cycles/new", data=sent)
    assert wrong.status_code == 422  # a thousand or a thousandth
    asked = manager.post("/app/cycles/new", data=sent | {"plant_count": "2000"})
    assert asked.status_code == 409  # the plot has an open cycle
    assert fields(asked.text)["plot_id"] == other["plot_id"]
    done = manager.post("/app/cycles/new", data=sent | {"plant_count": "2000", "sure": "on"})
    assert done.status_code == 303
    where = done.headers["location"]
    assert "28/08/2026" in manager.get(where).text
    assert manager.post(f"{where}/close", data={"id": str(new_id())}).status_code == 409
    assert manager.post(f"{where}/close", data={"id": str(new_id()), "sure": "on"}).status_code == 303
    assert "kết thúc 10/11/2026" in manager.get(where).text
    assert "Đã kết thúc" in manager.get("/app/cycles").text


def test_a_running_interval_is_said_on_the_home_page(manager: Door) -> None:
    record(manager, "spraying", happened_at="2026-11-04T16:00:00+07:00")
    assert "Được thu từ 18/11/2026" in manager.get("/app").text


def test_without_plots_and_products_the_way_to_them_is_shown(manager: Door) -> None:
    assert "/app/cycles/new" in manager.get("/app").text
    page = manager.get("/app/cycles/new").text
    assert "/app/plots" in page
    assert "/app/products" in page
    assert manager.get("/app/log").status_code == 200


def test_a_viewer_sees_the_diary_and_no_button(manager: Door, make: Factory) -> None:
    written = record(manager, "irrigation")
    viewer = make.member(manager, "viewer")
    for path in ("/app", "/app/cycles", f"/app/cycles/{written['cycle_id']}"):
        page = viewer.get(path)
        assert page.status_code == 200
        assert f"/app/log/{written['cycle_id']}" not in page.text
        assert "/correct" not in page.text
    to = f"/app/log/{written['cycle_id']}/irrigation"
    for path in ("/app/log", to, f"/app/records/{written['id']}/correct", "/app/cycles/new"):
        assert viewer.get(path).status_code == 403
    assert viewer.post(to, data=typed("irrigation")).status_code == 403


def test_a_strangers_pages_are_not_there(manager: Door, make: Factory) -> None:
    written = record(manager, "irrigation")
    other = make.manager()
    for path in (
        f"/app/cycles/{written['cycle_id']}",
        f"/app/cycles/{written['cycle_id']}/close",
        f"/app/log/{written['cycle_id']}/irrigation",
        f"/app/log/{written['cycle_id']}/retraction",
        f"/app/records/{written['id']}/correct",
        f"/app/records/{written['id']}/retract",
    ):
        assert other.get(path).status_code == 404, path
        answer = other.post(path, data=typed("irrigation", correction_reason="x"))
        assert answer.status_code in (404, 405), path
    assert manager.get(f"/app/log/{written['cycle_id']}/dancing").status_code == 404
