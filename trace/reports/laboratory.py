"""The books of laboratory tests: of the ground before it is a risk, and of the produce."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from trace.kit.clock import day_in_vietnam
from trace.kit.translation import N_
from trace.laboratory.models import Found, LabResult, Sample, Verdict
from trace.laboratory.queries import Tested
from trace.laboratory.words import SAMPLES, VERDICTS
from trace.places.rules import fold
from trace.records.facts import Fact
from trace.reports.rules import Book, Entry, Said, Section


def sections(tests: Iterable[Tested], book: Book, *, produce: bool) -> tuple[Section, ...]:
    """By the day of the sample, the corrected and withdrawn ones among them."""
    found = [one for one in tests if (one.test.sample == Sample.PRODUCE) == produce]
    numbers = {one.id: number for number, one in enumerate(found, start=1)}
    entries = tuple(_entry(one, numbers) for one in found)
    return (Section(book.title, entries),) if entries else ()


def _entry(tested: Tested, numbers: dict[uuid.UUID, int]) -> Entry:
    return Entry(
        number=numbers[tested.id],
        done=tested.test.sampled_on,
        facts=tuple(_facts(tested)),
        done_by=tested.taken_by or "",
        written_by="",
        written_at=None,
        received_at=tested.test.received_at,
        late_days=0,  # a report takes its time; when it was sampled and entered stands beside each other
        note=tested.test.description or "",
        photos=1 if tested.test.photo_id else 0,
        marks=tuple(_marks(tested, numbers)),
        struck=not tested.stands,
    )


def _facts(tested: Tested) -> Iterator[Fact]:
    test = tested.test
    told: list[tuple[str, str, Any, bool]] = [
        ("sample", N_("Sample"), SAMPLES[test.sample], True),
        ("about", N_("Of"), tested.about, False),
        ("laboratory", N_("Laboratory"), test.laboratory, False),
        ("report_number", N_("Report number"), test.report_number, False),
        ("verdict", N_("Verdict"), VERDICTS[test.verdict], True),
        ("norm", N_("Compared with"), test.norm, False),
    ]
    for name, label, value, ours in told:
        if value is not None:
            yield Fact(name, label, value, ours=ours)
    seen: Counter[str] = Counter()
    for result in tested.results:
        # The same parameter of several reports stands in one column; twice in one report, in two.
        key = fold(result.parameter)
        seen[key] += 1
        yield _result(result, f"result {key} {seen[key]}")


def _result(result: LabResult, name: str) -> Fact:
    """The parameter is the label, as the report writes it."""
    unit = result.unit or ""
    if result.value is None:
        word = N_("not detected") if result.found == Found.NOT_DETECTED else N_("detected")
        return Fact(name, result.parameter, word, ours=True)
    if result.found == Found.BELOW:
        return Fact(name, result.parameter, f"< {result.value.normalize():f}", unit)
    return Fact(name, result.parameter, result.value, unit)


def _marks(tested: Tested, numbers: dict[uuid.UUID, int]) -> Iterator[Said]:
    for result in tested.results:
        if result.verdict == Verdict.FAIL:
            yield Said(
                N_("over the limit: {parameter}, at most {limit}"),
                (("parameter", result.parameter), ("limit", _limit(result))),
            )
    if tested.test.corrects_id:
        told: tuple[tuple[str, Any], ...] = (
            ("number", numbers.get(tested.test.corrects_id, "–")),
            ("reason", tested.test.correction_reason),
        )
        yield Said(N_("corrects no. {number}: {reason}"), told)
    if tested.corrected_by_id:
        yield Said(N_("corrected in no. {number}"), (("number", numbers.get(tested.corrected_by_id, "–")),))
    if tested.withdrawal:
        told = (
            ("day", day_in_vietnam(tested.withdrawal.withdrawn_at)),
            ("reason", tested.withdrawal.reason),
        )
        yield Said(N_("withdrawn on {day}: {reason}"), told)


def _limit(result: LabResult) -> str:
    return (
        "–" if result.max_value is None else f"{result.max_value.normalize():f} {result.unit or ''}".strip()
    )
