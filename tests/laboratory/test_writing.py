"""Laboratory tests are written down, corrected and withdrawn; strangers read them in plain words."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.batches.making import batch, harvest, published
from tests.evidence.making import document, pdf
from tests.farms.making import area, plot
from tests.laboratory.making import BAD, GOOD, SAID, failed, lab_test
from tests.people import Door, Factory
from tests.records.making import cycle
from trace.kit.ids import new_id
from trace.ledger.models import JournalEntry


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"cycle_id": None}, "cycle_id"),
        ({"sample": "soil"}, "sample"),
        ({"sampled_on": "2026-11-11"}, "sampled_on"),
        ({"received_on": "2026-11-02"}, "received_on"),
        ({"received_on": "2026-11-05", "reported_on": "2026-11-04"}, "reported_on"),
        ({"file_public": True}, "file_public"),
        ({"correction_reason": "Nhầm"}, "correction_reason"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    manager: Door, given: dict[str, object], field: str
) -> None:
    refused = manager.say("/tests", **{**SAID, "cycle_id": cycle(manager)["id"], **given})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (409, field)


def test_produce_is_not_of_a_plot(manager: Door) -> None:
    refused = manager.say("/tests", **{**SAID, "plot_id": plot(manager)["id"]})
    assert refused.json()["errors"][0]["field"] == "sample"


@pytest.mark.parametrize(
    "contradicting",
    [{**BAD, "verdict": "pass"}, {**GOOD, "verdict": "fail"}, {**BAD, "verdict": "not_judged"}],
)
def test_a_verdict_against_its_own_numbers_is_asked_about(
    manager: Door, contradicting: dict[str, str]
) -> None:
    said = {**SAID, "cycle_id": cycle(manager)["id"], "parameters": [GOOD, contradicting]}
    doubted = manager.say("/tests", **said)
    assert doubted.json()["type"] == "/problems/doubtful"
    assert doubted.json()["errors"][0]["field"] == "parameters.1.verdict"
    kept = manager.tell("/tests", **said, sure=True)
    assert kept["results"][1]["verdict"] == contradicting["verdict"]


def test_less_than_a_thousandth_is_kept_and_shown_exactly(manager: Door) -> None:
    mercury = {"parameter": "Thủy ngân", "result": "0.0004", "unit": "mg/kg", "limit": "0.0005"}
    kept = lab_test(manager, cycle_id=cycle(manager)["id"], parameters=[mercury])
    assert (kept["results"][0]["value"], kept["verdict"]) == ("0.0004", "pass")
    assert "0,0004" in manager.get(f"/app/tests/{kept['id']}").text


def test_who_took_the_sample_stays_among_members(manager: Door, stranger: Door, db: Session) -> None:
    made = published(manager)
    kept = lab_test(manager, batch_id=made["id"], taken_by="Phạm Thị Bình")
    assert kept["taken_by"] == "Phạm Thị Bình"
    for address in (f"/b/{made['code']}", f"/b/{made['code']}.json"):
        assert "Phạm Thị Bình" not in stranger.get(address).text
    said = db.exec(select(JournalEntry.said).where(JournalEntry.kind == "test.recorded")).one()
    assert "Phạm" not in said
    db.execute(text("DELETE FROM lab_sampler"))  # a person can be forgotten


def test_nobody_rewrites_a_report(manager: Door, db: Session) -> None:
    lab_test(manager, cycle_id=cycle(manager)["id"])
    for statement in ("UPDATE lab_test SET verdict = 'pass'", "DELETE FROM lab_result"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.execute(text(statement))


def test_a_viewer_writes_none_and_a_recorder_withdraws_none(make: Factory, manager: Door) -> None:
    said = {**SAID, "cycle_id": cycle(manager)["id"]}
    assert make.member(manager, "viewer").say("/tests", **said).status_code == 403
    recorder = make.member(manager, "recorder")
    kept = recorder.tell("/tests", **said)
    gone = {"test_id": kept["id"], "reason": "Nhầm mẫu"}
    assert recorder.say("/tests/withdraw", **gone).status_code == 403
    manager.tell("/tests/withdraw", **gone)
    assert manager.say("/tests/withdraw", **gone).status_code == 409


def test_a_passed_test_is_told_in_plain_words_with_the_numbers_behind(manager: Door, stranger: Door) -> None:
    made = published(manager)
    lab_test(manager, cycle_id=made["cycle_id"], parameters=[GOOD] * 5, report_number="KQ-2611-031")
    page = stranger.get(f"/b/{made['code']}").text
    for told in ("Đạt: 5/5 chỉ tiêu dưới giới hạn", "KQ-2611-031", "0,01", "HTX khai", "lấy mẫu 03/11/2026"):
        assert told in page, told
    english = stranger.get(f"/en/b/{made['code']}").text
    assert "Passed: 5 of 5 parameters within the limit" in english
    assert "laboratory" not in stranger.get(f"/b/{made['code']}.json").json()["missing"]


def test_the_report_makes_it_a_third_party_and_is_had_only_where_it_was_released(
    manager: Door, stranger: Door
) -> None:
    made, paper = published(manager), document(manager)["id"]
    kept = lab_test(manager, batch_id=made["id"], document_id=paper)
    address = f"/b/{made['code']}/tests/{{}}/file"
    assert "Bên thứ ba" in stranger.get(f"/b/{made['code']}").text
    assert stranger.get(address.format(kept["id"])).status_code == 404
    told = {"corrects_id": kept["id"], "correction_reason": "Cho xem", "file_public": True}
    open_ = lab_test(manager, batch_id=made["id"], document_id=paper, **told)
    answer = stranger.get(address.format(open_["id"]))
    assert (answer.content, answer.headers["content-disposition"][:11]) == (pdf(), "attachment;")


def test_corrected_and_withdrawn_reports_stay_in_sight(manager: Door, stranger: Door) -> None:
    made = published(manager)
    wrong = lab_test(manager, batch_id=made["id"])
    told = {"corrects_id": wrong["id"], "correction_reason": "Gõ nhầm đơn vị"}
    right = lab_test(manager, batch_id=made["id"], **told)
    manager.tell("/tests/withdraw", test_id=right["id"], reason="Phòng thử nghiệm thu hồi phiếu")
    page = stranger.get(f"/b/{made['code']}").text
    for told_ in ("Gõ nhầm đơn vị", "Phòng thử nghiệm thu hồi phiếu", "Không còn tính"):
        assert told_ in page
    facts = stranger.get(f"/b/{made['code']}.json").json()
    assert [one["corrected_by"] for one in facts["tests"]] == [right["id"], None]
    assert "laboratory" in facts["missing"]


def test_of_the_ground_only_the_last_report_before_the_harvest_is_told(manager: Door, stranger: Door) -> None:
    land = area(manager)["id"]
    house = plot(manager, area_id=land)["id"]
    cut = harvest(manager, cycle_id=cycle(manager, plot_id=house)["id"])
    made = published(manager, harvest_id=cut["id"])
    lab_test(manager, plot_id=house, sampled_on="2024-05-01")
    last = lab_test(manager, plot_id=house, sampled_on="2026-05-01")
    water = lab_test(manager, area_id=land, sample="water", sampled_on="2026-06-01")
    told = stranger.get(f"/b/{made['code']}.json").json()["tests"]
    assert [one["id"] for one in told] == [last["id"], water["id"]]


def test_lists_are_asked_about_one_thing(manager: Door) -> None:
    made = batch(manager)
    kept = lab_test(manager, batch_id=made["id"])
    crop = lab_test(manager, cycle_id=made["cycle_id"])
    lab_test(manager, cycle_id=cycle(manager)["id"])
    found = manager.ask("/tests", batch_id=made["id"])["items"]
    assert {one["id"] for one in found} == {kept["id"], crop["id"]}
    page = manager.get(f"/app/tests?cycle={made['cycle_id']}").text
    assert page.count('href="/app/tests/0') == 2


def test_a_form_takes_rows_and_a_pasted_table_and_asks_for_more_room_without_losing_anything(
    manager: Door,
) -> None:
    crop = cycle(manager)["id"]
    typed = {
        "id": str(new_id()),
        "cycle_id": crop,
        "sample": "produce",
        "sampled_on": "2026-11-03",
        "laboratory": "Phòng minh họa",
        "parameter_0": "Imidacloprid",
        "result_0": "0,01",
        "limit_0": "0,5",
        "unit_0": "mg/kg",
        "parameter_2": "Salmonella",
        "result_2": "KPH",
        "limit_2": "KPH",
        "pasted": "Chì; 0,02; mg/kg; 0,1\nCadimi\t<0,005\tmg/kg\t0,05\n",
    }
    more = manager.post("/app/tests/new", data=typed | {"more": "1"}, files={"file": ("a.pdf", pdf())})
    assert (more.status_code, more.text.count("<legend>Chỉ tiêu ")) == (200, 8)
    for value in ("Imidacloprid", "Salmonella", "Cadimi"):
        assert value in more.text
    wrong = manager.post("/app/tests/new", data=typed | {"result_2": "nhiều", "limit_0": "1.234"})
    assert wrong.status_code == 422
    assert 'id="result_2-error"' in wrong.text
    assert 'id="limit_0-error"' in wrong.text
    lines = manager.post("/app/tests/new", data=typed | {"pasted": "Chì; nhiều; mg/kg"})
    assert "Dòng 1: " in lines.text
    assert "Chì; nhiều; mg/kg" in lines.text
    empty = {
        name: value for name, value in typed.items() if not name.endswith(("_0", "_2")) and name != "pasted"
    }
    assert 'id="parameter_0-error"' in manager.post("/app/tests/new", data=empty).text
    address = manager.post("/app/tests/new", data=typed).headers["location"]
    kept = manager.ask(address.removeprefix("/app"))
    assert [(one["parameter"], one["found"], one["verdict"]) for one in kept["results"]] == [
        ("Imidacloprid", "number", "pass"),
        ("Salmonella", "not_detected", "pass"),
        ("Chì", "number", "pass"),
        ("Cadimi", "below", "pass"),
    ]


def test_a_form_asks_corrects_and_withdraws(manager: Door) -> None:
    kept = failed(manager, cycle_id=cycle(manager)["id"])
    address = f"/app/tests/{kept['id']}"
    page = manager.get(address).text
    assert f"/app/holds/{kept['hold_ids'][0]}" in page
    form = manager.get(f"{address}/correct").text
    assert 'value="0,82"' in form
    typed = {
        "id": str(new_id()),
        "cycle_id": kept["cycle_id"],
        "sample": "produce",
        "sampled_on": "2026-11-03",
        "laboratory": "Phòng minh họa",
        "parameter_0": "Imidacloprid",
        "result_0": "0,82",
        "limit_0": "0,5",
        "verdict_0": "pass",
        "correction_reason": "Gõ nhầm",
    }
    asked = manager.post(f"{address}/correct", data=typed)
    assert (asked.status_code, 'id="verdict_0-doubt"' in asked.text) == (409, True)
    right = manager.post(f"{address}/correct", data=typed | {"sure": "on"}).headers["location"]
    gone = {"id": str(new_id()), "reason": "Nhầm mẫu"}
    assert manager.post(f"{right}/withdraw", data=gone).status_code == 303
    assert "Nhầm mẫu" in manager.get(right).text
