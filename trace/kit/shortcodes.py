"""Short codes that people read aloud and type: seven random characters and one that checks them.

The alphabet is Douglas Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O, U. His
own check symbol is not used, because it needs five characters more (`*~$=U`), two of which would push
a QR code out of its alphanumeric mode. Ours stays within the 32 letters, by the rule of ISBN-10 moved
from the field of 11 elements to the one of 32: the sum of all characters, each multiplied by the
weight of its place, is zero. The weights are the powers 7 … 0 of a primitive element, so all eight
differ and none is zero. Hence one wrong character changes the sum by weight × error, and swapping two
characters by (weight − other weight) × (character − other character); a field has no two non-zero
elements whose product is zero, so both are always noticed, wherever they happen. (In coding terms: a
Reed–Solomon code with one check symbol.) Any other mistake slips through once in 32 times.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
# A label of its own has nine random characters, 45 bits, and the one that checks them.
SERIAL_LENGTH = 10

_VALUES = {character: value for value, character in enumerate(ALPHABET)}
# Only ASCII is folded: str.upper() would turn "ß" into two characters and "ı" into an I.
_READ_AS = str.maketrans("abcdefghijklmnopqrstuvwxyzOILoil", "ABCDEFGHIJKLMNOPQRSTUVWXYZ011011")
_MINUS_SIGN = "\u2212"
# A spreadsheet turns 12345E07 into 1.2345E+11 and drops the zeros in front of digits.
_SPREADSHEET_NUMBER = re.compile(r"[0-9]+(E[0-9]+)?")


class Fault(StrEnum):
    """What is wrong with a typed code, the first that applies."""

    STRANGE = "strange"  # it has characters that occur in no code
    SHORT = "short"
    LONG = "long"
    NUMBER = "number"  # digits alone; every code has a letter
    CHECK = "check"  # each character could be right, all together cannot


@dataclass(frozen=True, slots=True)
class Examination:
    """A typed code as it was read, and what is wrong with it, if anything.

    `strange` lists the characters that occur in no code, each once and at most eight of them;
    `difference` is the length compared with a code's: −2 means that two characters are missing.
    """

    code: str
    fault: Fault | None
    strange: tuple[str, ...]
    difference: int

    @property
    def valid(self) -> bool:
        """Whether such a code can exist; whether it does, only the database knows."""
        return self.fault is None


def new_code(length: int = LENGTH) -> str:
    """A random code, one of about 34 thousand million; whoever stores it must still refuse a double.

    It has a letter, so that nobody takes it for a GTIN, and a spreadsheet leaves it as it is.
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(length - 1))
        code = body + check_character(body)
        if not _SPREADSHEET_NUMBER.fullmatch(code):
            return code


def normalise(typed: str) -> str:
    """The code as it was meant: capitals, no separators, O read as 0, I and L as 1. Nothing is judged."""
    composed = unicodedata.normalize("NFC", typed)
    return "".join(character for character in composed if not _separates(character)).translate(_READ_AS)


def display(code: str) -> str:
    """The code in two halves, as it is printed and read aloud: 7K3M-9Q2M."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def examine(typed: str, *, length: int = LENGTH) -> Examination:
    """Read what was typed and say whether it can be a code, or which kind of mistake it is."""
    code = normalise(typed)
    strange = tuple(dict.fromkeys(character for character in code if character not in _VALUES))[:LENGTH]
    difference = len(code) - length
    return Examination(code, _fault(code, strange, difference), strange, difference)


def check_character(body: str) -> str:
    """The last character of the code that begins with these."""
    return ALPHABET[_times_primitive(_weighted_sum(body))]


def _fault(code: str, strange: tuple[str, ...], difference: int) -> Fault | None:
    if strange:
        return Fault.STRANGE
    if difference:
        return Fault.SHORT if difference < 0 else Fault.LONG
    if code.isdigit():
        return Fault.NUMBER
    return Fault.CHECK if _weighted_sum(code) else None


def _separates(character: str) -> bool:
    # Cf are the invisible marks that come along when a code is copied out of a chat.
    return character.isspace() or character == _MINUS_SIGN or unicodedata.category(character) in {"Pd", "Cf"}


def _weighted_sum(characters: str) -> int:
    """Horner's rule in GF(32); addition and subtraction there are both exclusive or."""
    total = 0
    for character in characters:
        total = _times_primitive(total) ^ _VALUES[character]
    return total


def _times_primitive(element: int) -> int:
    """Times x, modulo x⁵ + x² + 1, which is primitive: the powers of x run through all 31 elements."""
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
