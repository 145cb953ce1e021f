"""A stranger reads where a batch comes from."""

import re

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.lookup.making import (
    cycle,
    full,
    harvest,
    photo,
    product,
    published,
    record,
    see,
    words,
    zipped_size,
)
from tests.people import Clock, Door, Factory
from tests.statements import counted
from trace.accounts.models import Cooperative


def test_the_page_is_complete_without_script(manager: Door, stranger: Door) -> None:
    page = see(stranger, full(manager))
    assert page.status_code == 200
    assert "<script" not in page.text
    text = words(page)
    for told in (
        "Mã hợp lệ",
        "Dưa lưới ruột cam",
        "10/11/2026",
        "24/11/2026 (còn 14 ngày)",
        "60 kg · 35 quả",
        "TMD-DL-261110-01",
        "9521234560012",
        "Việt Nam",
        "xã Trường Tân, TP Hải Phòng",
        "trước 1/7/2025: xã Phạm Trấn",
        "VN-HDOR-9001",
        "Nhà màng NM-A1 · Hộ TV-07",
        "Gieo 16/08/2026 · Trồng 28/08/2026",
        "Thu hoạch Tự khai",
        "Tự khai, trừ chỗ có dấu khác",
        "giấy chứng nhận; kết quả kiểm nghiệm",
        "Báo thông tin sai",
    ):
        assert told in text, told


def test_english_says_the_same_and_marks_what_stays_vietnamese(manager: Door, stranger: Door) -> None:
    page = see(stranger, full(manager), "en")
    assert '<html lang="en">' in page.text
    assert '<span lang="vi">Dưa lưới ruột cam</span>' in page.text
    text = words(page)
    for told in ("Valid code", "24 Nov 2026 (14 days left)", "60 kg · 35 pieces", "Vietnam", "Self-declared"):
        assert told in text, told
    for vietnamese in ("Thu hoạch", "Tự khai", "chưa khai báo"):
        assert vietnamese not in text


def test_each_language_names_the_other(manager: Door, stranger: Door) -> None:
    made = full(manager)
    here, there = f"/b/{made['code']}", f"/en/b/{made['code']}"
    for language, path, other in (("vi", here, there), ("en", there, here)):
        page = see(stranger, made, language).text
        assert f'<link rel="canonical" href="http://testserver{path}">' in page
        assert f'hreflang="vi" href="http://testserver{here}"' in page
        assert f'hreflang="en" href="http://testserver{there}"' in page
        assert f'class="band__language" href="{other}"' in page


def test_the_code_is_read_in_any_case_and_with_its_hyphen(manager: Door, stranger: Door) -> None:
    code = full(manager)["code"]
    spellings = (f"/B/{code}", f"/b/{code.lower()}", f"/b/{code[:4]}-{code[4:]}", f"/EN/B/{code}")
    answers = [stranger.get(path) for path in spellings]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.headers["etag"] for answer in answers[:3]}) == 1
    assert '<html lang="en">' in answers[3].text


def test_what_is_missing_is_said(manager: Door, stranger: Door) -> None:
    text = words(see(stranger, published(manager)))
    assert text.count("chưa khai báo") > 5
    assert "ảnh sản phẩm; thương hiệu; hạn sử dụng; ngày đóng gói" in text
    assert "phun thuốc (không có mục nào không có nghĩa là không phun)" in text


def test_a_late_entry_says_how_late(manager: Door, stranger: Door) -> None:
    made = full(manager)
    record(manager, "pruning", cycle_id=made["cycle_id"], happened_at="2026-10-20T06:30:00+07:00")
    text = words(see(stranger, made))
    assert "Ghi muộn 21 ngày" in text
    assert "ghi 08:30, 10/11/2026 · nhận 08:30, 10/11/2026" in text
    assert "Written 21 days late" in words(see(stranger, made, "en"))


def test_a_correction_shows_at_once_beside_what_it_corrects(manager: Door, stranger: Door) -> None:
    made = full(manager)
    spray = record(manager, "spraying", cycle_id=made["cycle_id"], phi_days=0, trade_name="Anvil 5SC")
    before = see(stranger, made)
    again = see(stranger, made, **{"if-none-match": before.headers["etag"]})
    assert again.status_code == 304
    told = {"corrects_id": spray["id"], "correction_reason": "Nhầm tên thuốc"}
    record(manager, "spraying", cycle_id=made["cycle_id"], phi_days=0, trade_name="Radiant 60SC", **told)
    after = see(stranger, made, **{"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    text = words(after)
    for told_ in ("Anvil 5SC", "Radiant 60SC", "Đã đính chính", "Lý do: Nhầm tên thuốc"):
        assert told_ in text
    assert after.text.count("entry--struck") == before.text.count("entry--struck") + 1


def test_what_was_taken_back_stays_and_says_so(manager: Door, stranger: Door) -> None:
    made = full(manager)
    slip = record(manager, "other", cycle_id=made["cycle_id"], what="Vệ sinh nhà màng")
    manager.tell("/records", kind="retraction", corrects_id=slip["id"], correction_reason="Ghi nhầm nhà")
    text = words(see(stranger, made))
    assert "Vệ sinh nhà màng" in text
    assert "Đã rút lại" in text
    assert "Lý do: Ghi nhầm nhà" in text


def test_a_batch_whose_harvest_was_taken_back_is_not_called_valid(manager: Door, stranger: Door) -> None:
    cut = harvest(manager)
    made = published(manager, harvest_id=cut["id"])
    manager.tell("/records", kind="retraction", corrects_id=cut["id"], correction_reason="Ghi nhầm")
    page = see(stranger, made)
    assert "Bản ghi thu hoạch đã bị rút lại" in words(page)
    assert 'class="band band--late"' in page.text
    assert stranger.get(f"/b/{made['code']}.json").json()["harvest_entry"] == "retracted"


def test_a_corrected_harvest_is_said_beside_the_label(manager: Door, stranger: Door) -> None:
    cut = harvest(manager)
    made = published(manager, harvest_id=cut["id"])
    told = {"corrects_id": cut["id"], "correction_reason": "Cân nhầm"}
    harvest(manager, cycle_id=cut["cycle_id"], quantity="110", **told)
    assert "đã được đính chính sau khi lập lô" in words(see(stranger, made))


def test_a_harvest_that_did_not_wait_for_the_pesticide_is_amber(manager: Door, stranger: Door) -> None:
    crop = cycle(manager)
    record(
        manager,
        "spraying",
        cycle_id=crop["id"],
        phi_days=14,
        happened_at="2026-11-04T06:30:00+07:00",
        sure=True,
    )
    cut = harvest(manager, cycle_id=crop["id"], early_reason="Bão sắp vào, quả đã chín.")
    made = published(manager, harvest_id=cut["id"])
    page = see(stranger, made)
    assert 'class="band band--late"' in page.text
    assert "trước ngày hết cách ly thuốc bảo vệ thực vật (18/11/2026)" in words(page)


def test_days_left_are_counted_by_the_calendar_of_vietnam(
    manager: Door, stranger: Door, clock: Clock
) -> None:
    made = published(manager, packed_on="2026-11-10", best_before="2026-11-12")
    clock.pass_(hours=15)  # 23:30 on 10 November
    assert "(còn 2 ngày)" in words(see(stranger, made))
    clock.pass_(hours=1)  # half past midnight; the day before in UTC
    assert "(còn 1 ngày)" in words(see(stranger, made))
    clock.pass_(hours=24)
    assert "(hôm nay là ngày cuối)" in words(see(stranger, made))
    clock.pass_(hours=24)
    page = see(stranger, made)
    assert "Đã quá hạn sử dụng" in words(page)
    assert 'class="band band--late"' in page.text


def test_every_text_is_shown_as_text(manager: Door, stranger: Door) -> None:
    evil = '<script>alert("x")</script>'
    made = full(manager, name=f"Dưa {evil}", brand=evil, storage=evil, net_content=evil, variety=evil)
    for kind, given in (
        ("inspection", {"subject": evil, "finding": evil}),
        ("other", {"what": evil}),
        ("fertilising", {"fertiliser": evil}),
        ("irrigation", {"water_source": evil}),
    ):
        record(manager, kind, cycle_id=made["cycle_id"], sure=True, **given)
    for language in ("vi", "en"):
        page = see(stranger, made, language).text
        assert "<script" not in page
        assert "&lt;script&gt;" in page


def test_a_made_up_cooperative_is_marked_and_cannot_be_called(
    manager: Door, stranger: Door, db: Session
) -> None:
    made = full(manager)
    assert 'href="tel:+84' in see(stranger, made).text
    _make_up(db)
    page = see(stranger, made)
    text = words(page)
    assert "Minh họa" in text
    assert "Mã số thuế MINH HỌA" in text
    assert "VN-HDOR-9001 (mã minh họa)" in text
    assert "tel:" not in page.text
    assert "zalo.me" not in page.text


def test_zalo_is_offered_only_for_a_mobile_number(make: Factory, stranger: Door) -> None:
    mobile = published(make.manager(hotline="0912 000 111"))
    fixed = published(make.manager(hotline="0220 3888 999"))
    assert 'href="https://zalo.me/0912000111"' in see(stranger, mobile).text
    assert "zalo.me" not in see(stranger, fixed).text


def test_thirty_entries_fit_the_first_round_trip(manager: Door, stranger: Door) -> None:
    made = full(manager)
    for day in range(1, 11):
        when = {"cycle_id": made["cycle_id"], "happened_at": f"2026-10-{day:02}T06:30:00+07:00", "sure": True}
        told = {"trade_name": f"Radiant {day}0SC", "active_ingredient": "Spinetoram", "water_litres": "32"}
        record(manager, "spraying", **when, **told, phi_days=3, equipment="Bình điện 16 lít")
        record(manager, "fertilising", **when, fertiliser=f"NPK {day}-10-10 Đầu Trâu", ec="2.2", ph="6.1")
        record(manager, "irrigation", **when, litres=str(1800 + day), minutes=20, water_source="Giếng khoan")
    for language in ("vi", "en"):
        page = see(stranger, made, language)
        assert page.text.count('<li class="entry') == 31
        assert zipped_size(page) <= 14 * 1024
        asked = re.findall(r'(?:src|<link rel="(?:icon|stylesheet)" href)="([^"]+)"', page.text)
        assert len(asked) == 2, asked  # the photograph and the icon of the tab
        assert all(address.startswith("/") for address in asked)
        assert 'fetchpriority="high"' in page.text


def test_the_number_of_statements_does_not_grow_with_the_diary(
    manager: Door, stranger: Door, engine: Engine
) -> None:
    made = full(manager)
    record(manager, "irrigation", cycle_id=made["cycle_id"])
    few = _statements(stranger, made, engine)
    for number in range(5, 13):
        record(
            manager, "irrigation", cycle_id=made["cycle_id"], photo_ids=[photo(manager, seed=number)["id"]]
        )
    assert _statements(stranger, made, engine) <= few + 1
    assert few <= 17


@pytest.mark.parametrize("path", ["", ".json"])
def test_asking_again_costs_nothing_when_nothing_changed(manager: Door, stranger: Door, path: str) -> None:
    address = f"/b/{full(manager)['code']}{path}"
    first = stranger.get(address)
    assert first.headers["cache-control"] == "no-cache"
    assert "accept-encoding" in first.headers["vary"].lower()
    assert first.headers["content-encoding"] == "gzip"
    tag = first.headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', tag.replace("-gzip", "")):
        again = stranger.get(address, headers={"if-none-match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    plain = stranger.get(address, headers={"accept-encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert plain.headers["etag"] != tag
    assert plain.text == first.text
    assert stranger.head(address).headers["etag"] == tag
    assert stranger.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_reading_sets_no_cookie(manager: Door, stranger: Door) -> None:
    assert "set-cookie" not in see(stranger, full(manager)).headers


def test_a_link_shared_in_a_chat_has_a_title_and_a_picture(manager: Door, stranger: Door) -> None:
    page = see(stranger, full(manager)).text
    assert 'property="og:title" content="Dưa lưới ruột cam · TMD-DL-261110-01"' in page
    assert re.search(r'property="og:image" content="http://testserver/b/\w+/photos/[\w-]+/large.webp"', page)


def test_a_product_without_a_picture_asks_for_none(manager: Door, stranger: Door) -> None:
    crop = cycle(manager, product_id=product(manager, name="Dưa lê")["id"])
    page = see(stranger, published(manager, harvest_id=harvest(manager, cycle_id=crop["id"])["id"])).text
    assert "<img" not in page
    assert "og:image" not in page


def _statements(stranger: Door, made: dict[str, str], engine: Engine) -> int:
    with counted(engine) as sent:
        assert see(stranger, made).status_code == 200
    return len(sent)


def _make_up(db: Session) -> None:
    """Only the demo's own command makes illustrations."""
    db.exec(select(Cooperative)).one().illustration = True
    db.flush()
