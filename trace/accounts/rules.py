"""How a phone number, a tax code, a GLN and a password are read, and which role may do what; no I/O."""

import re
from typing import Annotated, Final

import phonenumbers
from pydantic import BeforeValidator, StringConstraints

from trace.accounts.models import Role
from trace.gs1.keys import is_checked, is_public_prefix
from trace.kit.text import digits, visible
from trace.kit.translation import N_
from trace.kit.validation import wrong

_TAX_WEIGHTS: Final = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_RANK: Final = {Role.VIEWER: 0, Role.RECORDER: 1, Role.MANAGER: 2}
LONGEST_PASSWORD: Final = 200
_GLN_LENGTH: Final = 13
# Words that guessers begin with, here and elsewhere; the limit on guesses does the rest.
_COMMON: Final = re.compile(
    "password|passw0rd|p@ssword|pass|matkhau|mậtkhẩu|admin|administrator|quantri|iloveyou|anhyeuem|emyeuanh|"
    "yeuem|yeuanh|vietnam|vietnamvodich|hanoi|saigon|hochiminh|haiphong|haiduong|hoptacxa|htx|dualuoi|dưalưới|"
    "nongdan|nôngdân|nongsan|truyxuat|xinchao|welcome|letmein|dragon|monkey|football|princess|sunshine|"
    "superman|abc|abcd|a|aa|zxc|qwe|asd|test|guest|zalo|facebook|google|nguyen|nguyenvan|tran|pham|hoang"
)
_RUNS: Final = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
)


def phone(typed: object) -> object:
    """“0912 345 678”, “84 912…”, “+84.912…” as E.164; a foreign number needs its plus sign."""
    number = _number(typed)
    if isinstance(number, phonenumbers.PhoneNumber) and _is_somebodys(number):
        return _e164(number)
    if not isinstance(typed, str):
        return typed
    _must_be_written(typed)
    raise wrong("phone", N_("This is not a phone number. Write ten digits, for example 0912 345 678."))


def hotline(typed: object) -> object:
    """A phone number, or one of the services that begin with 1800 or 1900."""
    number = _number(typed)
    if isinstance(number, phonenumbers.PhoneNumber) and (_is_somebodys(number) or _is_service(number)):
        return _e164(number)
    if not isinstance(typed, str):
        return typed
    _must_be_written(typed)
    raise wrong(
        "phone", N_("This is not a phone number. Write it as it is dialled, for example 0220 3888 999.")
    )


def _must_be_written(typed: str) -> None:
    """An empty field is not a wrong number, but none at all."""
    if not visible(typed).strip():
        raise wrong("missing", N_("This is needed."))


def _number(typed: object) -> phonenumbers.PhoneNumber | None:
    # Letters would be read as the keys they stand on, and an extension dropped without a word.
    if not isinstance(typed, str) or not re.fullmatch(r"[\d\s().+/-]{3,40}", shown := visible(typed)):
        return None
    try:
        number = phonenumbers.parse(shown, "VN")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _is_somebodys(number: phonenumbers.PhoneNumber) -> bool:
    if number.country_code != 84:
        return phonenumbers.is_valid_number(number)
    # Mobile or landline. The demo's numbers lie in a block that is not in use, so only the shape is asked.
    return re.fullmatch(r"[35789]\d{8}|2\d{9}", str(number.national_number)) is not None


def _is_service(number: phonenumbers.PhoneNumber) -> bool:
    return number.country_code == 84 and bool(re.fullmatch(r"1[89]00\d{4,6}", str(number.national_number)))


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_for_people(e164: str) -> str:
    """As it is said in Vietnam: 0912 345 678."""
    number = phonenumbers.parse(e164, "VN")
    shape = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, shape.NATIONAL if number.country_code == 84 else shape.INTERNATIONAL
    )


def tax_code(typed: object) -> object:
    """A mã số thuế: ten digits, the last of which checks the others, or a branch's three more behind them.

    The weights are those of the tax authority. Twelve digits are a citizen's number; everybody would see it.
    """
    if not isinstance(typed, str):
        return typed
    _must_be_written(typed)
    number = digits(typed)
    if re.fullmatch(r"[0-9]{12}", number):
        raise wrong(
            "tax_code",
            N_("Twelve digits are a person's own number, and everybody would see it. A cooperative has 10."),
        )
    if not re.fullmatch(r"[0-9]{10}([0-9]{3})?", number):
        raise wrong("tax_code", N_("A tax code has 10 digits, or 13 for a branch."))
    total = sum(weight * int(digit) for weight, digit in zip(_TAX_WEIGHTS, number, strict=False))
    if 10 - total % 11 != int(number[9]):
        raise wrong(
            "tax_code",
            N_("The tenth digit of the tax code does not fit the others. Please compare it again."),
        )
    return number if len(number) == 10 else f"{number[:10]}-{number[10:]}"


def gln(typed: object) -> object:
    """A GS1 location number: 13 digits, the last of them the check digit."""
    if not isinstance(typed, str) or not typed.strip():
        return None
    number = digits(typed)
    if len(number) != _GLN_LENGTH or not is_checked(number):
        raise wrong(
            "gln", N_("A GLN has 13 digits and its last digit checks the others. Please compare it again.")
        )
    return number


def company_prefix(typed: object) -> object:
    """The digits that GS1 gave the cooperative; every number under them is its own."""
    if not isinstance(typed, str) or not typed.strip():
        return None if typed is None or isinstance(typed, str) else typed
    prefix = digits(typed)
    if not re.fullmatch(r"[0-9]{7,12}", prefix):
        raise wrong(
            "gs1_prefix", N_("A GS1 company prefix has 7 to 12 digits. Leave this empty if you have none.")
        )
    if not is_public_prefix(prefix):
        raise wrong(
            "gs1_prefix",
            N_(
                "GS1 gives no company a prefix that begins like this. Compare it with your certificate; "
                "those of GS1 Vietnam begin with 893."
            ),
        )
    return prefix


def password(typed: object) -> object:
    """Length is what counts; only what a guesser tries first is refused."""
    if not isinstance(typed, str):
        return typed
    if len(typed) < 8:
        raise wrong("password", N_("Use at least 8 characters. A short sentence is easy to remember."))
    if len(typed) > LONGEST_PASSWORD:
        raise wrong("password", N_("Use at most 200 characters."))
    if _comes_first(typed):
        raise wrong(
            "password", N_("This password is one of the first that others would try. Choose another.")
        )
    return typed


def _comes_first(typed: str) -> bool:
    """A common word with digits or marks around it, a number, a run along the keyboard, a repetition."""
    bare = re.sub(r"[\W_]", "", typed.lower())
    word = re.sub(r"^\d+|\d+$", "", bare)
    return (
        len(set(bare)) < 4
        or _COMMON.fullmatch(word) is not None
        or (bare.isdigit() and len(bare) < 12)
        or any(bare in run or bare in run[::-1] for run in _RUNS)
        or re.fullmatch(r"(.{1,4})\1+", bare) is not None
    )


PhoneNumber = Annotated[str, BeforeValidator(phone)]
Hotline = Annotated[str, BeforeValidator(hotline)]
TaxCode = Annotated[str, BeforeValidator(tax_code)]
OptionalCompanyPrefix = Annotated[str | None, BeforeValidator(company_prefix)]
OptionalGln = Annotated[str | None, BeforeValidator(gln)]
NewPassword = Annotated[str, BeforeValidator(password), StringConstraints(max_length=LONGEST_PASSWORD)]


def may(role: str, needed: Role) -> bool:
    return _RANK[Role(role)] >= _RANK[needed]
