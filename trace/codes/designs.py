"""What a label of each size says and how large its QR code is: data, not templates that users write."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Item(StrEnum):
    """Something that can stand on a label."""

    NAME = "name"
    WHO = "who"
    ADDRESS = "address"
    ORIGIN = "origin"
    QUANTITY = "quantity"
    LOT = "lot"
    MADE = "made"
    BEST_BEFORE = "best_before"
    STORAGE = "storage"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Design:
    """A label of one size in millimetres; `items` in the order in which they give way when there is no room."""

    width: float
    height: float
    qr: float  # edge of the code with its margin
    items: tuple[Item, ...]
    largest: float  # points of the name; the rest is smaller, as article 43 asks
    below: bool = False  # the words stand below the code and not beside it
    loose: bool = False  # sticks on fruit that is sold loose, which needs no label by article 35.2e
    wet: bool = False  # what is rubbed and wet gets a stronger code
    languages: tuple[str, ...] = ("vi",)
    bars: bool = False  # has room for a GS1-128 beside the QR code


_SHORT: Final = (Item.NAME, Item.LOT, Item.MADE, Item.BEST_BEFORE)
_MIDDLE: Final = (*_SHORT, Item.WHO, Item.ORIGIN)
_FULL: Final = (*_SHORT, Item.WHO, Item.ADDRESS, Item.ORIGIN, Item.QUANTITY, Item.STORAGE)
_BOTH: Final = ("vi", "en")

# Four dots of 203 dpi a module are the least that printers and phones agree about: so printed, 16.6 mm hold a code of
# version 2, 18.6 mm one of version 3, 20.7 mm one of version 4 or of version 2 at five dots.
FRUIT_20: Final = Design(20, 20, 16.6, (), 5, below=True, loose=True)
FRUIT_25: Final = Design(25, 25, 18.6, (Item.LOT,), 6, below=True, loose=True)
DESIGNS: Final[dict[str, Design]] = {
    "20x20": FRUIT_20,
    "25x25": FRUIT_25,
    "40x14": Design(40, 14, 13.4, _SHORT, 6.5),
    "38x21": Design(38.1, 21.2, 16.6, _SHORT, 7),
    "35x22": Design(35, 22, 16.6, _SHORT, 6.5),
    "40x30": Design(40, 30, 20.7, (*_MIDDLE, Item.CALL), 8),
    "50x30": Design(50, 30, 20.7, (*_MIDDLE, Item.CALL), 8.5),
    "64x34": Design(64, 33.9, 24, (*_FULL, Item.CALL), 9),
    "63x38": Design(63.5, 38.1, 26, (*_FULL, Item.CALL), 9.5),
    "62x42": Design(62, 42, 26, (*_FULL, Item.CALL), 10),
    "67x28": Design(67, 28, 21, (*_FULL, Item.CALL), 9),
    "70x37": Design(70, 37, 25, (*_FULL, Item.CALL), 9.5),
    "70x42": Design(70, 42.4, 28, (*_FULL, Item.CALL), 10.5),
    "100x44": Design(100, 44, 34, (*_FULL, Item.CALL), 13, languages=_BOTH),
    "crate": Design(99.1, 57, 40, (*_FULL, Item.CALL), 15, wet=True, languages=_BOTH),
    "box": Design(99.1, 67.7, 36, (*_FULL, Item.CALL), 14, languages=_BOTH, bars=True),
    "pallet": Design(100, 150, 60, (*_FULL, Item.CALL), 20, languages=_BOTH, bars=True, below=True),
}
