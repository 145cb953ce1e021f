"""The sheet on which a person agrees on paper: the very words, and where to sign below them."""

from trace.farms import wordings
from trace.farms.models import Household, Purpose
from trace.kit import paper
from trace.kit.paper import Paper, Rule, Text
from trace.kit.translation import N_, Locale, say

_TITLES = {
    Purpose.NAME: N_("Consent: shoppers may see my name"),
    Purpose.PHOTO: N_("Consent: shoppers may see pictures of me"),
}
_LINES = (N_("Full name"), N_("Date"), N_("Signature"), N_("Group leader, signature"))


def sheet(cooperative: str, household: Household, purpose: Purpose, locale: Locale) -> bytes:
    """With the code of the household and no name: whoever signs writes it."""
    made, words = Paper(), wordings.current(purpose)
    title = say(_TITLES[purpose], locale)
    made.line(title, size=16, bold=True)
    made.line(f"{cooperative} · {household.code}", size=11)
    made.space(10)
    for paragraph in words.paragraphs(locale):
        made.line(paragraph, size=12)
        made.space(5)
    made.space(14)
    for label in _LINES:
        made.space(34)
        made.pages[-1] += [
            Text(made.sheet.left, made.y, paper.PLAIN, 11, say(label, locale)),
            Rule(made.sheet.left + 150, made.y - 3, made.sheet.right - 160, made.y - 3),
        ]
    version = say(N_("Wording {version} of {day}"), locale, version=words.version, day=words.since)
    return made.written(
        title=title,
        margins=lambda _page, _of: [Text(made.sheet.left, 26, paper.PLAIN, 8, version, grey=True)],
    )
