"""Forms: what was typed becomes a command, or comes back as typed with each fault beside its field."""

import re
from collections.abc import AsyncIterator, Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Generic, TypeVar, get_args

from fastapi import Depends
from pydantic import BaseModel, ValidationError
from sqlmodel import Session
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from trace.kit.clock import VIETNAM
from trace.kit.commands import Command
from trace.kit.ids import new_id
from trace.kit.problems import Conflict, Doubtful, Fault, Malformed, Problem, told
from trace.kit.text import visible
from trace.kit.translation import N_, Locale
from trace.kit.validation import faults_of

C = TypeVar("C", bound=Command)
T = TypeVar("T")
_ONE_OF_SEVERAL: Final = re.compile(r"\.\d+$")
_MAX_FILES: Final = 40
_MAX_FIELDS: Final = 200
_USED_UP: Final = N_(
    "This form was sent before, and something in it is different now. Look whether it is there already; "
    "send it again only if there are to be two."
)
_SEND_AGAIN: Final = N_("This form was out of date. Please look at it and send it once more.")


async def _read(request: Request) -> AsyncIterator[FormData]:
    """The form, whose temporary files go when the request does."""
    async with request.form(max_files=_MAX_FILES, max_fields=_MAX_FIELDS, max_part_size=1024 * 1024) as form:
        yield form


Form = Annotated[FormData, Depends(_read)]


@dataclass
class Draft(Generic[C]):
    """A form on its way to a command: what stands in the fields, what is wrong with them, and the page's status."""

    locale: Locale
    values: dict[str, str] = field(default_factory=dict)
    many: dict[str, list[str]] = field(default_factory=dict)  # what stands in fields that come several times
    rows: dict[str, list[int]] = field(default_factory=dict)  # which rows of the form the command has
    errors: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    command: C | None = None
    status: int = 200

    def refuse(self, problem: Problem) -> "Draft[C]":
        """Take a refusal back into the form; one that names no field stands above all of them."""
        faults = problem.faults or [Fault("", problem.message, problem.values)]
        self.show(faults, self.doubts if isinstance(problem, Doubtful) else self.errors)
        self.command, self.status = None, problem.status
        return self

    def show(self, faults: Iterable[Fault], where: dict[str, str]) -> None:
        """Each in the reader's language, one a field, in the doubts or in the errors.

        The id of a form is not for people: where it was used up by what the form said before, as after a
        step back in the browser, the form gets a fresh one and says what sending it again would do.
        """
        for fault in faults:
            if fault.field == "id":
                self.values["id"] = str(new_id())
                fault = Fault("", _USED_UP if fault.code == Conflict.slug else _SEND_AGAIN)
            # One of several in a field, “photo_ids.1”, is shown with the field; a row has its own, “outputs.1.kg”.
            name = self._place(fault.field)
            where.setdefault(name, told(fault, self.locale))

    def _place(self, field: str) -> str:
        name, _, rest = field.partition(".")
        number, _, part = rest.partition(".")
        if name not in self.rows or not number.isdecimal() or int(number) >= len(self.rows[name]):
            return _ONE_OF_SEVERAL.sub("", field)
        return f"{name}.{self.rows[name][int(number)]}.{part}"


def blank(locale: Locale, **values: object) -> Draft[Any]:
    """An empty form with some fields already filled in; a tuple stands in several fields of one name."""
    given = {name: value for name, value in values.items() if value is not None}
    return Draft(
        locale,
        {name: shown(value) for name, value in given.items() if not isinstance(value, tuple)},
        {name: [shown(one) for one in value] for name, value in given.items() if isinstance(value, tuple)},
    )


def shown(value: object) -> str:
    """A value as a form field holds it."""
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f").replace(".", ",")
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value)


def bind(
    kind: type[C], form: FormData, locale: Locale, preset: Collection[str] = (), /, **given: object
) -> Draft[C]:
    """Read a form as a command of `kind`; `given` are values the form does not carry.

    Fields of the form that the command does not have belong to the page (a search box, the chosen photographs).
    A row of a list with nothing in it but `preset` fields, which the page filled itself, was not filled in.
    """
    values = {name: value for name, value in form.items() if isinstance(value, str)}
    draft: Draft[C] = Draft(locale, values, _many(kind, form))
    typed, faults = _typed(kind, form, locale, preset, draft.rows)
    if not faults:
        try:
            draft.command = kind.model_validate({**typed, **given})
            return draft
        except ValidationError as error:
            faults = faults_of(error)
    draft.show(faults, draft.errors)
    draft.status = Malformed.status
    return draft


def carry_out(db: Session, draft: Draft[C], act: Callable[[C], T]) -> T | None:
    """What the command answered; None when the form has to come back, and then the draft says why.

    In a savepoint, so that what was kept before it, such as a photograph, outlives a refusal.
    """
    if draft.command is None:
        return None
    try:
        with db.begin_nested():
            return act(draft.command)
    except Problem as problem:
        draft.refuse(problem)
        return None


def pressed(kind: type[C], form: FormData, locale: Locale, **given: object) -> C:
    """The command of a button: nothing was typed, so there is no form for a fault to come back to."""
    draft = bind(kind, form, locale, **given)
    if draft.command is None:
        raise Malformed([Fault(name, text) for name, text in draft.errors.items()])
    return draft.command


def files(form: FormData, name: str) -> list[UploadFile]:
    """The files really chosen: a browser sends an empty one when none was."""
    return [item for item in form.getlist(name) if isinstance(item, UploadFile) and item.filename]


def _typed(
    kind: type[Command],
    form: FormData,
    locale: Locale,
    preset: Collection[str],
    rows: dict[str, list[int]],
) -> tuple[dict[str, Any], list[Fault]]:
    typed: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, field_ in kind.model_fields.items():
        wanted = set(_leaves(field_.annotation))
        if row := next((one for one in wanted if _is_row(one)), None):
            typed[name], rows[name] = _rows(row, name, form, locale, faults, preset=preset)
            continue
        if list in wanted or tuple in wanted:
            items: list[Any] = []
            for item in _several(form, name):
                read: dict[str, Any] = {}
                _read_field(read, name, item, wanted, locale, faults, field=name)
                items += read.values()
            typed[name] = items
            continue
        _read_field(typed, name, form.get(name), wanted, locale, faults, field=name)
    return typed, faults


def _several(form: FormData, name: str) -> list[str]:
    """What was typed into the fields of this name, without those left empty."""
    return [item for item in form.getlist(name) if isinstance(item, str) and item.strip()]


def _many(kind: type[Command], form: FormData) -> dict[str, list[str]]:
    """The fields of the command that come several times, as they were typed."""
    return {
        name: _several(form, name)
        for name, field_ in kind.model_fields.items()
        if {list, tuple} & set(_leaves(field_.annotation))
    }


def _read_field(
    typed: dict[str, Any],
    name: str,
    value: object,
    wanted: set[Any],
    locale: Locale,
    faults: list[Fault],
    *,
    field: str,
) -> None:
    """What was typed into one field, under its name; `field` is what it is called in the form."""
    if not isinstance(value, str):
        return
    try:
        read = _read_one(value.strip(), wanted, locale)
    except AmbiguousNumberError:
        faults.append(ambiguous(field, value, locale))
        return
    if read is not None:  # a field left empty is a field left out
        typed[name] = read


def _is_row(leaf: object) -> bool:
    return isinstance(leaf, type) and issubclass(leaf, BaseModel)


def _rows(
    row: type[BaseModel],
    name: str,
    form: FormData,
    locale: Locale,
    faults: list[Fault],
    *,
    preset: Collection[str],
) -> tuple[list[dict[str, Any]], list[int]]:
    """The rows `outputs.0.kg`, `outputs.0.pieces`, `outputs.1.kg` … and the number of each.

    One in which nothing was typed is left out; what stands in a row from the start, `preset`, is not typed.
    """
    asked = (re.fullmatch(rf"{name}\.(\d{{1,3}})\.\w+", key) for key in form)
    rows: list[dict[str, Any]] = []
    numbers: list[int] = []
    for number in sorted({int(found[1]) for found in asked if found}):
        start = f"{name}.{number}."
        said = {key: form.get(start + key) for key in row.model_fields}
        if not any(str(value).strip() for key, value in said.items() if value and key not in preset):
            continue
        typed: dict[str, Any] = {}
        for key, field_ in row.model_fields.items():
            wanted = set(_leaves(field_.annotation))
            # Named as the command will have it; the draft knows which row of the form that is.
            _read_field(typed, key, said[key], wanted, locale, faults, field=f"{name}.{len(rows)}.{key}")
        rows.append(typed)
        numbers.append(number)
    return rows, numbers


def _read_one(value: str, wanted: set[Any], locale: Locale) -> Any:
    if value == "":
        return None if wanted & {Decimal, int, date, datetime, bool, type(None)} or str not in wanted else ""
    if bool in wanted:
        return value in {"on", "true", "1"}
    if Decimal in wanted or int in wanted:
        return plain_number(visible(value).strip(), locale)
    if datetime in wanted:
        return _moment(visible(value).strip())
    if date in wanted:
        return _day(visible(value).strip())
    return value


def _leaves(annotation: Any) -> Iterable[Any]:
    """The plain types inside Optional, Annotated and unions."""
    inner = get_args(annotation)
    if not inner:
        yield annotation
        return
    yield getattr(annotation, "__origin__", None)
    for part in inner:
        yield from _leaves(part)


class AmbiguousNumberError(ValueError):
    """A thousand or a thousandth: nobody can tell, so nobody guesses."""


# Groups of three with the same mark between them, and a different mark before decimals.
_GROUPED: Final = re.compile(
    r"-?[1-9]\d{0,2}(?P<mark>[.,\s])\d{3}(?P<more>(?:(?P=mark)\d{3})*)(?P<decimals>(?!(?P=mark))[.,]\d+)?"
)


def plain_number(typed: str, locale: Locale) -> str:
    """“1.234,5”, “1 234,5”, “1234.5” and “1,5” as Python writes them; what is no number comes back as it is.

    With both marks the last is the decimal one. The mark of the reader's language alone is read as decimal.
    The other mark, and a dot in any language, before exactly three digits (“1.234”) raises
    AmbiguousNumberError: a factor of a thousand in a weight is not a thing to guess.
    """
    grouped = _GROUPED.fullmatch(typed)
    if grouped is None:
        return typed.replace(",", ".") if re.fullmatch(r"-?\d*[.,]\d*", typed) else typed
    mark = grouped["mark"]
    if mark in ".," and not grouped["more"] and not grouped["decimals"]:
        if mark == "." or locale != "vi":
            raise AmbiguousNumberError(typed)
        return typed.replace(",", ".")
    return typed.replace(mark, "").replace(",", ".")


def ambiguous(name: str, value: str, locale: Locale) -> Fault:
    """What is said of a number that could be two, with both ways to write it clearly."""
    message = N_("“{typed}” could be read two ways. Write {whole} or {split}.")
    return Fault(name, message, _two_ways(value, locale))


def _two_ways(value: str, locale: Locale) -> dict[str, Any]:
    typed = value.strip()
    whole = re.sub(r"[.,]", "", typed)
    # Four digits behind the mark can only be decimals, in any language.
    split = re.sub(r"[.,]", ",", typed) if locale == "vi" else re.sub(r"[.,]", ".", typed) + "0"
    return {"typed": typed, "whole": whole, "split": split}


def _day(value: str) -> str:
    """dd/mm/yyyy as people write it; the browser's own field sends yyyy-mm-dd."""
    written = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value)
    return f"{written[3]}-{int(written[2]):02}-{int(written[1]):02}" if written else value


def _moment(value: str) -> str | datetime:
    """A field of a form has no zone: what people mean is the time in Vietnam."""
    day, _, clock = value.replace("T", " ").partition(" ")
    try:
        moment = datetime.fromisoformat(f"{_day(day)} {clock or '00:00'}")
    except ValueError:
        return value
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
