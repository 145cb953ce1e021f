"""What happened at the demo cooperative. Everybody in it is made up, and so are its pesticide intervals."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from trace.kit.clock import VIETNAM

PASSWORD: Final = "dua luoi minh hoa"  # noqa: S105 - printed for everybody; the demo is not loaded behind TLS
MANAGER: Final = ("Nguyễn Văn An", "0900 000 001")
RECORDER: Final = ("Phạm Thị Bình", "0900 000 002")
# Of the other cooperative, to which the first one sells.
RECEIVER: Final = ("Lê Thị Phương", "0900 000 003")
HOUSEHOLDS: Final = (
    ("TV-01", "Nguyễn Văn An"),
    ("TV-02", "Phạm Thị Bình"),
    ("TV-03", "Vũ Đình Cường"),
    ("TV-04", "Hoàng Thị Dung"),
    ("TV-05", "Trần Văn Êm"),
)
# Who agreed to what, spoken in front of the recorder, and whether it was taken back later.
CONSENTS: Final = (
    ("TV-01", "name", None),
    ("TV-01", "photo", None),
    ("TV-02", "name", "12/11"),
)
PORTRAITS: Final = {"TV-01": "grower"}
PLOTS: Final = (
    ("NM-A1", "1000", "TV-01"),
    ("NM-A2", "1200", "TV-02"),
    ("NM-B1", "2000", "TV-03"),
    ("NM-B2.1", "1750", "TV-04"),
    ("NM-B2.2", "1750", "TV-04"),
    ("NM-C1", "800", "TV-05"),
    ("NM-D1", "1500", "TV-05"),
)
PRODUCTS: Final[tuple[dict[str, Any], ...]] = (
    {
        "name": "Dưa lưới ruột cam",
        "crop": "Dưa lưới",
        "variety": "TL3",
        "gtin": "9521234560012",
        "net_content": "hộp 1 quả, 1,5–2,0 kg",
        "storage": "Nơi khô mát 10–15 °C; đã cắt thì bọc kín, để ngăn mát, dùng trong 3 ngày",
        "shelf_life_days": 21,
        "lot_prefix": "TMD-DL",
        "picture": "melon",
    },
    {
        "name": "Dưa lưới ruột xanh",
        "crop": "Dưa lưới",
        "variety": "Taki",
        "gtin": "9521234560029",
        "lot_prefix": "TMD-DX",
    },
    {
        "name": "Dưa lê Hàn Quốc",
        "crop": "Dưa lê",
        "gtin": "9521234560036",
        "net_content": "túi 1 kg",
        "lot_prefix": "TMD-DH",
    },
    {
        "name": "Dưa chuột baby",
        "crop": "Dưa chuột",
        "gtin": "9521234560043",
        "net_content": "khay 500 g",
        "lot_prefix": "TMD-DC",
    },
)


def at(day: str, clock: str = "07:00") -> datetime:
    """A moment of 2026 in Vietnam: at("08/11", "06:30")."""
    number, month = day.split("/")
    hour, minute = clock.split(":")
    return datetime(2026, int(month), int(number), int(hour), int(minute), tzinfo=VIETNAM)


@dataclass(frozen=True)
class Deed:
    """One thing that was done, and how long after it was written down."""

    kind: str
    when: datetime
    said: dict[str, Any]
    written_after: timedelta = timedelta(minutes=25)
    picture: str = ""
    overridden_because: str = ""  # the recorder is refused, and a manager writes it with this reason
    seen: bool = False  # a second person looked, and confirmed it the same day


@dataclass(frozen=True)
class Lot:
    """The part of a harvest that was packed under one lot code."""

    code: str
    kg: str
    pieces: int | None
    packed: date | None
    made: datetime


@dataclass(frozen=True)
class Story:
    """One batch of the demo from seed to page."""

    letter: str
    plot: str
    lot: Lot
    deeds: tuple[Deed, ...]
    sown: date | None = None

    @property
    def opened(self) -> datetime:
        return min(done.when for done in self.deeds) - timedelta(minutes=30)


def deed(kind: str, day: str, clock: str = "07:00", *, picture: str = "", **said: Any) -> Deed:
    return Deed(kind, at(day, clock), said, picture=picture)


def seen(done: Deed) -> Deed:
    """A deed at which the manager stood by."""
    return replace(done, seen=True)


def late(written: datetime, kind: str, day: str, clock: str, **said: Any) -> Deed:
    """Something nobody wrote down until `written`."""
    return Deed(kind, at(day, clock), said, written_after=written - at(day, clock))


def spray(
    day: str, trade_name: str, ingredient: str, target: str, amount: str, phi: int, clock: str = "16:30"
) -> Deed:
    return deed(
        "spraying",
        day,
        clock,
        trade_name=trade_name,
        active_ingredient=ingredient,
        target=target,
        amount=Decimal(amount),
        unit="g" if trade_name.endswith(("WG", "WP")) else "ml",
        tanks=Decimal(3),
        tank_litres=Decimal(20),
        equipment="Bình điện đeo vai",
        weather="cloudy",
        protection="full",
        packaging="collected",
        phi_days=phi,
        note="Minh họa – kiểm tra nhãn thuốc.",
    )


def drip(day: str, fertiliser: str, kg: str, ec: str) -> Deed:
    return deed(
        "fertilising", day, "06:15", fertiliser=fertiliser, amount=Decimal(kg), unit="kg", method="drip",
        ec=Decimal(ec), ph=Decimal("6.2"),
    )  # fmt: skip


def harvest(day: str, clock: str, kg: str, pieces: int | None, brix: str | None, **more: Any) -> Deed:
    return deed(
        "harvest",
        day,
        clock,
        quantity=Decimal(kg),
        unit="kg",
        pieces=pieces,
        brix=Decimal(brix) if brix else None,
        **more,
    )


def raising(
    sown: str, planted: str, trays: str, plants: int, bees: str, selected: str, topped: str
) -> tuple[Deed, ...]:
    """The steps that every careful crop has."""
    return (
        deed(
            "sowing",
            sown,
            seed_count=plants + 100,
            seed_lot=trays,
            seed_source="TL3, gói 1.000 hạt",
            variety="TL3",
            treatment="Ngâm nước ấm 4 giờ, ủ ẩm 24 giờ",
            tray="Khay 84 lỗ",
            substrate="Xơ dừa",
            germination=Decimal(96),
            picture="seedlings",
        ),
        deed(
            "planting",
            planted,
            "16:00",
            plant_count=plants,
            substrate="Xơ dừa và trấu hun, túi 40×40",
            spacing="40 × 120 cm",
        ),
        deed("pollination", bees, "05:45", method="bees", bees="released", colonies=2, picture="bee"),
        Deed(
            "pollination",
            at(bees, "17:30") + timedelta(days=11),
            {"method": "bees", "bees": "removed", "colonies": 2},
        ),
        deed("pruning", selected, "08:20", work="fruit_selection"),
        deed("pruning", topped, "08:00", work="topping"),
    )


_EVENING: Final = at("20/10", "20:40")

STORIES: Final = (
    Story(
        "A",
        "NM-A1",
        Lot("TMD-DL-261108-01", "1980", 1140, date(2026, 11, 9), at("09/11", "10:30")),
        (
            *raising("16/08", "28/08", "H-2607-114", 2000, "15/09", "29/09", "02/10"),
            deed("pruning", "05/09", "08:10", work="training"),
            seen(spray("07/09", "Radiant 60SC", "spinetoram 60 g/L", "Bọ trĩ", "30", 3)),
            deed(
                "irrigation",
                "18/09",
                "06:00",
                method="drip",
                water_source="Giếng khoan có lọc",
                litres=Decimal(2400),
            ),
            deed("pollination", "20/09", "06:30", method="bees", note="Thụ phấn từ 20/09 đến 26/09."),
            deed("inspection", "26/09", "09:00", subject="Thụ phấn", finding="Đậu quả đều, thụ phấn xong."),
            deed("traps", "30/08", "08:00", trap="sticky", count=40, what="Bẫy dính vàng", target="Bọ trĩ"),
            seen(spray("14/10", "Anvil 5SC", "hexaconazole 50 g/L", "Phấn trắng", "60", 14)),
            drip("25/10", "KNO3", "2.5", "2.4"),
            deed("other", "01/11", "06:30", what="Ngừng bón đạm"),
            seen(
                harvest(
                    "08/11",
                    "06:30",
                    "2640",
                    1520,
                    "13.6",
                    # Ten fruits were measured; three of the readings are noted one by one.
                    brix_readings=(Decimal("13.2"), Decimal("13.8"), Decimal("14.1")),
                    brix_count=10,
                    tools="Kéo cắt cuống, sọt nhựa lót xốp",
                )
            ),
            deed(
                "handling",
                "08/11",
                "15:30",
                work="sorting",
                quantity_in=Decimal(2640),
                pieces_in=1520,
                grade1=Decimal(1980),
                grade1_pieces=1140,
                grade2=Decimal(530),
                grade2_pieces=305,
                loss=Decimal(130),
                loss_pieces=75,
            ),
            deed(
                "handling",
                "09/11",
                "10:40",
                work="packing",
                quantity_in=Decimal(1980),
                pieces_in=1140,
                lot_out="TMD-DL-261108-01",
                material="Hộp giấy 1 quả, lưới xốp",
                temperature=Decimal(15),
            ),
            deed(
                "sale",
                "09/11",
                "20:00",
                quantity=Decimal(1980),
                unit="kg",
                pieces=1140,
                lot_code="TMD-DL-261108-01",
                buyer="Siêu thị và đại lý (minh họa)",
                price=Decimal(52000),
                vehicle="Xe tải lạnh (minh họa)",
            ),
        ),
        date(2026, 8, 16),
    ),
    Story(
        "B",
        "NM-A2",
        Lot("TMD-DL-261101-02", "1500", 870, date(2026, 11, 1), at("01/11", "16:00")),
        (
            *raising("09/08", "21/08", "H-2607-114", 2400, "08/09", "22/09", "25/09"),
            late(_EVENING, "irrigation", "29/09", "06:00", method="drip", water_source="Giếng khoan có lọc"),
            late(
                _EVENING,
                "fertilising",
                "29/09",
                "06:30",
                fertiliser="NPK 20-20-20",
                amount=Decimal("3"),
                unit="kg",
                method="drip",
            ),
            late(_EVENING, "pruning", "29/09", "08:00", work="side_shoots"),
            late(_EVENING, "inspection", "29/09", "09:00", subject="Sâu bệnh", finding="Chưa thấy bọ trĩ."),
            late(_EVENING, "irrigation", "29/09", "16:00", method="drip", water_source="Giếng khoan có lọc"),
            late(_EVENING, "other", "29/09", "17:00", what="Vệ sinh lối đi nhà màng"),
            harvest("01/11", "06:40", "3100", 1800, "13.1"),
        ),
        date(2026, 8, 9),
    ),
    Story(
        "C",
        "NM-B1",
        Lot("TMD-DL-261110-03", "4100", 2360, date(2026, 11, 11), at("11/11", "09:00")),
        (
            *raising("18/08", "30/08", "H-2608-021", 4000, "17/09", "01/10", "04/10"),
            spray(
                "04/11",
                "Ridomil Gold 68WG",
                "metalaxyl-M 40 g/kg + mancozeb 640 g/kg",
                "Chảy nhựa thân",
                "180",
                14,
            ),
            replace(
                harvest("10/11", "06:30", "5200", 3000, "13.2"),
                overridden_because="Bão sắp vào, quả đã chín, để thêm sẽ nứt hỏng cả nhà màng (minh họa).",
            ),
        ),
        date(2026, 8, 18),
    ),
    Story(
        "D",
        "NM-B2.1",
        Lot("TMD-DL-261112-04", "3600", 2080, date(2026, 11, 13), at("13/11", "09:00")),
        (
            *raising("20/08", "01/09", "H-2608-021", 3500, "19/09", "03/10", "06/10"),
            spray("16/10", "Confidor 100SL", "imidacloprid 100 g/L", "Bọ phấn trắng", "50", 7),
            harvest("12/11", "06:20", "4500", 2600, "13.4"),
        ),
        date(2026, 8, 20),
    ),
    Story(
        "E",
        "NM-B2.2",
        Lot("TMD-DL-261106-05", "3500", 2020, date(2026, 11, 7), at("07/11", "09:00")),
        (
            *raising("13/08", "25/08", "H-2607-114", 3500, "12/09", "26/09", "29/09"),
            spray("05/10", "Prevathon 5SC", "chlorantraniliprole 50 g/L", "Sâu xanh", "40", 3),
            harvest("06/11", "06:30", "4400", 2550, "13.7"),
        ),
        date(2026, 8, 13),
    ),
    Story(
        "F",
        "NM-C1",
        Lot("TMD-DL-261114-06", "1900", None, None, at("14/11", "17:30")),
        (harvest("14/11", "07:00", "1900", None, None),),
    ),
)


@dataclass(frozen=True)
class Rest:
    """What was left of the harvest of another story, sorted into one batch; the remainder was lost."""

    letter: str
    kg: Decimal
    pieces: int
    lost: Decimal | None = None
    lost_pieces: int | None = None


@dataclass(frozen=True)
class Graded:
    """Fruit of three greenhouses graded together; a part of it is split off, packed and packed again."""

    letter: str
    lot_code: str
    rests: tuple[Rest, ...]
    graded: tuple[tuple[str, Decimal, int], ...]
    lost: tuple[Decimal, int]
    split: tuple[Decimal, int]
    repacked: tuple[Decimal, int]
    sorted_at: datetime
    graded_at: datetime
    packed_at: datetime
    repacked_at: datetime


GRADED: Final = Graded(
    "G",
    "TMD-DL-261110-07",
    (
        Rest("A", Decimal(530), 305, Decimal(130), 75),
        Rest("E", Decimal(870), 510, Decimal(30), 20),
        Rest("B", Decimal(600), 350),
    ),
    (("Loại 1", Decimal(1240), 720), ("Loại 2", Decimal(700), 411)),
    (Decimal(60), 34),
    (Decimal(480), 280),
    (Decimal(240), 140),
    at("09/11", "13:00"),
    at("09/11", "15:30"),
    at("10/11", "08:00"),
    at("11/11", "09:00"),
)
