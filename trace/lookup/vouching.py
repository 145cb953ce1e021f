"""What certifiers and laboratories say about a batch, told as public facts; no I/O."""

from datetime import date
from typing import Final

from trace.certificates.queries import Claim
from trace.laboratory.models import LabResult, Sample, Verdict
from trace.laboratory.queries import Tested
from trace.lookup.facts import (
    SELF_DECLARED,
    THIRD_PARTY,
    CertificateFacts,
    ResultFacts,
    TestFacts,
)
from trace.lookup.rules import without_phones
from trace.records.levels import Level

_COVERS: Final = ("batch", "cycle", "plot", "area")


def certificate(claim: Claim, *, today: date) -> CertificateFacts:
    stated, withdrawn = claim.certificate, claim.withdrawal
    return CertificateFacts(
        id=stated.id,
        kind=stated.kind,
        title=without_phones(stated.title) if stated.title else None,
        number=stated.number,
        issuer=without_phones(stated.issuer),
        stars=stated.stars,
        valid_from=stated.valid_from,
        valid_to=stated.valid_to,
        standing=claim.standing,
        ended=claim.period.ended(today),
        withdrawn_on=withdrawn.withdrawn_on if withdrawn else None,
        withdrawal_reason=without_phones(withdrawn.reason) if withdrawn else None,
        corrects=stated.corrects_id,
        correction_reason=without_phones(stated.correction_reason) if stated.correction_reason else None,
        check_url=stated.check_url,
        check_words=stated.check_words,
        evidence=vouched(has_paper=bool(stated.document_id or stated.photo_id)),
        has_file=stated.file_public,
    )


def test(tested: Tested) -> TestFacts:
    stated, withdrawn = tested.test, tested.withdrawal
    verdicts = [one.verdict for one in tested.results]
    return TestFacts(
        id=stated.id,
        sample=stated.sample,
        covers=next(name for name in _COVERS if getattr(stated, f"{name}_id")),
        laboratory=without_phones(stated.laboratory),
        sampled_on=stated.sampled_on,
        received_on=stated.received_on,
        reported_on=stated.reported_on,
        report_number=stated.report_number,
        norm=stated.norm,
        verdict=stated.verdict,
        passed=verdicts.count(Verdict.PASS),
        failed=verdicts.count(Verdict.FAIL),
        results=[_result(one) for one in tested.results],
        corrects=stated.corrects_id,
        correction_reason=without_phones(stated.correction_reason) if stated.correction_reason else None,
        corrected_by=tested.corrected_by_id,
        withdrawal_reason=without_phones(withdrawn.reason) if withdrawn else None,
        evidence=vouched(has_paper=bool(stated.document_id or stated.photo_id)),
        has_file=stated.file_public,
    )


def _result(one: LabResult) -> ResultFacts:
    return ResultFacts(
        parameter=without_phones(one.parameter),
        found=one.found,
        value=one.value,
        unit=one.unit,
        limit=one.max_value,
        verdict=one.verdict,
    )


def missing(certificates: list[CertificateFacts], tests: list[TestFacts]) -> list[str]:
    """What nobody but the cooperative vouches for."""
    there = {
        "certificate": any(one.standing == "claimed" for one in certificates),
        "laboratory": any(one.sample == Sample.PRODUCE and not one.struck for one in tests),
    }
    return [name for name, is_there in there.items() if not is_there]


def vouched(*, has_paper: bool) -> Level:
    """A third party speaks through its paper; without that it is the cooperative that says so."""
    return THIRD_PARTY if has_paper else SELF_DECLARED
