"""Everything a stranger may know about one published batch; the page and its JSON twin show the same tree.

What members write freely can name people, so the notes of the diary are not in here, and neither are the
names and telephones of members and households: the household's code stands for its people, until the person
of the household agrees to more. The typed fields of a record and the reason of a correction are in here: they
are the statement itself.
"""

import uuid
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field

from trace.kit.clock import day_in_vietnam
from trace.kit.commands import ReadModel
from trace.records.levels import Level
from trace.records.models import Kind

SELF_DECLARED = Level.SELF_DECLARED
THIRD_PARTY = Level.THIRD_PARTY


class PhotoFacts(ReadModel):
    """A photograph; `/b/{code}/photos/{id}/small.webp` and `…/large.webp` answer it."""

    id: uuid.UUID
    small_width: int
    small_height: int
    width: int = Field(description="Of the large size.")
    height: int


class ProductFacts(ReadModel):
    name: str
    variety: str | None
    brand: str | None
    gtin: str | None = Field(description="14 digits.", examples=["09521234560012"])
    origin: str = Field(description="ISO 3166-1 alpha-2.", examples=["VN"])
    net_content: str | None
    storage: str | None
    photo: PhotoFacts | None


class CooperativeFacts(ReadModel):
    """The legal entity that issued the batch and answers for what is said about it."""

    name: str
    street: str | None
    commune: str = Field(examples=["xã Trường Tân, TP Hải Phòng"])
    commune_code: str = Field(description="Code of the statistics office.", examples=["11065"])
    former_address: str | None = Field(description="The address before 1 July 2025.")
    tax_code: str = Field(description="Begins with MINH HỌA where the cooperative is made up.")
    hotline: str = Field(description="E.164; an office number.")
    gln: str | None
    illustration: bool = Field(description="Made up to show the product; nothing here is real.")


class PlaceFacts(ReadModel):
    """Where it grew, as precisely as is published: names and codes, never a point on the map."""

    area: str
    puc: str | None = Field(description="Production unit code, mã số vùng trồng.")
    commune: str
    commune_code: str
    plot: str = Field(description="The cooperative's code of the plot.", examples=["NM-A1"])
    plot_kind: str = Field(description="`greenhouse`, `net_house` or `open_field`.")
    household: str | None = Field(description="Code of the grower's household.", examples=["TV-07"])
    grower: str | None = Field(
        description="Name of the household's person, only while that person agrees to it."
    )
    portrait: PhotoFacts | None = Field(description="Of that person, only while they agree to it.")


class CycleFacts(ReadModel):
    name: str
    variety: str | None
    sown_on: date | None
    planted_on: date | None
    plant_count: int | None


class StatedFacts(ReadModel):
    """One typed field of a record. Labels, units and our own words are English here; pages translate them."""

    name: str = Field(examples=["phi_days"])
    label: str = Field(examples=["Pre-harvest interval"])
    value: int | Decimal | date | str | tuple[Decimal, ...]
    unit: str = Field(description="Empty where there is none.", examples=["days"])
    ours: bool = Field(description="The value is one of our words; otherwise it is as somebody wrote it.")


class EntryFacts(ReadModel):
    """One record of the diary with its three clocks. What was corrected stays in the list."""

    id: uuid.UUID
    kind: str
    happened_at: datetime = Field(description="When it was done, as the writer says.")
    recorded_at: datetime = Field(description="When it was written down, by the device's clock.")
    written_at: datetime = Field(description="The same, with a clock known to be wrong put right.")
    received_at: datetime = Field(description="When the server took it in.")
    late_days: int = Field(description="Whole days of 24 hours between doing and receiving.")
    clock_wrong_seconds: int | None = Field(
        description="How far the device's clock was ahead of the server's, negative when behind: `recorded_at` is "
        "not to be trusted. Null when it was right within 5 minutes, or nobody knows."
    )
    plot: str = Field(description="The cooperative's code of the plot of the crop.", examples=["NM-A1"])
    household: str | None
    stated: list[StatedFacts]
    photos: list[PhotoFacts]
    corrects: uuid.UUID | None = Field(description="The entry that this one replaces.")
    correction_reason: str | None
    corrected_by: uuid.UUID | None = Field(description="The entry that replaces this one.")
    retracted: bool = Field(description="Taken back: it should never have been written.")
    after_publication: bool = Field(
        description="Written after the batch was published about work before it: a correction, a retraction, or "
        "an entry that comes late."
    )
    struck_after_publication: bool = Field(
        description="Shoppers saw it stand before it was corrected or taken back."
    )
    after_harvest: bool = Field(description="Done on a later day than the harvest of this batch.")
    evidence: Level = Field(
        description="How well it is backed: `self-declared`, `photo` (taken at the work, sent soon), `confirmed` by a "
        "second person of the cooperative, or `third-party`. It is worked out from facts at each reading."
    )
    confirmed_at: datetime | None = Field(description="When the second person confirmed it.")

    @property
    def day(self) -> date:
        return day_in_vietnam(self.happened_at)

    @property
    def clock_wrong_by(self) -> timedelta | None:
        return None if self.clock_wrong_seconds is None else timedelta(seconds=self.clock_wrong_seconds)

    @property
    def written_day(self) -> date:
        return day_in_vietnam(self.written_at)

    @property
    def received_day(self) -> date:
        return day_in_vietnam(self.received_at)

    @property
    def speaks(self) -> bool:
        """Whether it still says something about work."""
        return not self.struck and self.kind != Kind.RETRACTION

    @property
    def struck(self) -> bool:
        """Whether something later stands in its place, or says that it should never have been written."""
        return self.corrected_by is not None


class HoldFacts(ReadModel):
    """The cooperative keeps the batch back until a manager has decided."""

    cause: str = Field(description="`test`: a laboratory test failed; `decision`: a manager decided so.")
    reason: str = Field(description="As the cooperative wrote it.")
    since: datetime = Field(description="When it was placed.")


class RecallFacts(ReadModel):
    """The cooperative calls the batch back from whoever has some of it."""

    message: str = Field(description="What to do with it, in Vietnamese, as the cooperative wrote it.")
    message_en: str | None = Field(description="The same in English.")
    authority: str | None = Field(description="Which ordered it; null: the cooperative does it by itself.")
    document: str | None = Field(description="Number of the authority's decision.")
    since: datetime


class EndFacts(ReadModel):
    """The cooperative said that the batch does not count any more, or that nothing is left of it."""

    state: str = Field(description="`withdrawn` or `closed`.")
    reason: str = Field(description="As the cooperative wrote it.")
    since: datetime


class CertificateFacts(ReadModel):
    """A certificate whose scope this batch lies in. Only a claimed one speaks for it."""

    id: uuid.UUID
    kind: str = Field(examples=["vietgap"])
    title: str | None = Field(description="What a certificate of kind `other` certifies.")
    number: str
    issuer: str
    stars: int | None = Field(description="Of OCOP.")
    valid_from: date
    valid_to: date | None
    standing: str = Field(description="`claimed`: valid at the harvest; `expired` before it; `withdrawn`.")
    ended: bool = Field(description="Its last day has passed.")
    withdrawn_on: date | None
    withdrawal_reason: str | None
    corrects: uuid.UUID | None = Field(description="It was stated wrongly before.")
    correction_reason: str | None
    check_url: str | None = Field(description="Where anybody can check it; another website.")
    check_words: str | None
    evidence: Level = Field(description="`third-party` where the cooperative keeps the paper itself.")
    has_file: bool = Field(description="`/b/{code}/certificates/{id}/file` gives it.")

    @property
    def check_site(self) -> str | None:
        """Whose website that is."""
        return urlsplit(self.check_url).hostname if self.check_url else None


class ResultFacts(ReadModel):
    """One parameter of a laboratory's report."""

    parameter: str
    found: str = Field(description="`number`, `below`, `not_detected` or `detected`.")
    value: Decimal | None
    unit: str | None
    limit: Decimal | None = Field(description="0: none may be there.")
    verdict: str = Field(description="`pass`, `fail` or `not_judged`.")


class TestFacts(ReadModel):
    """A laboratory's report about the produce, or about the ground and the water it grew with."""

    id: uuid.UUID
    sample: str = Field(description="`produce`, `soil`, `water` or `substrate`.")
    covers: str = Field(description="`batch`, `cycle`, `plot` or `area`.")
    laboratory: str
    sampled_on: date
    received_on: date | None
    reported_on: date | None
    report_number: str | None
    norm: str | None = Field(description="What the results were compared with.")
    verdict: str = Field(description="`pass`, `fail` or `not_judged`.")
    passed: int
    failed: int
    results: list[ResultFacts]
    corrects: uuid.UUID | None
    correction_reason: str | None
    corrected_by: uuid.UUID | None = Field(description="Another report stands in its place.")
    withdrawal_reason: str | None = Field(description="Given where the report does not count any more.")
    evidence: Level = Field(description="`third-party` where the cooperative keeps the report itself.")
    has_file: bool = Field(description="`/b/{code}/tests/{id}/file` gives it.")

    @property
    def struck(self) -> bool:
        return self.corrected_by is not None or self.withdrawal_reason is not None

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    @property
    def within_limits(self) -> bool:
        """Whether every parameter that passed was compared with a limit."""
        return all(one.limit is not None for one in self.results if one.verdict == "pass")


class WaitFacts(ReadModel):
    """A spraying and the interval that a harvest should have waited for."""

    pesticide: str = Field(examples=["Ridomil Gold 68WG"])
    sprayed_on: date
    phi_days: int | None
    harvest_from: date | None = Field(description="The first day on which might have been harvested.")


class OverrideFacts(WaitFacts):
    """A manager of the cooperative let the harvest go before that day; told for ever, without a name."""

    entry: uuid.UUID = Field(description="The harvest with which it was decided.")
    reason: str
    decided_at: datetime


class ChangeFacts(ReadModel):
    """What the diary said after the batch was published, about work before that."""

    corrected: int = Field(description="Entries replaced by a correction.")
    retracted: int = Field(description="Entries taken back.")
    added: int = Field(description="Work written down only then.")


Interval = Literal["kept", "broken", "undeclared", "no spraying"]


Standing = Literal["standing", "corrected", "retracted"]


class OriginFacts(ReadModel):
    """A harvest that the batch is of, with the crop it was cut in. Together their shares make one."""

    share: str = Field(description="Of the batch by weight, exactly.", examples=["31/50"])
    percent: int = Field(description="Rounded so that together they make 100; 0 is less than one.")
    harvested_on: date
    harvest_entry: Standing
    interval: Interval | None
    waits_for: WaitFacts | None
    overrides: list[OverrideFacts]
    undeclared_intervals: list[str]
    place: PlaceFacts
    cycle: CycleFacts


class PlotShareFacts(ReadModel):
    """How much of the batch grew on one plot."""

    plot: str = Field(examples=["NM-A1"])
    share: str = Field(examples=["31/50"])
    percent: int


class SupplierFacts(ReadModel):
    """Goods of somebody else that the batch is of. What grew them and with what, is for their supplier to say."""

    share: str = Field(description="Of the batch by weight, exactly.", examples=["1/4"])
    percent: int
    name: str | None = Field(description="Null: a person, or somebody who has published nothing of it.")
    lot_code: str | None = Field(description="The supplier's own; null where there is none to be shown.")
    harvested_on: date | None = Field(description="As the supplier says; null: it does not say.")
    code: str | None = Field(
        description="Of the supplier's own page on this platform.", examples=["7K3M9Q2M"]
    )
    stand: str | None = Field(description="Of the supplier's batch, where it has a page.")


class BatchFacts(ReadModel):
    code: str = Field(description="Short code on the label.", examples=["7K3M9Q2M"])
    state: str = Field(examples=["published"])
    published_at: datetime
    recalled: RecallFacts | None = Field(description="Null: nobody called it back.")
    on_hold: bool = Field(description="It should be neither sold nor eaten for the time being.")
    holds: list[HoldFacts] = Field(description="The open ones, the first first.")
    stand: str = Field(
        description="`published`, `closed`, `withdrawn`, `on_hold` or `recalled`: of several, the gravest.",
        examples=["published"],
    )
    ends: list[EndFacts] = Field(description="The batch was withdrawn or closed, the first said first.")
    lot_code: str = Field(examples=["TMD-DL-261108-01"])
    harvested_on: date | None = Field(
        description="Of several harvests, the first; null: it came from a supplier who does not say."
    )
    packed_on: date | None
    best_before: date | None
    days_left: int | None = Field(
        description="Until the best-before date, by Vietnam's calendar; negative after it."
    )
    quantity: Decimal = Field(description="As the cooperative entered it.")
    unit: str = Field(description="`kg`, `yen` (10 kg), `ta` (100 kg) or `tan` (1,000 kg).")
    quantity_kg: Decimal
    pieces: int | None
    harvest_entry: Standing | None = Field(
        description="What became of the diary's entry on which the batch rests; of several the worst. Null: all "
        "of it came from others."
    )
    harvest_due_from: date | None = Field(
        description="The harvest came before this day, on which the last pre-harvest interval ended."
    )
    interval: Interval | None = Field(
        description="Whether the harvest waited for what was sprayed, as far as the diary says; null when the "
        "harvest was taken back, or when nobody here can tell because some of it came from others."
    )
    waits_for: WaitFacts | None = Field(
        description="The interval that the harvest did not wait for, by the diary as it stands now."
    )
    overrides: list[OverrideFacts] = Field(
        description="Why it was harvested within an interval, whatever was corrected since."
    )
    undeclared_intervals: list[str] = Field(
        description="Pesticides before the harvest whose pre-harvest interval nobody declared."
    )
    changed_after_publication: ChangeFacts
    evidence: Level = Field(description="Of what stands on the label; each entry of the diary has its own.")
    product: ProductFacts
    cooperative: CooperativeFacts
    place: PlaceFacts | None = Field(description="Null: it is of several crops; see `origins`.")
    cycle: CycleFacts | None = Field(description="Null: it is of several crops; see `origins`.")
    plots: list[PlotShareFacts] = Field(description="Where it grew by weight, the largest share first.")
    origins: list[OriginFacts] = Field(description="Every harvest that it is of, the largest share first.")
    suppliers: list[SupplierFacts] = Field(
        description="Of what others grew; together with the origins the shares make one."
    )
    certificates: list[CertificateFacts]
    tests: list[TestFacts] = Field(description="Of laboratories, the first sampled first.")
    timeline: list[EntryFacts] = Field(description="The diary of its crops, oldest first.")
    missing: list[str] = Field(
        description="What nobody declared, as the name of the field.", examples=[["packed_on", "puc"]]
    )

    @property
    def path(self) -> str:
        return f"/b/{self.code}"

    @property
    def withdrawn(self) -> EndFacts | None:
        return next((one for one in self.ends if one.state == "withdrawn"), None)

    @property
    def levels(self) -> dict[Level, int]:
        """How many of the entries that stand are backed how well, weakest first."""
        counted = Counter(entry.evidence for entry in self.timeline if entry.speaks)
        return {level: counted[level] for level in Level if counted[level]}

    @property
    def crops(self) -> list[OriginFacts]:
        """One harvest for each crop, because a crop's place and dates are told once."""
        return list({(one.place.plot, one.cycle.name): one for one in reversed(self.origins)}.values())[::-1]

    @property
    def shows_people(self) -> bool:
        """Whether somebody is named or pictured, who may take it back tomorrow."""
        return any(one.place.grower or one.place.portrait for one in self.origins)
