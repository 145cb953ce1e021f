"""Sheets of labels as PDF, each label with a code of its own, against the bare drawing of the same run.

The bare drawing is what the libraries do by themselves: `qrcode` with its mask remembered, a filled path and three
lines of text a label through ReportLab's canvas, the same font and sheet, nothing shared. Each is run in a process of
its own, so that its peak of memory is its own.
"""

import io
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from trace.codes import content, sheets
from trace.codes.designs import Item
from trace.codes.laying import POINTS, Laid, lay
from trace.codes.sheets import One
from trace.codes.stationery import GRIDS, Stationery
from trace.kit.paper import PLAIN, register
from trace.kit.qr import alike, dark_runs

GRID: Final = GRIDS[Stationery.L7159]
SAID: Final[content.Content] = {
    Item.NAME: "Dưa lưới Huỳnh Long",
    Item.LOT: "TMD-DL-261108-01",
    Item.MADE: "09/11/2026",
}
RUNS: Final = ("bare", "ours")


def main(labels: int) -> None:
    few = max(1, labels // 10)
    print(
        f"{GRID.name}, {labels:,} labels with a code each; processor seconds and peak memory of one process each"
    )
    print(f"{'':<8}{'labels':>8}{'seconds':>10}{'MB peak':>10}{'MB file':>10}")
    found: dict[tuple[str, int], tuple[float, float]] = {}
    for what in RUNS:
        for count in (few, labels):
            said = subprocess.run(
                [sys.executable, "-m", "scripts.bench_codes", what, str(count)],
                check=True,
                capture_output=True,
                text=True,
            ).stdout.split()
            seconds, peak, size = map(float, said)
            found[what, count] = seconds, peak
            print(f"{what:<8}{count:>8,}{seconds:>10.2f}{peak:>10.1f}{size:>10.2f}")
    ratio = found["ours", labels][0] / found["bare", labels][0]
    growth = found["ours", labels][1] / found["ours", few][1]
    print(f"ours against bare: {ratio:.2f}x the time; memory {growth:.2f}x that of a tenth of the labels")


def one_run(what: str, count: int) -> None:
    begun = time.process_time()
    made = {"bare": bare, "ours": ours}[what](count)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.process_time() - begun, peak, len(made) / 1e6)


def texts(count: int) -> Iterator[str]:
    return (f"HTTPS://TXNG.EXAMPLE.VN/B/{number:010}" for number in range(count))


def ours(count: int) -> bytes:
    laid = _laid()
    labels = (
        One(drawn, text, text[-10:]) for text, drawn in zip(texts(count), alike(texts(count)), strict=True)
    )
    return sheets.pdf(GRID, laid, labels, title="tem")


def bare(count: int) -> bytes:
    register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    places = list(GRID.places())
    lines = [words.text for words in _laid().words]
    for number, (text, drawn) in enumerate(zip(texts(count), alike(texts(count)), strict=True)):
        if number and number % len(places) == 0:
            canvas.showPage()
        x, y = places[number % len(places)]
        left, top = x * POINTS, (GRID.height - y) * POINTS
        module = 24 * POINTS / drawn.side
        path = canvas.beginPath()
        for column, row, length in dark_runs(drawn):
            path.rect(left + column * module, top - (row + 1) * module, length * module, module)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.setFont(PLAIN, 6)
        for line, words in enumerate([*lines, text[-10:]]):
            canvas.drawString(left + 25 * POINTS, top - (5 + 3 * line) * POINTS, words)
    canvas.save()
    return out.getvalue()


def _laid() -> Laid:
    return lay(GRID.label, content.written(SAID, GRID.label), "0000000000")


if __name__ == "__main__":
    if sys.argv[1] in RUNS:
        one_run(sys.argv[1], int(sys.argv[2]))
    else:
        main(int(sys.argv[1]))
