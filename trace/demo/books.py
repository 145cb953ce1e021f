"""What the demo cooperative wrote down beside its crops. Everybody and everything in it is made up."""

from decimal import Decimal
from typing import Final

from trace.demo.story import Deed, deed

BOOKS: Final[tuple[Deed, ...]] = (
    deed(
        "training",
        "05/08",
        "08:00",
        topic="Sử dụng thuốc an toàn, thời gian cách ly",
        trainer="Cán bộ khuyến nông (minh họa)",
        people="Nguyễn Văn An\nPhạm Thị Bình\nVũ Đình Cường\nHoàng Thị Dung\nTrần Văn Êm",
        headcount=5,
    ),
    deed(
        "health",
        "06/08",
        "09:00",
        person="Phạm Thị Bình",
        birth_year=1979,
        result="fit",
        clinic="Trạm y tế xã (minh họa)",
        valid_until="2027-08-06",
    ),
    deed("hygiene", "12/08", "16:00", cleaned="greenhouse", means="Dọn tàn dư vụ trước, rắc vôi bột"),
    deed("hygiene", "14/10", "18:00", cleaned="tools", means="Súc bình phun ba lần, phơi khô"),
    deed(
        "waste",
        "16/10",
        "09:00",
        waste="pesticide_packaging",
        weight=Decimal("1.2"),
        pieces=14,
        handed_to="Tổ thu gom của xã (minh họa)",
    ),
    deed(
        "audit",
        "20/10",
        "14:00",
        subject="Kho thuốc bảo vệ thực vật",
        finding="Thiếu biển cảnh báo ở cửa kho.",
        remedy="Đã treo biển, khóa cửa kho.",
        due_on="2026-10-27",
        signed_by="Nguyễn Văn An",
    ),
    deed("hygiene", "07/11", "17:00", cleaned="packing_house", means="Rửa sàn, lau bàn phân loại"),
    deed(
        "complaint",
        "12/11",
        "10:00",
        lot_code="TMD-DL-261108-01",
        complaint="Một quả bị dập khi giao.",
        complainant="Khách mua lẻ (minh họa)",
        answer="Đổi quả khác trong ngày, nhắc nhà xe xếp một lớp.",
    ),
)
