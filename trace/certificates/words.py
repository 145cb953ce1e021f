"""What kinds of certificates and their standing are called; one of our words is an English msgid."""

from typing import Final

from trace.certificates.models import CertificateKind
from trace.certificates.rules import Standing
from trace.kit.translation import N_

KINDS: Final[dict[str, str]] = {
    CertificateKind.VIETGAP: N_("VietGAP"),
    CertificateKind.GLOBALGAP: N_("GlobalG.A.P."),
    CertificateKind.OCOP: N_("OCOP"),
    CertificateKind.ORGANIC: N_("Organic"),
    CertificateKind.GROWING_AREA: N_("Growing area code"),
    CertificateKind.PACKING_HOUSE: N_("Packing-house code"),
    CertificateKind.OTHER: N_("Another certificate"),
}
# Why a certificate speaks for a batch, or does not, as a manager is told it.
STANDINGS: Final[dict[str, str]] = {
    Standing.CLAIMED: N_("Speaks for this batch"),
    Standing.EXPIRED: N_("Had ended before the harvest"),
    Standing.WITHDRAWN: N_("Was withdrawn"),
    Standing.USED_UP: N_("Its quantity is used up by batches published earlier"),
    Standing.NOT_YET: N_("Did not hold yet at the harvest"),
    Standing.OTHER_PRODUCT: N_("Names other products"),
    Standing.OTHER_PLACE: N_("Names other places"),
}
