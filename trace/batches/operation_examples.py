"""An example of everything that is done with batches, as the API's description shows it."""

from typing import Any, Final

from fastapi.openapi.models import Example

_FIRST: Final = "019a5b7e-0000-7000-8000-000000000001"
_SECOND: Final = "019a5b7e-0000-7000-8000-000000000002"


def _done(kind: str, **own: Any) -> Example:
    return {"summary": kind, "value": {"kind": kind, "happened_at": "2026-11-09T09:00:00+07:00", **own}}


def _taken(kg: str, pieces: int | None = None, batch_id: str = _FIRST) -> dict[str, Any]:
    return {"batch_id": batch_id, "kg": kg, "pieces": pieces}


EXAMPLES: Final[dict[str, Example]] = {
    "make": _done(
        "make",
        harvest_id=_FIRST,
        outputs=[
            {"kg": "1980", "pieces": 1140, "grade": "Loại 1"},
            {"kg": "530", "pieces": 305, "grade": "Loại 2"},
        ],
        losses=[{"loss": "sorted_out", "kg": "130", "pieces": 75}],
    ),
    "grade": _done(
        "grade",
        inputs=[_taken("1500", 870), _taken("900", 520, _SECOND)],
        outputs=[{"kg": "2300", "pieces": 1334, "grade": "Loại 1"}],
        losses=[{"loss": "sorted_out", "kg": "100", "pieces": 56}],
    ),
    "pack": _done("pack", inputs=[_taken("1980", 1140)], outputs=[{"kg": "1980", "pieces": 1140}]),
    "repack": _done("repack", inputs=[_taken("600", 345)], outputs=[{"kg": "600", "pieces": 115}]),
    "split": _done("split", inputs=[_taken("900", 520)], outputs=[{"kg": "900", "pieces": 520}]),
    "merge": _done(
        "merge", inputs=[_taken("620"), _taken("380", batch_id=_SECOND)], outputs=[{"kg": "1000"}]
    ),
    "transform": _done(
        "transform",
        process="fresh_cut",
        inputs=[_taken("100")],
        outputs=[{"kg": "55", "pieces": 110, "product_id": _SECOND}],
        losses=[{"loss": "trimmed", "kg": "45"}],
    ),
    "loss": _done("loss", loss="spoiled", inputs=[_taken("12.5")]),
    "destroy": _done("destroy", inputs=[_taken("40")], reason="Hư hỏng do mất điện kho lạnh"),
    "sample": _done("sample", inputs=[_taken("3.4", 2)]),
    "move": _done("move", batch_id=_FIRST, place="Kho lạnh 2"),
    "take_back": _done("take_back", takes_back_id=_FIRST, reason="Ghi nhầm lô"),
}
