"""The commune in a form: what was typed, which code was chosen, and which there are to choose from."""

from dataclasses import dataclass
from typing import Annotated, Any, Final

from pydantic import AfterValidator
from starlette.datastructures import FormData

from trace.kit.forms import Draft
from trace.kit.translation import N_, say
from trace.kit.validation import wrong
from trace.places import queries as places
from trace.places.queries import Match
from trace.places.rules import legacy_label

_OFFERED: Final = 10
# Names repeat all over the country; the chosen one must be among those that the typed text can mean.
_MEANT: Final = 60


def _known(code: str) -> str:
    if places.commune(code) is None:
        raise wrong("place", N_("Choose the commune from the list."))
    return code


CommuneCode = Annotated[str, AfterValidator(_known)]


@dataclass(frozen=True)
class Typed:
    """The commune as a form sent it."""

    text: str
    matches: list[Match]
    given: dict[str, str]

    def settle(self, draft: Draft[Any]) -> list[Match]:
        """Say what is wrong beside the field that people see, and answer the communes they may mean."""
        if draft.errors.pop("commune_code", None) is None:
            draft.values |= self.given
            if code := draft.values.get("commune_code"):
                draft.values["commune"] = places.label(code)
            return []
        draft.values["commune_code"] = ""
        if not self.text:
            message = N_("Type the name of the commune, ward or special zone.")
        elif not self.matches:
            message = N_("No commune of this name was found. Try fewer letters, or the old name.")
        else:
            message = N_("Choose the commune from the list.")
        draft.errors["commune"] = say(message, draft.locale)
        return self.matches[:_OFFERED]


def typed(form: FormData) -> Typed:
    """Read the text, the code and, where a list was shown, the old address that goes with the choice.

    A code that does not fit the text is dropped: without JavaScript the text may be changed and the
    hidden code stay behind. A form that sends only the code is believed.
    """
    text, code = _text(form, "commune")[:80], _text(form, "commune_code")
    if "commune" not in form:
        return Typed("", [], {})
    matches = places.search(text, _MEANT)
    match = next((match for match in matches if match.commune.code == code), None)
    if match is None:
        return Typed(text, matches, {"commune_code": ""})
    given = {}
    if "commune_listed" in form and match.formerly and not _text(form, "former_label"):
        given["former_label"] = legacy_label(match.formerly)
    return Typed(text, matches, given)


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
