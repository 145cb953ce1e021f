"""What certifiers and laboratories said in the demo. None of them exists, and every paper says so."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from trace.demo import papers
from trace.demo.story import at

_CERTIFIER: Final = "Tổ chức chứng nhận minh họa"
_LABORATORY: Final = "Phòng thử nghiệm minh họa"
_NOWHERE: Final = "Minh họa: không tra cứu được ở đâu"


@dataclass(frozen=True)
class Certified:
    """A certificate, the plots it names, and when the manager wrote it down."""

    number: str
    plots: tuple[str, ...]
    valid_from: date
    valid_to: date
    stated: datetime

    @property
    def said(self) -> dict[str, Any]:
        return {
            "kind": "vietgap",
            "number": self.number,
            "issuer": _CERTIFIER,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "check_words": _NOWHERE,
            "file_public": True,
        }

    @property
    def paper(self) -> bytes:
        return papers.pdf(
            _CERTIFIER,
            "Giấy chứng nhận VietGAP",
            [
                ("Số", self.number),
                ("Cấp cho", "HTX Tân Minh Đức (minh họa)"),
                ("Sản phẩm", "Dưa lưới ruột cam"),
                ("Nơi trồng", ", ".join(self.plots)),
                ("Có hiệu lực từ", f"{self.valid_from:%d/%m/%Y}"),
                ("đến", f"{self.valid_to:%d/%m/%Y}"),
            ],
        )


@dataclass(frozen=True)
class Tested:
    """A report: of the crop of a batch, or of the ground of a plot."""

    sampled: date
    reported: date
    number: str
    norm: str
    parameters: tuple[tuple[str, str, str, str], ...]
    written: datetime
    letter: str = ""
    plot: str = ""
    sample: str = "produce"

    @property
    def said(self) -> dict[str, Any]:
        return {
            "sample": self.sample,
            "sampled_on": self.sampled,
            "reported_on": self.reported,
            "laboratory": _LABORATORY,
            "report_number": self.number,
            "norm": self.norm,
            "parameters": [
                {"parameter": name, "result": result, "unit": unit, "limit": Decimal(limit)}
                for name, result, unit, limit in self.parameters
            ],
            "file_public": True,
        }

    @property
    def paper(self) -> bytes:
        head = [("Số phiếu", self.number), ("Ngày lấy mẫu", f"{self.sampled:%d/%m/%Y}")]
        tail = [("Ngày trả kết quả", f"{self.reported:%d/%m/%Y}"), ("So với", self.norm)]
        results = [
            (name, f"{_figure(result)} {unit} (giới hạn {_figure(limit)})")
            for name, result, unit, limit in self.parameters
        ]
        return papers.pdf(_LABORATORY, "Phiếu kết quả", [*head, *tail, *results])


def _figure(value: str) -> str:
    return "KPH" if value == "not detected" else value.replace(".", ",")


CERTIFICATES: Final = (
    Certified("VietGAP-MH-26-0117", ("NM-A1",), date(2026, 1, 15), date(2028, 1, 14), at("02/08", "09:00")),
    # Had ended before batch E was harvested, and nobody renewed it.
    Certified(
        "VietGAP-MH-24-0093", ("NM-B2.2",), date(2024, 10, 20), date(2026, 10, 19), at("02/08", "09:20")
    ),
)
_RESIDUES: Final = "Giới hạn minh họa – không phải quy chuẩn"
TESTS: Final = (
    Tested(
        date(2026, 7, 20),
        date(2026, 7, 29),
        "MH-2607-014",
        _RESIDUES,
        (
            ("Chì (Pb)", "12.4", "mg/kg", "70"),
            ("Cadimi (Cd)", "0.21", "mg/kg", "1.5"),
            ("Asen (As)", "3.1", "mg/kg", "15"),
        ),
        at("02/08", "10:00"),
        plot="NM-A1",
        sample="substrate",
    ),
    Tested(
        date(2026, 11, 3),
        date(2026, 11, 6),
        "MH-2611-031",
        _RESIDUES,
        (
            ("Spinetoram", "not detected", "mg/kg", "0.3"),
            ("Hexaconazole", "0.008", "mg/kg", "0.05"),
            ("Imidacloprid", "not detected", "mg/kg", "0.2"),
            ("Carbendazim", "<0.01", "mg/kg", "0.5"),
            ("Chì (Pb)", "<0.02", "mg/kg", "0.1"),
        ),
        at("06/11", "16:10"),
        letter="A",
    ),
    Tested(
        date(2026, 11, 13),
        date(2026, 11, 15),
        "MH-2611-058",
        _RESIDUES,
        (
            ("Imidacloprid", "0.46", "mg/kg", "0.2"),
            ("Carbendazim", "<0.01", "mg/kg", "0.5"),
            ("Chì (Pb)", "<0.02", "mg/kg", "0.1"),
        ),
        at("15/11", "15:30"),
        letter="D",
    ),
)
