"""The spreadsheet of a cycle: exact numbers, days as days, text as text."""

import pytest

from tests.catalogue.making import input_, purchase
from tests.laboratory.making import failed, lab_test
from tests.people import Door
from tests.records.making import cycle, record
from tests.reports.making import fetched, rows, workbook


def test_there_is_a_sheet_for_every_book_in_the_order_of_the_forms(manager: Door) -> None:
    made = workbook(fetched(manager, cycle(manager), "xlsx"))
    numbers = [int(title.split()[0]) for title in made.sheetnames]
    assert numbers == [number for number in range(1, 16) if number != 12]
    assert [row["STT"] for row in rows(made, 7)] == ["Không có ghi chép."]


def test_numbers_are_exact_and_days_are_days(manager: Door) -> None:
    crop = cycle(manager)
    record(manager, "fertilising", cycle_id=crop["id"], amount="2.125", ec="2.4", ph="6.2")
    record(manager, "fertilising", cycle_id=crop["id"], amount="500", unit="g")
    first, second = rows(workbook(fetched(manager, crop, "xlsx")), 5)
    assert (first["Lượng"], first["Lượng: đơn vị"], second["Lượng: đơn vị"]) == (2.125, "kg", "g")
    assert (first["EC (mS/cm)"], first["pH"], second["pH"]) == (2.4, 6.2, None)
    assert first["Lúc làm"].isoformat() == "2026-11-10T06:30:00"
    assert first["Nhận lúc"].isoformat() == "2026-11-10T08:30:00"
    assert (first["STT"], first["Số ngày muộn"], first["Gạch bỏ"]) == (1, 0, None)


@pytest.mark.parametrize("text", ["=1+1", "+84912345678", "-2", "@SUM(A1)", '=HYPERLINK("http://x","y")'])
def test_no_text_becomes_a_formula(manager: Door, text: str) -> None:
    crop = cycle(manager)
    record(manager, "other", cycle_id=crop["id"], what=text, note=text)
    made = workbook(fetched(manager, crop, "xlsx"))
    cells = [cell for sheet in made.worksheets for row in sheet.iter_rows() for cell in row]
    found = [cell for cell in cells if cell.value == text]
    assert len(found) == 2
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)


def test_corrections_stand_in_columns_of_their_own(manager: Door) -> None:
    crop = cycle(manager)
    old = record(manager, "harvest", cycle_id=crop["id"])
    told = {"corrects_id": old["id"], "correction_reason": "Cân lại"}
    record(manager, "harvest", cycle_id=crop["id"], quantity="2600", **told)
    first, second = rows(workbook(fetched(manager, crop, "xlsx")), 9)
    assert (first["Gạch bỏ"], second["Gạch bỏ"]) == ("có", None)
    assert "đính chính ở mục 2" in first["Đính chính, dấu"]
    assert second["Đính chính, dấu"] == "đính chính mục 1: Cân lại"


def test_what_was_used_stands_with_its_purchases_and_the_price_in_the_managers_copy_alone(
    manager: Door,
) -> None:
    crop = cycle(manager)
    record(manager, "spraying", cycle_id=crop["id"], trade_name="ANVIL 5sc")
    used = input_(manager, trade_name="Anvil 5SC")["id"]
    purchase(manager, input_id=input_(manager, trade_name="Radiant 60SC")["id"])
    told = {"lot_number": "L-17", "pack_price": "85000", "supplier": "Đại lý Hòa", "bought_on": "2026-11-08"}
    old = purchase(manager, input_id=used, packs=3, **told)
    fixed = {"corrects_id": old["id"], "correction_reason": "Đếm lại"}
    purchase(manager, input_id=used, packs=2, **{**told, **fixed})
    first, second = rows(workbook(fetched(manager, crop, "xlsx")), 3)
    assert (first["Gạch bỏ"], first["Số gói"], second["Số gói"]) == ("có", 3, 2)
    assert (second["Vật tư"], second["Số lô trên bao bì"], second["Mua ở đâu (đại lý)"]) == (
        "Anvil 5SC",
        "L-17",
        "Đại lý Hòa",
    )
    assert second["Đính chính, dấu"] == "ghi muộn 1 ngày; đính chính mục 1: Đếm lại"
    assert not any("Giá" in title for title in second)
    full, _ = rows(workbook(fetched(manager, crop, "xlsx", people="true")), 3)
    assert next(value for title, value in full.items() if "Giá" in title) == 85000


def test_tests_of_the_ground_and_of_the_produce_stand_in_their_two_books(manager: Door) -> None:
    crop = cycle(manager)
    lab_test(manager, plot_id=crop["plot_id"], report_number="S-17")
    failed(manager, cycle_id=crop["id"])
    lab_test(manager, cycle_id=cycle(manager)["id"])
    made = workbook(fetched(manager, crop, "xlsx"))
    (ground,), (produce,) = rows(made, 2), rows(made, 14)
    assert (ground["Số phiếu"], ground["Imidacloprid (mg/kg)"]) == ("S-17", 0.01)
    assert (produce["Đánh giá"], produce["Mẫu"]) == ("Không đạt", "Nông sản")
    assert produce["Đính chính, dấu"] == "vượt giới hạn: Imidacloprid, tối đa 0.5 mg/kg"


def test_it_is_written_in_the_readers_language(manager: Door) -> None:
    crop = cycle(manager)
    record(manager, "irrigation", cycle_id=crop["id"])
    (row,) = rows(workbook(fetched(manager, crop, "xlsx", "en")), 7)
    assert row["Irrigated"] == "drip"
