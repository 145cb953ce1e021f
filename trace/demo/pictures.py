"""Small pictures drawn for the demo: nobody's photographs, the same bytes every time."""

import io
import math
import random
from collections.abc import Callable
from typing import Final

from PIL import Image, ImageDraw, ImageFilter

_SIZE: Final = (1200, 900)
_PAPER: Final = (244, 241, 230)

Colour = tuple[int, int, int]


def jpeg(name: str) -> bytes:
    """One of `PICTURES` as a phone would send it."""
    out = io.BytesIO()
    PICTURES[name]().convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue()


def melon() -> Image.Image:
    """A whole netted melon beside a cut one with orange flesh."""
    picture = _ground((226, 232, 210), (190, 203, 165))
    _shadow(picture, (130, 640, 700, 780))
    _netted(picture, (150, 170, 690, 710))
    _stalk(picture, 420, 175)
    _shadow(picture, (640, 680, 1120, 790))
    _cut(picture, (650, 290, 1110, 750))
    return picture


def greenhouse() -> Image.Image:
    """A plastic greenhouse with its rows, seen from the door."""
    picture = _ground((214, 229, 236), (236, 240, 230), horizon=0.55)
    draw = ImageDraw.Draw(picture, "RGBA")
    for step in range(9, 0, -1):
        reach = step / 9
        left, right = 600 - 560 * reach, 600 + 560 * reach
        top = 470 - 400 * reach
        draw.arc(
            (left, top, right, 1500 - 600 * reach),
            180,
            360,
            fill=(150, 168, 172, 255),
            width=int(2 + 5 * reach),
        )
    for row in range(-4, 5):
        for depth in range(14):
            near = (depth / 13) ** 1.8
            x, y = 600 + row * (18 + 120 * near), 480 + 380 * near
            _plant(draw, x, y, 12 + 70 * near)
    return picture


def seedlings() -> Image.Image:
    """A tray of seedlings, two leaves each."""
    picture = _ground((233, 226, 211), (214, 203, 182))
    draw = ImageDraw.Draw(picture, "RGBA")
    draw.rounded_rectangle((90, 130, 1110, 800), 26, fill=(52, 56, 54, 255))
    for row in range(5):
        for column in range(8):
            x, y = 165 + column * 124, 205 + row * 130
            draw.rounded_rectangle((x - 48, y - 48, x + 48, y + 48), 14, fill=(92, 68, 50, 255))
            _leaf(draw, x, y, 44, 200 + 20 * ((row + column) % 3))
            _leaf(draw, x, y, 44, 340 - 15 * ((row * column) % 3))
    return picture


def bee() -> Image.Image:
    """A bee above a yellow flower."""
    picture = _ground((203, 221, 176), (160, 188, 128))
    draw = ImageDraw.Draw(picture, "RGBA")
    for turn in range(5):
        angle = math.radians(turn * 72 - 90)
        x, y = 470 + 150 * math.cos(angle), 540 + 150 * math.sin(angle)
        draw.ellipse((x - 120, y - 120, x + 120, y + 120), fill=(246, 205, 64, 255))
    draw.ellipse((395, 465, 545, 615), fill=(222, 164, 38, 255))
    for wing in ((640, 190, 800, 350), (730, 180, 900, 330)):
        draw.ellipse(wing, fill=(255, 255, 255, 190), outline=(140, 150, 150, 255), width=3)
    draw.ellipse((600, 290, 880, 450), fill=(228, 170, 40, 255))
    for stripe in (660, 730, 800):
        draw.ellipse((stripe - 18, 296, stripe + 18, 444), fill=(58, 44, 30, 255))
    draw.ellipse((560, 320, 650, 410), fill=(58, 44, 30, 255))
    return picture


def grower() -> Image.Image:
    """Somebody who does not exist, under a conical hat, between rows of plants."""
    picture = _ground((212, 228, 222), (178, 200, 150))
    draw = ImageDraw.Draw(picture, "RGBA")
    for row in range(9):
        _plant(draw, 60 + row * 135, 880, 120)
    draw.ellipse((330, 640, 870, 1200), fill=(96, 84, 120, 255))
    draw.rectangle((545, 560, 655, 680), fill=(206, 156, 116, 255))
    draw.ellipse((455, 300, 745, 640), fill=(222, 174, 132, 255))
    for eye in (540, 660):
        draw.ellipse((eye - 13, 455, eye + 13, 481), fill=(52, 40, 34, 255))
    draw.arc((540, 500, 660, 580), 20, 160, fill=(150, 84, 70, 255), width=8)
    draw.polygon([(600, 130), (250, 420), (950, 420)], fill=(232, 214, 160, 255))
    draw.line([(250, 420), (950, 420)], fill=(188, 164, 104, 255), width=10)
    return picture


def boxes() -> Image.Image:
    """Boxes of one melon each, stacked on a pallet."""
    picture = _ground((228, 228, 224), (196, 192, 182), horizon=0.72)
    draw = ImageDraw.Draw(picture, "RGBA")
    draw.rectangle((170, 760, 1030, 800), fill=(140, 104, 66, 255))
    for row in range(3):
        for column in range(4):
            x, y = 190 + column * 208, 560 - row * 198
            draw.rectangle(
                (x, y, x + 198, y + 190), fill=(201, 165, 115, 255), outline=(150, 116, 72, 255), width=4
            )
            draw.ellipse((x + 56, y + 42, x + 142, y + 128), outline=(70, 110, 62, 255), width=8)
            draw.line((x + 20, y + 160, x + 178, y + 160), fill=(70, 110, 62, 255), width=8)
    return picture


def bruised() -> Image.Image:
    """A netted melon with a brown dent where another one lay on it."""
    picture = _ground((226, 222, 214), (198, 190, 176))
    _shadow(picture, (240, 700, 960, 830))
    _netted(picture, (290, 130, 910, 750))
    draw = ImageDraw.Draw(picture, "RGBA")
    for inset, colour in ((0, (150, 122, 70, 170)), (34, (118, 84, 46, 210)), (78, (84, 56, 30, 230))):
        draw.ellipse((560 + inset, 380 + inset, 820 - inset, 590 - inset // 2), fill=colour)
    return picture


def _ground(top: Colour, bottom: Colour, *, horizon: float = 1.0) -> Image.Image:
    """Soft light from above, lighter paper below the horizon."""
    picture = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(picture)
    height = int(_SIZE[1] * horizon)
    for y in range(height):
        share = y / height
        draw.line((0, y, _SIZE[0], y), fill=_between(top, bottom, share))
    return picture


def _between(first: Colour, last: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, last, strict=True))
    return red, green, blue


def _shadow(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    layer = Image.new("RGBA", _SIZE, (0, 0, 0, 0))
    ImageDraw.Draw(layer).ellipse(box, fill=(40, 50, 30, 90))
    picture.paste(
        layer.filter(ImageFilter.GaussianBlur(26)), (0, 0), layer.filter(ImageFilter.GaussianBlur(26))
    )


def _netted(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """A sphere lit from the upper left with a net of cracks over its skin."""
    left, top, right, _ = box
    width = right - left
    sphere = Image.new("RGB", (width, width))
    draw = ImageDraw.Draw(sphere)
    for ring in range(width // 2, 0, -1):
        share = 1 - ring / (width / 2)
        x, y = width / 2 - share * width * 0.14, width / 2 - share * width * 0.16
        draw.ellipse(
            (x - ring, y - ring, x + ring, y + ring), fill=_between((92, 118, 62), (186, 196, 128), share)
        )
    _net(draw, width)
    mask = Image.new("L", (width, width), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, width - 1, width - 1), fill=255)
    picture.paste(sphere, (left, top), mask)


def _net(draw: ImageDraw.ImageDraw, width: int) -> None:
    chance = random.Random(6)  # noqa: S311 - a drawing, the same each time
    for line in range(64):
        angle, x, y = chance.uniform(0, math.tau), chance.uniform(0, width), chance.uniform(0, width)
        points = [(x, y)]
        for _ in range(22):
            angle += chance.uniform(-0.9, 0.9)
            x, y = x + 17 * math.cos(angle), y + 17 * math.sin(angle)
            points.append((x, y))
        draw.line(points, fill=(222, 216, 176), width=5 if line % 3 else 3, joint="curve")


def _stalk(picture: Image.Image, x: int, y: int) -> None:
    draw = ImageDraw.Draw(picture)
    draw.line((x, y + 10, x + 8, y - 70), fill=(96, 112, 60), width=22)
    draw.line((x - 62, y - 82, x + 82, y - 62), fill=(96, 112, 60), width=20)


def _cut(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = box
    for inset, colour in (
        (0, (150, 160, 98)),
        (14, (214, 216, 150)),
        (34, (245, 176, 92)),
        (60, (243, 152, 66)),
    ):
        draw.ellipse((left + inset, top + inset, right - inset, bottom - inset), fill=colour)
    draw.ellipse((left + 150, top + 130, right - 150, bottom - 130), fill=(236, 190, 120))
    chance = random.Random(9)  # noqa: S311 - a drawing, the same each time
    for _ in range(46):
        angle, reach = chance.uniform(0, math.tau), chance.uniform(0.15, 0.92)
        x = (left + right) / 2 + reach * 74 * math.cos(angle)
        y = (top + bottom) / 2 + reach * 94 * math.sin(angle)
        draw.ellipse((x - 9, y - 5, x + 9, y + 5), fill=(250, 232, 190), outline=(206, 158, 96))


def _plant(draw: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    draw.line((x, y, x, y - size * 1.5), fill=(88, 120, 66, 255), width=max(1, int(size / 12)))
    for leaf, angle in enumerate((200, 335, 215, 320, 250, 290)):
        _leaf(draw, x, y - size * 0.25 * leaf, size * 0.55, angle)


def _leaf(draw: ImageDraw.ImageDraw, x: float, y: float, length: float, degrees: float) -> None:
    angle = math.radians(degrees)
    tip = (x + length * math.cos(angle), y + length * math.sin(angle))
    side = (-math.sin(angle) * length * 0.32, math.cos(angle) * length * 0.32)
    middle = ((x + tip[0]) / 2, (y + tip[1]) / 2)
    draw.polygon(
        [(x, y), (middle[0] + side[0], middle[1] + side[1]), tip, (middle[0] - side[0], middle[1] - side[1])],
        fill=(108, 152, 78, 255),
    )


PICTURES: Final[dict[str, Callable[[], Image.Image]]] = {
    "melon": melon,
    "greenhouse": greenhouse,
    "seedlings": seedlings,
    "bee": bee,
    "grower": grower,
    "boxes": boxes,
    "bruised": bruised,
}
