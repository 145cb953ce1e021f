"""What stands on the demo cooperative's shelf. Labels, intervals, lots and lists are illustrations: check the label."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

MARK: Final = "Minh họa – kiểm tra nhãn"


@dataclass(frozen=True)
class Pack:
    """So many packs of one lot."""

    bought_on: date
    packs: int
    content: str
    lot: str
    expires_on: date


@dataclass(frozen=True)
class OnShelf:
    """An input as its label describes it, and when it was bought."""

    said: dict[str, Any]
    packs: tuple[Pack, ...] = ()

    @property
    def name(self) -> str:
        return str(self.said["trade_name"])


def _pesticide(
    name: str, ingredient: str, phi: int | None, *packs: Pack, unit: str = "ml", **said: Any
) -> OnShelf:
    intervals = [{"crop": "Dưa lưới", "phi_days": phi}] if phi is not None else []
    label = {"active_ingredient": ingredient, "formulation": name[-2:], "maker": MARK, "intervals": intervals}
    return OnShelf({"kind": "pesticide", "trade_name": name, "unit": unit, **label, **said}, packs)


def _pack(day: str, packs: int, content: str, lot: str, until: int = 2028) -> Pack:
    number, month = day.split("/")
    return Pack(date(2026, int(month), int(number)), packs, content, lot, date(until, 6, 30))


SHELF: Final = (
    OnShelf(
        {"kind": "seed", "trade_name": "TL3", "unit": "seed", "maker": MARK},
        (_pack("03/08", 9, "1000", "H-2607-114", 2027), _pack("14/08", 8, "1000", "H-2608-021", 2027)),
    ),
    OnShelf(
        {"kind": "fertiliser", "trade_name": "KNO3", "unit": "kg", "composition": "13-0-46", "maker": MARK},
        (_pack("20/08", 1, "25", "K-2606", 2029),),
    ),
    OnShelf(
        {
            "kind": "fertiliser",
            "trade_name": "NPK 20-20-20",
            "unit": "kg",
            "composition": "20-20-20",
            "maker": MARK,
        },
        (_pack("20/08", 1, "10", "N-2605", 2029),),
    ),
    OnShelf({"kind": "fertiliser", "trade_name": "Trichoderma", "unit": "kg", "maker": MARK}),
    _pesticide("Radiant 60SC", "spinetoram 60 g/L", 3, _pack("01/09", 2, "15", "R-0326"), kills_insects=True),
    _pesticide(
        "Anvil 5SC", "hexaconazole 50 g/L", 14, _pack("10/10", 1, "100", "A-0426"), kills_insects=False
    ),
    # One bottle too few is written down: so the demo shows a gap.
    _pesticide(
        "Confidor 100SL", "imidacloprid 100 g/L", 7, _pack("10/10", 2, "20", "C-0126"), kills_insects=True
    ),
    _pesticide(
        "Prevathon 5SC",
        "chlorantraniliprole 50 g/L",
        3,
        _pack("01/10", 1, "50", "P-0226"),
        kills_insects=True,
    ),
    _pesticide(
        "Ridomil Gold 68WG",
        "metalaxyl-M 40 g/kg + mancozeb 640 g/kg",
        14,
        _pack("02/11", 2, "100", "G-0526"),
        unit="g",
        kills_insects=False,
    ),
    _pesticide("Proclaim 1.9EC", "emamectin benzoate 19 g/L", 7, kills_insects=True),
    # What its label says for melons was never copied: not declared.
    _pesticide("Benevia 100OD", "cyantraniliprole 100 g/L", None),
    _pesticide("COC 85WP", "copper oxychloride 85 %", 7, unit="g"),
    _pesticide("Champion 77WP", "copper hydroxide 77 %", 7, unit="g"),
)
CIRCULAR: Final = "MINH HỌA, không phải danh mục chính thức"
ALLOWED: Final = """DANH MỤC MINH HỌA – KHÔNG PHẢI DANH MỤC CHÍNH THỨC
Hoạt chất;Tên thương phẩm;Đối tượng phòng trừ;Tổ chức đăng ký
Spinetoram;Radiant 60SC;bọ trĩ/ dưa lưới;minh họa
Hexaconazole;Anvil 5SC;phấn trắng/ dưa lưới;minh họa
Imidacloprid;Confidor 100SL;bọ phấn/ cà chua;minh họa
Chlorantraniliprole;Prevathon 5SC;sâu xanh/ dưa lưới;minh họa
Metalaxyl-M + Mancozeb;Ridomil Gold 68WG;sương mai/ dưa lưới;minh họa
"""
BANNED: Final = """DANH MỤC MINH HỌA – KHÔNG PHẢI DANH MỤC CHÍNH THỨC
Hoạt chất;Tên thương phẩm
Chất cấm minh họa;Thuốc cấm minh họa
"""
