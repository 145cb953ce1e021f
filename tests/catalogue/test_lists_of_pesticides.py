"""Lists of allowed and banned pesticides: looked at, imported, and what they say about a label."""

import io
import re
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlmodel import Session, func, select

from tests.catalogue.making import BANNED, LISTED, input_, listed, preview, spreadsheet
from tests.catalogue.test_products import errors
from tests.people import Door, Factory
from trace.catalogue.list_reading import ROWS, read_file
from trace.catalogue.list_rules import Row, banned_name, compare, read, registered_for
from trace.catalogue.models import PesticideList, PesticideListLine
from trace.kit.problems import Malformed

HEADER = ["TT", "TÊN HOẠT CHẤT (COMMON NAME)", "TÊN THƯƠNG PHẨM (TRADE NAME)"]
HEADER += ["ĐỐI TƯỢNG PHÒNG TRỪ (PEST/CROP)", "TỔ CHỨC ĐĂNG KÝ"]


def row(number: int = 1, **said: str) -> Row:
    blank = dict.fromkeys(("active_ingredient", "trade_name", "target", "crop", "registrant"), "")
    return Row(number, **{**blank, **said})


WORDS = st.text("abđơư 5®-", min_size=1, max_size=12).filter(lambda text: any(map(str.isalnum, text)))
ROWS_OF_A_LIST = st.lists(st.tuples(WORDS, WORDS, st.sampled_from(["", "rệp/dưa lưới"])), max_size=12)


@settings(max_examples=60)
@given(ROWS_OF_A_LIST)
def test_what_is_written_into_a_sheet_is_what_is_read(lines: list[tuple[str, str, str]]) -> None:
    cells: list[list[object]] = [
        list(HEADER),
        *([n, one, name, pest, ""] for n, (one, name, pest) in enumerate(lines, 1)),
    ]
    found = read(cells)
    said = [tuple(" ".join(text.split()) for text in line) for line in lines]
    assert [(r.active_ingredient, r.trade_name, r.target) for r in found.rows] == said
    assert [r.number for r in found.rows] == list(range(2, len(lines) + 2))
    assert found.unreadable == ()


@settings(max_examples=60)
@given(ROWS_OF_A_LIST, ROWS_OF_A_LIST)
def test_a_difference_leads_from_one_list_to_the_other(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    old, new = (
        [row(n, active_ingredient=a, trade_name=t, target=p) for n, (a, t, p) in enumerate(lines)]
        for lines in (before, after)
    )
    found = compare(old, new)
    gone = {*found.removed, *(r for change in found.changed for r in change.before)}
    come = [*found.added, *(r for change in found.changed for r in change.after)]
    kept = [r for r in old if r not in gone]
    assert sorted(r.said for r in (*kept, *come)) == sorted(
        r.said if r in come else next(k.said for k in kept if k.key == r.key and k.target == r.target)
        for r in new
    )
    assert compare(new, new).unchanged == len({r.key for r in new})


def test_titles_headings_and_merged_cells_are_no_lines() -> None:
    cells: list[list[object]] = [
        ["BỘ NÔNG NGHIỆP", None, None, None, None],
        ["", "Danh mục hoạt chất được phép", "", "", ""],
        list(HEADER),
        ["I.", "I. Thuốc trừ sâu", "", "", ""],
        [1, "Abamectin", "A 1EC", "rệp/dưa", "Công ty A"],
        [None, None, "B 2EC", "nhện/vải", "Công ty B"],
        [2, None, None, "bọ trĩ", None],
        [3, "…", "!", "", ""],
        [],
    ]
    found = read(cells)
    assert [(r.active_ingredient, r.trade_name) for r in found.rows] == [
        ("Abamectin", "A 1EC"),
        ("Abamectin", "B 2EC"),
    ]
    assert [one.number for one in found.unreadable] == [7, 8]


@pytest.mark.parametrize(
    ("trade_name", "ingredient", "banned"),
    [
        ("Aldrex 40EC", None, True),
        ("ALDREX", None, True),
        ("Aldrex Plus", None, False),
        ("Thuốc lạ", "paraquat dichloride 200 g/L", True),
        ("Thuốc lạ", "2,4-D 720 g/L", True),
        ("Thuốc lạ", "4-D 720 g/L", False),
        ("Thuốc lạ", "metalaxyl-M 40 g/kg + Carbofuran 3%", True),
        ("Anvil 5SC", "hexaconazole 50 g/L", False),
    ],
)
def test_a_banned_name_is_found_with_its_strength_and_among_others(
    trade_name: str, ingredient: str | None, banned: bool
) -> None:
    rows = [row(active_ingredient=name) for name in ("Aldrin (Aldrex, Aldrite…)", "Paraquat", "2,4-D")]
    rows.append(row(active_ingredient="Carbofuran (Furadan)"))
    assert (banned_name(trade_name, ingredient, rows) is not None) is banned


def test_a_crop_is_registered_only_where_the_list_names_it() -> None:
    assert registered_for("Dưa lưới", [row(target="bọ trĩ/ dưa lưới, rệp/ cam")]) is True
    assert registered_for("Vải", [row(target="rệp/cam"), row(crop="vải, nhãn")]) is True
    assert registered_for("Ổi", [row(target="rệp/cam")]) is False
    assert registered_for("Ổi", [row(target="")]) is None


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", bytes(100 * 2**20))
    return packed.getvalue()


def laughs() -> bytes:
    """A workbook whose sheet would grow without end as it is read."""
    sane, made = io.BytesIO(spreadsheet(LISTED)), io.BytesIO()
    entities = '<!DOCTYPE x [<!ENTITY a "' + "ha" * 1000 + '">'
    entities += "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20 if n else "&a;" * 20}">' for n in range(8))
    with zipfile.ZipFile(sane) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = (entities + "]><worksheet>&a7;</worksheet>").encode()
            new.writestr(name, content)
    return made.getvalue()


def far_down() -> bytes:
    book = Workbook()
    book.active["A1"] = "Hoạt chất"  # type: ignore[index]
    book.active["B1"] = "Tên thương phẩm"  # type: ignore[index]
    book.active["A1048576"] = "x"  # type: ignore[index]
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


HOSTILE = {
    "nothing": b"",
    "a bomb": bomb(),
    "laughs": laughs(),
    "far down": far_down(),
    "half a workbook": spreadsheet(LISTED)[:900],
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(300),
    "no header": b"a;b\n1;2\n",
    "letters of another time": "Hoạt chất;x".encode("utf-16-le"),
    "too many rows": b"Hoat chat;Ten thuong pham\n" + b"a;b\n" * (ROWS + 1),
    "a header alone": "Hoạt chất,Tên thương phẩm\n".encode(),
    "11 MB": b"a" * (11 * 2**20),
    "an endless quote": b'Hoat chat,"' + b"a" * 200_000,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_list_is_refused_with_a_reason(content: bytes) -> None:
    with pytest.raises(Malformed) as refused:
        read_file(content, field="file")
    assert [(fault.field, bool(fault.message)) for fault in refused.value.faults] == [("file", True)]


def test_a_formula_is_never_worked_out() -> None:
    lines = [["Hoạt chất", "Tên thương phẩm"], ["=1+1", "=cmd|' /C calc'!A0"], ["abamectin", "A 1EC"]]
    found = read_file(spreadsheet(lines), field="file")
    assert [(r.active_ingredient, r.trade_name) for r in found.rows] == [("abamectin", "A 1EC")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_csv_file_is_read_however_it_was_saved(encoding: str, between: str) -> None:
    text = "\r\n".join(between.join(line) for line in LISTED)
    assert len(read_file(text.encode(encoding), field="file").rows) == len(LISTED) - 1


def test_a_list_is_looked_at_before_anything_is_stored(manager: Door, db: Session) -> None:
    look = preview(manager, LISTED)
    assert (look["line_count"], len(look["added"]), look["replaces_id"]) == (3, 3, None)
    assert db.exec(select(func.count()).select_from(PesticideList)).one() == 0
    first = listed(manager, LISTED)
    newer = [*LISTED[:2], [*LISTED[2][:2], "rệp/ vải", ""], ["mới", "Mới 1EC", "", ""], ["", "", "gì", ""]]
    look = preview(manager, newer)
    assert look["replaces_id"] == first["id"]
    assert [line["trade_name"] for line in look["added"]] == ["Mới 1EC"]
    assert [line["trade_name"] for line in look["removed"]] == [LISTED[3][1]]
    assert [one["after"][0]["target"] for one in look["changed"]] == ["rệp/ vải"]
    assert (look["unchanged"], look["unreadable"]) == (
        1,
        [{"number": 5, "reason": "Không có hoạt chất, cũng không có tên thương phẩm."}],
    )


def test_an_older_circular_stays_readable(manager: Door, db: Session) -> None:
    first = listed(manager, LISTED, circular="25/2024/TT-BNNPTNT", in_force_on="2025-02-01")
    listed(manager, LISTED[:2])
    assert [one["circular"] for one in manager.ask("/pesticide-lists")] == [
        "75/2025/TT-BNNMT",
        "25/2024/TT-BNNPTNT",
    ]
    assert len(manager.ask(f"/pesticide-lists/{first['id']}/lines")["items"]) == 3
    assert len(manager.ask(f"/pesticide-lists/{first['id']}/lines", q="anvil")["items"]) == 1
    assert db.exec(select(func.count()).select_from(PesticideListLine)).one() == 4


def test_a_list_imported_in_the_meantime_is_noticed(manager: Door) -> None:
    look = preview(manager, LISTED)
    listed(manager, LISTED)
    said = {"standing": "allowed", "circular": "A", "in_force_on": "2026-02-10"}
    late = manager.say("/pesticide-lists", **said, file_sha256=look["file_sha256"])
    assert late.json()["type"] == "/problems/conflict"
    unknown = manager.say("/pesticide-lists", **{**said, "standing": "banned"}, file_sha256="0" * 64)
    assert list(errors(unknown)) == ["file_sha256"]


def test_a_banned_input_is_refused_with_the_reason(manager: Door) -> None:
    listed(manager, BANNED, standing="banned")
    said = {"kind": "pesticide", "unit": "ml"}
    by_name = manager.say("/inputs", **said, trade_name="Aldrex 40EC")
    assert (by_name.status_code, list(errors(by_name))) == (409, ["trade_name"])
    assert "75/2025/TT-BNNMT" in errors(by_name)["trade_name"]
    assert "10/02/2026" in errors(by_name)["trade_name"]
    made = input_(manager)
    changed = {**said, "trade_name": "Anvil 5SC", "active_ingredient": "Paraquat 200 g/L"}
    assert manager.say("/inputs/change", input_id=made["id"], **changed).status_code == 409
    assert manager.say("/inputs", kind="fertiliser", unit="kg", trade_name="Aldrex").is_success


def test_a_list_that_is_not_in_force_yet_bans_nothing(manager: Door) -> None:
    listed(manager, BANNED, standing="banned", in_force_on="2026-12-01")
    assert input_(manager, trade_name="Aldrex 40EC")


def test_an_inputs_page_says_what_the_list_says(manager: Door) -> None:
    made = input_(manager)["id"]
    assert "Chưa nhập danh mục" in manager.get(f"/app/inputs/{made}").text
    listed(manager, LISTED)
    shown = manager.get(f"/app/inputs/{made}").text
    assert "Được phép sử dụng" in shown
    assert "75/2025/TT-BNNMT" in shown
    other = input_(manager, trade_name="Thuốc lạ 9EC")["id"]
    assert "Không có trong danh mục" in manager.get(f"/app/inputs/{other}").text
    assert "Không có trong danh mục" in manager.get("/app/inputs").text
    listings = {one["trade_name"]: one["listing"]["verdict"] for one in manager.ask("/inputs")["items"]}
    assert listings == {"Thuốc lạ 9EC": "not_listed", "Anvil 5SC": "allowed"}


def form(**given: str) -> dict[str, str]:
    return {"standing": "allowed", "circular": "75/2025/TT-BNNMT", "in_force_on": "10/02/2026", **given}


def test_a_manager_imports_a_list_on_pages(make: Factory, manager: Door) -> None:
    assert "Chưa nhập danh mục nào" in manager.get("/app/pesticide-lists").text
    sent: dict[str, Any] = {"files": {"file": ("danh muc.xlsx", spreadsheet(LISTED))}}
    look = manager.post("/app/pesticide-lists/import", data=form(), **sent)
    assert "Anvil® 5SC" in look.text
    hidden = {name: value for name, value in _hidden(look.text).items() if name in _FIELDS}
    done = manager.post("/app/pesticide-lists/import", data=hidden)
    listed_ = manager.ask("/pesticide-lists")
    assert done.headers["location"] == f"/app/pesticide-lists/{listed_[0]['id']}"
    assert manager.post("/app/pesticide-lists/import", data=hidden).status_code == 303
    assert len(manager.ask("/pesticide-lists")) == 1
    assert "Anvil® 5SC" in manager.get(f"/app/pesticide-lists/{listed_[0]['id']}?q=anvil").text
    wrong = manager.post("/app/pesticide-lists/import", data=form(), files={"file": ("a.csv", b"a;b")})
    assert (wrong.status_code, 'id="file-error"' in wrong.text) == (422, True)
    lost = manager.post("/app/pesticide-lists/import", data=form(circular=""), **sent)
    assert (lost.status_code, "Chọn lại tệp" in lost.text) == (422, True)
    member = make.member(manager)
    assert member.get("/app/pesticide-lists/import").status_code == 403
    assert member.post("/app/pesticide-lists/import", data=form(), **sent).status_code == 403


_FIELDS = {"id", "standing", "circular", "in_force_on", "file_sha256", "replaces_id"}


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
