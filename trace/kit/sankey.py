"""Pictures of where something went: bars for what there was, bands between them as wide as what ran there.

Drawn on the server as SVG. Colours come from classes, so that they follow the page and its dark scheme; the
bars carry numbers, which a table beside the picture explains: long names would not fit a phone.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

_WIDTH: Final = 340
_BAR: Final = 10
_TALL: Final = 190  # what the fullest layer's bars take
_GAP: Final = 20  # a number stands beside each bar and needs a line of its own
_THIN: Final = 2
_NUMBER: Final = 34
_PITCH: Final = 62


@dataclass(frozen=True, slots=True)
class Bar:
    """What there was: `kept` of it is there still. `look` is a class of the style sheet."""

    id: str
    layer: int
    amount: float
    kept: float = 0
    look: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    start: str
    end: str
    amount: float


def sankey(bars: Sequence[Bar], bands: Sequence[Band], *, title: str, description: str) -> Markup:
    """The picture; the bars are numbered from 1 in the order given."""
    layers: dict[int, list[Bar]] = defaultdict(list)
    for bar in bars:
        layers[bar.layer].append(bar)
    most = max((sum(bar.amount for bar in layer) for layer in layers.values()), default=0) or 1
    scale = _TALL / most
    columns = max(layers, default=0) + 1
    width = max(_WIDTH, columns * _PITCH)
    step = (width - _BAR - _NUMBER) / max(columns - 1, 1)
    height = max((_height(layer, scale) for layer in layers.values()), default=_GAP) + _GAP
    top = {}
    for layer in layers.values():
        y = (height - _height(layer, scale)) / 2
        for bar in layer:
            top[bar.id] = y
            y += _length(bar.amount, scale) + _GAP
    left = {bar.id: bar.layer * step for bar in bars}
    drawn = [*_bands(bars, bands, left, top, scale), *_bars(bars, left, top, scale)]
    return Markup(
        '<svg class="sankey" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        'aria-labelledby="sankey-title sankey-description"><title id="sankey-title">{title}</title>'
        '<desc id="sankey-description">{description}</desc>{drawn}</svg>'
    ).format(
        width=round(width),
        height=round(height),
        title=title,
        description=description,
        drawn=Markup("").join(drawn),
    )


def _length(amount: float, scale: float) -> float:
    return max(amount * scale, _THIN)


def _height(layer: list[Bar], scale: float) -> float:
    return sum(_length(bar.amount, scale) for bar in layer) + _GAP * (len(layer) - 1)


def _bands(
    bars: Sequence[Bar], bands: Sequence[Band], left: dict[str, float], top: dict[str, float], scale: float
) -> list[Markup]:
    """Each begins below the last that left its bar and ends below the last that came to its bar."""
    looks = {bar.id: bar.look for bar in bars}
    order = {bar.id: number for number, bar in enumerate(bars)}
    out, into = dict(top), dict(top)
    drawn = []
    for band in sorted(bands, key=lambda one: (order[one.start], order[one.end])):
        x1, x2 = left[band.start] + _BAR, left[band.end]
        y1, y2, wide = out[band.start], into[band.end], band.amount * scale
        out[band.start] += wide
        into[band.end] += wide
        middle = (x1 + x2) / 2
        path = (
            f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
            f"V{y2 + max(wide, 1):.1f}"
            f"C{middle:.1f} {y2 + max(wide, 1):.1f} {middle:.1f} {y1 + max(wide, 1):.1f} {x1:.1f} {y1 + max(wide, 1):.1f}Z"
        )
        drawn.append(
            Markup('<path class="sankey__band {look}" d="{path}"/>').format(look=looks[band.end], path=path)
        )
    return drawn


def _bars(bars: Sequence[Bar], left: dict[str, float], top: dict[str, float], scale: float) -> list[Markup]:
    drawn = []
    for number, bar in enumerate(bars, start=1):
        x, y, tall = left[bar.id], top[bar.id], _length(bar.amount, scale)
        kept = min(bar.kept * scale, tall)
        drawn.append(
            Markup('<rect class="sankey__bar {look}" x="{x}" y="{y}" width="{w}" height="{h}"/>').format(
                look=bar.look, x=f"{x:.1f}", y=f"{y:.1f}", w=_BAR, h=f"{tall:.1f}"
            )
        )
        if kept > 0:
            drawn.append(
                Markup('<rect class="sankey__kept" x="{x}" y="{y}" width="{w}" height="{h}"/>').format(
                    x=f"{x:.1f}", y=f"{y + tall - kept:.1f}", w=_BAR, h=f"{kept:.1f}"
                )
            )
        drawn.append(
            Markup('<text class="sankey__number" x="{x}" y="{y}">{number}</text>').format(
                x=f"{x + _BAR + 5:.1f}", y=f"{y + tall / 2 + 5:.1f}", number=escape(str(number))
            )
        )
    return drawn
