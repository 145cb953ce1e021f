"""What certifiers and laboratories say about a batch, told as public facts; no I/O."""

from datetime import date

from trace.certificates.queries import Claim
from trace.lookup.facts import SELF_DECLARED, THIRD_PARTY, CertificateFacts
from trace.lookup.rules import without_phones
from trace.records.levels import Level


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


def missing(certificates: list[CertificateFacts]) -> list[str]:
    """What nobody but the cooperative vouches for."""
    claimed = any(one.standing == "claimed" for one in certificates)
    # No laboratory result can be entered so far, so none was.
    return [*([] if claimed else ["certificate"]), "laboratory"]


def vouched(*, has_paper: bool) -> Level:
    """A third party speaks through its paper; without that it is the cooperative that says so."""
    return THIRD_PARTY if has_paper else SELF_DECLARED
