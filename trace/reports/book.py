"""The diary of a crop cycle as a printed book: what stands on its pages."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from trace.accounts.rules import phone_for_people
from trace.kit import figures, paper
from trace.kit.paper import Cell, Column, Mark, Paper
from trace.kit.shortcodes import display
from trace.kit.translation import N_, Locale, say
from trace.reports import telling
from trace.reports.queries import Diary
from trace.reports.rules import SITE, Entry, Filled, Section, columns, labels

_NAMED: Final = 3
# In letters: the widest column, and what every column has besides its longest word.
_WIDEST: Final = 20
_MARGIN: Final = 4
_SIGNED: Final = (N_("Writer"), N_("Group leader"), N_("Inspector"))
_PLOTS: Final = {
    "greenhouse": N_("Greenhouse"),
    "net_house": N_("Net house"),
    "open_field": N_("Open field"),
}


def book(diary: Diary, locale: Locale) -> bytes:
    """The whole book as PDF."""
    made = Paper()
    _title(made, diary, locale)
    for filled in diary.books:
        _book(made, filled, locale)
    made.space(16)
    made.keep_together(120)
    made.line(say(N_("Signatures"), locale), size=11, bold=True)
    made.space(6)
    made.signatures([say(who, locale) for who in _SIGNED], say(N_("date, signature, full name"), locale))
    return made.written(
        title=_called(diary, locale),
        margins=lambda page, of: _frame(made, diary, page, of, locale),
    )


def _title(made: Paper, diary: Diary, locale: Locale) -> None:
    made.line(say(N_("Production diary"), locale), size=17, bold=True)
    made.line(diary.name, size=11)
    if diary.cooperative.illustration:
        made.line(
            say(N_("Illustration: the cooperative and everybody in it are made up."), locale), bold=True
        )
    made.space(8)
    made.line(f"{SITE.number}. {say(SITE.title, locale)}", size=11, bold=True)
    made.space(4)
    made.facts([(say(label, locale), value) for label, value in site(diary, locale)])
    made.space(8)
    made.line(
        say(
            N_(
                "Each entry shows when the work was done, when it was written down and when the server received "
                "it. Nothing is erased: a corrected entry stays, struck out, and names the one that replaces it. "
                "“Late” counts whole days of 24 hours from the work to the server."
            ),
            locale,
        ),
        grey=True,
    )
    if not diary.people:
        made.line(say(N_("The book about people is left out of this copy."), locale), grey=True)


def site(diary: Diary, locale: Locale) -> Iterator[tuple[str, str]]:
    it, cycle = diary.cooperative, diary.cycle
    none = say(N_("not declared"), locale)
    square_metres = f"{figures.number(diary.plot.area_m2, locale)} m²"
    yield N_("Cooperative"), it.name
    yield N_("Address"), ", ".join(part for part in (it.street, it.commune_label) if part)
    yield N_("Tax code"), f"MINH HỌA {it.tax_code}" if it.illustration else it.tax_code
    yield N_("Hotline"), phone_for_people(it.hotline)
    yield N_("Growing area"), f"{diary.area.name}, {diary.area.commune_label}"
    yield N_("Growing area code"), diary.area.puc or none
    yield N_("Plot"), f"{diary.plot.code} · {say(_PLOTS[diary.plot.kind], locale)} · {square_metres}"
    yield N_("Household"), diary.household.spoken if diary.household else say(N_("the cooperative"), locale)
    yield N_("Crop"), cycle.product_name
    yield N_("Variety"), cycle.variety or none
    yield N_("Crop cycle"), cycle.name
    yield N_("Sown"), figures.day(cycle.sown_on, locale) if cycle.sown_on else none
    yield N_("Planted out"), figures.day(cycle.planted_on, locale) if cycle.planted_on else none
    yield N_("Plants"), figures.number(cycle.plant_count, locale) if cycle.plant_count else none
    yield N_("Opened"), figures.moment(cycle.opened_at, locale)
    yield (
        N_("Closed"),
        figures.moment(cycle.closed_at, locale) if cycle.closed_at else say(N_("open"), locale),
    )
    lots = "; ".join(f"{lot} ({display(code)})" for lot, code in diary.batches)
    yield N_("Batches"), lots or say(N_("none so far"), locale)


def _book(made: Paper, filled: Filled, locale: Locale) -> None:
    made.space(12)
    made.keep_together(5 * paper.LEADING)
    made.line(f"{filled.book.number}. {say(filled.book.title, locale)}", size=11, bold=True)
    made.space(4)
    if not filled.sections:
        made.line(say(N_("No entries."), locale))
    for section in filled.sections:
        if len(filled.book.kinds) > 1:
            made.keep_together(5 * paper.LEADING)
            made.line(say(section.title, locale), size=9, bold=True)
            made.space(3)
        _section(made, section, locale)
        made.space(8)


def _section(made: Paper, section: Section, locale: Locale) -> None:
    own = dict(columns(section.entries))
    further = any(set(labels([entry])) - own.keys() or entry.note for entry in section.entries)
    made.table(
        [
            Column(say(N_("Entry no."), locale), points=30),
            Column(say(N_("When the work was done"), locale), points=56),
            *(Column(say(label, locale), _letters(section, name, locale)) for name, label in own.items()),
            *([Column(say(N_("Further facts, note"), locale), _WIDEST)] if further else []),
            Column(say(N_("Done by, written by"), locale), points=68),
            Column(say(N_("Written, received, marks"), locale), points=108),
        ],
        [list(_row(entry, own.keys(), locale, further=further)) for entry in section.entries],
    )


def _letters(section: Section, name: str, locale: Locale) -> int:
    """Of the longest word in a column, within reason: no word shall be broken that need not be."""
    values = (
        telling.value(fact, locale) for entry in section.entries for fact in entry.facts if fact.name == name
    )
    return min(_WIDEST, max((len(word) for value in values for word in value.split()), default=0) + _MARGIN)


def _row(entry: Entry, own: Collection[str], locale: Locale, *, further: bool) -> Iterator[Cell]:
    stated = {fact.name: fact for fact in entry.facts}
    struck = entry.struck
    yield Cell((str(entry.number),), struck=struck)
    yield Cell((telling.done(entry, locale),), struck=struck)
    for name in own:
        yield Cell((telling.value(stated[name], locale),) if name in stated else (), struck=struck)
    if further:
        others = [
            f"{say(fact.label, locale)}: {telling.value(fact, locale)}"
            for name, fact in stated.items()
            if name not in own
        ]
        yield Cell((*others, *([entry.note] if entry.note else [])), struck=struck)
    yield Cell(tuple(dict.fromkeys(part for part in (entry.done_by, entry.written_by) if part)))
    yield Cell(tuple(_clocks(entry, locale)), tuple(telling.said(mark, locale) for mark in entry.marks))


def _clocks(entry: Entry, locale: Locale) -> Iterator[str]:
    if entry.written_at:
        yield say(N_("written {moment}"), locale, moment=entry.written_at)
    if entry.received_at:
        yield say(N_("received {moment}"), locale, moment=entry.received_at)
    if entry.photos:
        yield say(N_("photos: {count}"), locale, count=entry.photos)


def _frame(made: Paper, diary: Diary, page: int, of: int, locale: Locale) -> Sequence[Mark]:
    lots = [f"{lot} · {display(code)}" for lot, code in diary.batches[:_NAMED]]
    if len(diary.batches) > _NAMED:
        lots.append(f"+{len(diary.batches) - _NAMED}")
    batch = say(N_("Batches"), locale)
    written = say(N_("made {moment}"), locale, moment=diary.made_at)
    place = say(N_("page {page} of {of}"), locale, page=page, of=of)
    return made.frame(
        (diary.cooperative.name, _called(diary, locale)),
        (f"{batch}: {'; '.join(lots) or '–'}", f"{written} · {place}"),
    )


def _called(diary: Diary, locale: Locale) -> str:
    title = say(N_("Production diary"), locale)
    return f"{title} · {diary.name}"
