"""The printed book of a cycle, read back as whoever searches and copies it reads it."""

import re

import pytest
from sqlalchemy import Engine

from tests.farms.making import household, plot
from tests.people import Door, Factory
from tests.records.making import OWN, SITE, cycle, harvest, record, site
from tests.reports.making import fetched, pdf, words
from tests.statements import counted


def test_an_empty_diary_says_so_in_every_book(manager: Door) -> None:
    book = words(pdf(fetched(manager, cycle(manager), "pdf")))
    titles = re.findall(r"(\d+)\. (?=[A-ZĐ])", book)
    assert titles == [str(number) for number in range(1, 16) if number != 12]
    assert book.count("Không có ghi chép.") == 13
    assert "Bản này không có sổ nhân sự." in book


def test_it_says_in_searchable_vietnamese_what_was_written(manager: Door) -> None:
    grower = household(manager, code="TV-07", name="Phạm Thị Bình")
    place = plot(manager, code="NM-A1", household_id=grower["id"])
    crop = cycle(manager, plot_id=place["id"], name="Thu đông 2026")
    record(
        manager, "spraying", cycle_id=crop["id"], active_ingredient="hexaconazole 50 g/L", note="Chiều mát"
    )
    book = pdf(fetched(manager, crop, "pdf"))
    text = words(book)
    for said in ("NM-A1 · Thu đông 2026", "Anvil 5SC", "phấn trắng", "14 ngày", "24/11/2026", "Chiều mát"):
        assert said in text
    assert all("NM-A1 · Thu đông 2026" in page.extract_text() for page in book.pages)
    assert f"trang 1/{len(book.pages)}" in text
    for who in ("Người ghi", "Tổ trưởng", "Người kiểm tra"):
        assert who in text


def test_the_font_is_embedded_as_far_as_it_is_used(manager: Door) -> None:
    answer = fetched(manager, cycle(manager), "pdf")
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf(answer).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert len(fonts) == 2
    assert all(re.fullmatch(r"/[A-Z]{6}\+BeVietnamPro-\w+", font) for font in fonts)
    assert len(answer.content) < 60_000


def test_late_entries_and_corrections_are_marked_with_their_reasons(manager: Door) -> None:
    crop = cycle(manager)
    late = "2026-10-20T06:30:00+07:00"
    old = record(manager, "irrigation", cycle_id=crop["id"], happened_at=late, litres="2400")
    told = {"corrects_id": old["id"], "correction_reason": "Ghi nhầm số lít"}
    new = record(manager, "irrigation", cycle_id=crop["id"], happened_at=late, litres="240", **told)
    gone = record(manager, "pruning", cycle_id=crop["id"])
    manager.tell("/records", kind="retraction", corrects_id=gone["id"], correction_reason="Nhầm nhà màng")
    assert new["late_days"] == 21
    text = words(pdf(fetched(manager, crop, "pdf")))
    assert text.count("ghi muộn 21 ngày") == 2
    assert "đính chính ở mục 2 ngày 10/11/2026: Ghi nhầm số lít" in text
    assert "đính chính mục 1: Ghi nhầm số lít" in text
    assert "rút lại ngày 10/11/2026: Nhầm nhà màng" in text


def test_the_code_of_its_batch_stands_on_every_page(manager: Door) -> None:
    crop = cycle(manager)
    for _ in range(30):
        record(manager, "irrigation", cycle_id=crop["id"])
    reaped = harvest(manager, cycle_id=crop["id"])
    batch = manager.tell("/batches", harvest_id=reaped["id"], quantity="2000", lot_code="TMD-DL-261110-01")
    book = pdf(fetched(manager, crop, "pdf"))
    assert len(book.pages) > 2
    for page in book.pages:
        assert f"TMD-DL-261110-01 · {batch['code'][:4]}-{batch['code'][4:]}" in page.extract_text()


def test_every_kind_of_record_appears_by_itself(manager: Door) -> None:
    crop = cycle(manager)
    for kind in OWN:
        record(
            manager, kind, cycle_id=crop["id"], sure=True, **({"phi_days": 0} if kind == "spraying" else {})
        )
    for kind in SITE:
        site(manager, kind)
    text = words(pdf(fetched(manager, crop, "pdf", people="true")))
    assert text.count("Không có ghi chép.") == 3  # nothing was bought, nothing was tested


def test_long_text_and_long_words_stay_inside_their_cells(manager: Door) -> None:
    crop = cycle(manager)
    note = "Đ" * 400 + " " + "rất dài " * 190
    record(manager, "inspection", cycle_id=crop["id"], subject="x" * 120, finding="y" * 500, note=note)
    text = re.sub(r"\s", "", words(pdf(fetched(manager, crop, "pdf"))))
    assert text.count("dài") == 190
    assert "y" * 30 in text


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_a_long_diary_asks_the_database_no_more_than_a_short_one(
    manager: Door, engine: Engine, ending: str
) -> None:
    crop = cycle(manager)
    costs = []
    for _ in range(2):
        for kind in ("irrigation", "pruning", "fertilising"):
            record(manager, kind, cycle_id=crop["id"])
        with counted(engine) as sent:
            assert fetched(manager, crop, ending).status_code == 200
        costs.append(len(sent))
    assert costs[0] == costs[1] <= 25


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_file_has_a_name_that_every_computer_can_write_and_is_kept_in_no_cache(
    manager: Door, ending: str
) -> None:
    place = plot(manager, code="NM-Đ1")
    answer = fetched(manager, cycle(manager, plot_id=place["id"], name="Thu đông “2026”"), ending)
    assert answer.headers["cache-control"] == "no-store"
    named = f'attachment; filename="nhat-ky-nm-d1-thu-dong-2026-20261110.{ending}"'
    assert answer.headers["content-disposition"] == named


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_copy_with_the_book_about_people_is_for_managers(make: Factory, ending: str) -> None:
    manager = make.manager()
    recorder, crop = make.member(manager), cycle(manager)
    assert fetched(recorder, crop, ending).status_code == 200
    assert fetched(recorder, crop, ending, people="true").status_code == 403
    assert fetched(manager, crop, ending, people="true").status_code == 200
    assert fetched(make.manager(), crop, ending).status_code == 404


def test_the_api_answers_the_same_in_the_language_asked_for(manager: Door) -> None:
    crop = cycle(manager)
    answer = manager.get(f"/api/v1/cycles/{crop['id']}/book.pdf", headers={"accept-language": "en"})
    assert "No entries." in words(pdf(answer))
    assert "No entries." in words(pdf(fetched(manager, crop, "pdf", "en")))
