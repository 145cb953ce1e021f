"""Finds every form of the pages as a browser would, fills it in, and reads the page that answers."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from tests.people import PASSWORD, phone, tax_code

TEXT: Final = frozenset({"text", "tel", "search", "textarea"})
DATE: Final = frozenset({"date", "datetime-local"})
NUMBER: Final = frozenset({"decimal", "numeric"})
# What a person would write where the form is empty; for a choice, its first answer is taken.
GOOD: Final = {
    "amount": "5",
    "area": "1000",
    "circular": "75/2025/TT-BNNMT",
    "code": "TV-99",
    "commune": "Trường Tân",
    "commune_code": "11065",
    "content": "100",
    "correction_reason": "Ghi nhầm",
    "fertiliser": "KNO3",
    "finding": "Chưa thấy bọ trĩ",
    "hotline": "0220 3888 999",
    "manager_name": "Nguyễn Văn An",
    "name": "Dưa lê",
    "password": PASSWORD,
    "present": PASSWORD,
    "quantity": "120",
    "reason": "Ghi hai lần",
    "subject": "lá",
    "target": "phấn trắng",
    "trade_name": "Anvil 5SC",
    "what": "Vệ sinh nhà màng",
}


@dataclass
class Control:
    """One field: what kind it is, what stands in it, and what can be chosen."""

    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form as it stands on a page."""

    action: str
    multipart: bool
    controls: dict[str, Control] = field(default_factory=dict)

    def filled(self) -> dict[str, str]:
        """As a careful person would send it."""
        known = GOOD | {"phone": phone(), "tax_code": tax_code(77)}
        return {
            name: control.value or known.get(name, "") or next(filter(None, control.choices), "")
            for name, control in self.controls.items()
            if control.kind not in {"file", "checkbox"}
        }

    def typed(self) -> list[str]:
        """Names of the fields into which anything can be typed."""
        return [name for name, control in self.controls.items() if control.kind in TEXT | DATE | {"number"}]

    @property
    def files(self) -> list[str]:
        return [name for name, control in self.controls.items() if control.kind == "file"]


class Page(HTMLParser):
    """The forms of a page, and what it says is wrong."""

    def __init__(self, text: str, address: str) -> None:
        super().__init__()
        self.address = address
        self.forms: list[Form] = []
        self.said: list[str] = []
        self._filling: Control | None = None
        self._open: list[str] = []
        self._saying_since = 0
        self.feed(text)
        self.close()

    def form(self, action: str) -> Form | None:
        return next((form for form in self.forms if form.action == action), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._open.append(tag)
        if not self._saying_since and (
            given.get("role") == "alert" or given.get("class") in {"error", "doubt"}
        ):
            self._saying_since = len(self._open)
            self.said.append("")
        if tag == "form" and given.get("method") == "post":
            multipart = given.get("enctype") == "multipart/form-data"
            self.forms.append(Form(given.get("action") or self.address, multipart))
        elif tag == "option" and self._filling:
            self._filling.choices.append(given.get("value", ""))
            if "selected" in given:
                self._filling.value = given.get("value", "")
        elif self.forms and tag in {"input", "select", "textarea"} and "name" in given:
            self._control(self.forms[-1].controls, tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of an icon: it opens and closes at once."""

    def _control(self, controls: dict[str, Control], tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else tag
        if kind == "text" and given.get("inputmode") in NUMBER:
            kind = "number"
        value, name = given.get("value", ""), given["name"]
        if kind == "radio":
            control = controls.setdefault(name, Control(kind))
            control.choices.append(value)
            control.value = value if "checked" in given else control.value
        elif name in controls and not value and controls[name].kind == kind == "number":
            return  # one field several times, filled from the first on
        else:
            controls[name] = self._filling = Control(kind, value)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self._filling = None
        while self._open and self._open.pop() != tag:
            pass
        if len(self._open) < self._saying_since:
            self._saying_since = 0

    def handle_data(self, data: str) -> None:
        if self._saying_since:
            self.said[-1] += data
        if self._filling and self._open[-1:] == ["textarea"]:
            self._filling.value += data


_VOID: Final = frozenset({"input", "img", "meta", "link", "br", "hr"})
