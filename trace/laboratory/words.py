"""What samples and verdicts are called; one of our words is an English msgid."""

from typing import Final

from trace.kit.translation import N_
from trace.laboratory.models import Sample, Verdict

SAMPLES: Final[dict[str, str]] = {
    Sample.PRODUCE: N_("Produce"),
    Sample.SOIL: N_("Soil"),
    Sample.WATER: N_("Irrigation water"),
    Sample.SUBSTRATE: N_("Substrate"),
}
VERDICTS: Final[dict[str, str]] = {
    Verdict.PASS: N_("Passed"),
    Verdict.FAIL: N_("Not passed"),
    Verdict.NOT_JUDGED: N_("Not judged"),
}
