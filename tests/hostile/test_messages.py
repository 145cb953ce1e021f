"""Whatever is wrong with a command is said in a sentence of the reader's language, never in the framework's."""

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from hypothesis import given, settings
from pydantic import TypeAdapter, ValidationError

import trace.app  # noqa: F401 - every command there is
from tests.hostile.values import ANY_JSON, HOSTILE
from trace.kit.commands import Command
from trace.kit.problems import Fault
from trace.kit.translation import LOCALES, N_, Locale, say
from trace.kit.validation import MESSAGES, faults_of
from trace.records.commands import AnyRecord

SHRUG: Final = N_("This cannot be read. Please write it another way.")
VIETNAMESE: Final = re.compile("[à-ỹđ]", re.IGNORECASE)


def commands(kind: type[Command] = Command) -> Iterator[type[Command]]:
    for below in kind.__subclasses__():
        if below.__module__.startswith("trace."):
            yield below
        yield from commands(below)


COMMANDS: Final = sorted(set(commands()), key=lambda kind: kind.__name__)
FIELDS: Final = [(kind, name) for kind in COMMANDS for name in kind.model_fields]
RECORD: Final[TypeAdapter[Any]] = TypeAdapter(AnyRecord)


def faults(kind: type[Command], said: object) -> list[Fault]:
    try:
        kind.model_validate(said)
    except ValidationError as error:
        return faults_of(error)
    return []


def check(found: list[Fault]) -> None:
    for fault in found:
        assert fault.message != SHRUG, f"{fault.code} of {fault.field}"
        for locale in LOCALES:
            assert say(fault.message, locale, **fault.values).encode()
        assert VIETNAMESE.search(say(fault.message, "vi", **fault.values)), fault.message


def test_there_are_commands_to_try() -> None:
    assert len(COMMANDS) > 30


def test_every_hostile_value_in_every_field_is_answered_in_words() -> None:
    for kind, name in FIELDS:
        for value in HOSTILE:
            check(faults(kind, {name: value}))


@settings(max_examples=40)
@given(ANY_JSON)
def test_any_json_in_any_field_is_answered_in_words(value: object) -> None:
    for kind, name in FIELDS:
        check(faults(kind, {name: value}))


@settings(max_examples=40)
@given(ANY_JSON)
def test_any_json_for_a_command_is_answered_in_words(value: object) -> None:
    for kind in COMMANDS:
        check(faults(kind, value))


@pytest.mark.parametrize("said", [{}, {"kind": "none"}, {"kind": "\ud800"}, {"kind": None}, [], "x", None])
def test_a_record_of_no_kind_is_answered_in_words(said: object) -> None:
    with pytest.raises(ValidationError) as refused:
        RECORD.validate_python(said)
    check(faults_of(refused.value))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_is_a_sentence(locale: Locale) -> None:
    for message in {*MESSAGES.values(), SHRUG}:
        values = dict.fromkeys(re.findall(r"{(\w+)}", message), 3)
        text = say(message, locale, **values)
        assert re.fullmatch(r"\w.*[.]", text), text
        assert locale == "en" or VIETNAMESE.search(text)
