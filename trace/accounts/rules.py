"""How a phone number, a tax code and a password are read; no I/O."""

import re
from typing import Annotated, Final

import phonenumbers
from biip import ParseError
from biip.gln import Gln
from pydantic import BeforeValidator, StringConstraints

from trace.accounts.models import Role
from trace.kit.translation import N_
from trace.kit.validation import wrong

_TAX_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_RANK: Final = {Role.VIEWER: 0, Role.RECORDER: 1, Role.MANAGER: 2}
# The passwords that a guesser tries first; the limit on guesses does the rest.
_COMMON: Final = frozenset(
    {
        *("password", "12345678", "123456789", "1234567890", "87654321", "11111111", "00000000", "88888888"),
        *("66668888", "abcd1234", "abc12345", "qwertyui", "1qaz2wsx", "matkhau1", "matkhau123", "iloveyou"),
        *("vietnam1", "hoptacxa", "123456a@", "a1234567"),
    }
)


def phone(typed: object) -> object:
    """“0912 345 678”, “84 912…”, “+84.912…” as E.164; a foreign number needs its plus sign."""
    if not isinstance(typed, str):
        return typed
    try:
        number = phonenumbers.parse(typed, "VN")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or not _plausible(number):
        raise wrong("phone", N_("This is not a phone number. Write ten digits, for example 0912 345 678."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _plausible(number: phonenumbers.PhoneNumber) -> bool:
    # The demo's numbers lie in a block that is not in use, so only the shape is asked of Vietnamese ones.
    if number.country_code != 84:
        return phonenumbers.is_valid_number(number)
    return re.fullmatch(r"[2-9]\d{8,9}", str(number.national_number)) is not None


def phone_for_people(e164: str) -> str:
    """As it is said in Vietnam: 0912 345 678."""
    number = phonenumbers.parse(e164, "VN")
    shape = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, shape.NATIONAL if number.country_code == 84 else shape.INTERNATIONAL
    )


def tax_code(typed: object) -> object:
    """A mã số thuế: ten digits with their check digit, or with a branch number of three behind it.

    The weights are those of the tax authority; twelve digits are a person's number, which a household uses.
    """
    if not isinstance(typed, str):
        return typed
    digits = re.sub(r"[\s.-]", "", typed)
    if re.fullmatch(r"\d{12}", digits):
        return digits
    if not re.fullmatch(r"\d{10}(\d{3})?", digits):
        raise wrong("tax_code", N_("A tax code has 10 digits, or 13 for a branch."))
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, digits, strict=False))
    if 10 - total % 11 != int(digits[9]):
        raise wrong(
            "tax_code",
            N_("The tenth digit of the tax code does not fit the others. Please compare it again."),
        )
    return digits if len(digits) == 10 else f"{digits[:10]}-{digits[10:]}"


def gln(typed: object) -> object:
    """A GS1 location number: 13 digits, the last of them the check digit."""
    if not isinstance(typed, str) or not typed.strip():
        return None
    digits = re.sub(r"[\s.-]", "", typed)
    try:
        return Gln.parse(digits).value
    except ParseError as error:
        raise wrong(
            "gln", N_("A GLN has 13 digits and its last digit checks the others. Please compare it again.")
        ) from error


def password(typed: object) -> object:
    """Length is what counts; only what a guesser tries first is refused."""
    if not isinstance(typed, str):
        return typed
    if len(typed) < 8:
        raise wrong("password", N_("Use at least 8 characters. A short sentence is easy to remember."))
    if len(typed) > 200:
        raise wrong("password", N_("Use at most 200 characters."))
    if typed.lower() in _COMMON or len(set(typed)) < 3:
        raise wrong(
            "password", N_("This password is one of the first that others would try. Choose another.")
        )
    return typed


PhoneNumber = Annotated[str, BeforeValidator(phone)]
TaxCode = Annotated[str, BeforeValidator(tax_code)]
OptionalGln = Annotated[str | None, BeforeValidator(gln)]
NewPassword = Annotated[str, BeforeValidator(password), StringConstraints(max_length=200)]


def may(role: str, needed: Role) -> bool:
    return _RANK[Role(role)] >= _RANK[needed]
