"""What the database answered about a batch and its diary, told as public facts; no I/O."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row

from trace.batches.models import Hold
from trace.batches.recalled import CalledBack
from trace.batches.states import Ended, Stand
from trace.batches.supplied import Supplied
from trace.kit.clock import day_in_vietnam
from trace.lookup.facts import (
    ChangeFacts,
    CooperativeFacts,
    CycleFacts,
    EndFacts,
    EntryFacts,
    HoldFacts,
    Interval,
    OriginFacts,
    OverrideFacts,
    PhotoFacts,
    PlaceFacts,
    ProductFacts,
    RecallFacts,
    Standing,
    StatedFacts,
    SupplierFacts,
    WaitFacts,
)
from trace.lookup.rules import without_phones
from trace.records.early import Override
from trace.records.facts import Fact
from trace.records.models import Kind
from trace.records.rules import Spray
from trace.records.timeline import Line

Photos = dict[uuid.UUID, PhotoFacts]


def public_photos(line: Line, agreed: Collection[str], grower: str | None) -> tuple[uuid.UUID, ...]:
    """Those that strangers may see. Faces only of the person of a household (by code) that agreed to it.

    Who did the work says the record, or else who grows on the plot; nobody at all cannot agree.
    """
    if not line.photos_public or line.corrected_by_id is not None:
        return ()
    if line.faces and (line.household_code or grower) not in agreed:
        return ()
    return line.photo_ids


@dataclass(frozen=True)
class Telling:
    """The diary of one crop as told beside one batch of it."""

    lines: list[Line]
    photos: dict[uuid.UUID, list[PhotoFacts]]  # by the entry that shows them
    plot: str
    harvested_on: date
    published_at: datetime

    @cached_property
    def by_id(self) -> dict[uuid.UUID, Line]:
        return {line.id: line for line in self.lines}

    def entries(self) -> list[EntryFacts]:
        return [self._entry(line) for line in self.lines]

    def _entry(self, line: Line) -> EntryFacts:
        later = self.by_id.get(line.corrected_by_id) if line.corrected_by_id else None
        return EntryFacts(
            id=line.id,
            kind=line.kind,
            happened_at=line.happened_at,
            recorded_at=line.recorded_at,
            written_at=line.written_at,
            received_at=line.received_at,
            late_days=line.late_days,
            clock_wrong_seconds=round(line.clock_wrong_by.total_seconds()) if line.clock_wrong_by else None,
            plot=self.plot,
            household=line.household_code,
            stated=[_fact(fact) for fact in line.facts],
            photos=self.photos[line.id],
            corrects=line.corrects_id,
            correction_reason=without_phones(line.correction_reason) if line.correction_reason else None,
            corrected_by=line.corrected_by_id,
            retracted=line.retracted,
            after_publication=self._is_after_publication(line),
            struck_after_publication=later is not None and self._is_after_publication(later),
            after_harvest=day_in_vietnam(self._about(line).happened_at) > self.harvested_on,
            evidence=line.evidence,
            confirmed_at=line.confirmed_at,
        )

    def _about(self, line: Line) -> Line:
        """A retraction is about the work that it takes back, whenever it was said."""
        return self.by_id[line.corrects_id] if line.kind == Kind.RETRACTION and line.corrects_id else line

    def _is_after_publication(self, line: Line) -> bool:
        """Said when shoppers could read the page already, about what they had read or might have read there."""
        about = [line, *([self.by_id[line.corrects_id]] if line.corrects_id else [])]
        work = min(one.happened_at for one in about)
        return line.received_at > self.published_at and work <= self.published_at

    def overrides(self, harvest_id: uuid.UUID) -> list[OverrideFacts]:
        """Those of the harvest and of every record that it corrects or that corrects it."""
        return [_override(line.override) for line in self._chain(harvest_id) if line.override]

    def _chain(self, harvest_id: uuid.UUID) -> list[Line]:
        first = self.by_id[harvest_id]
        while first.corrects_id:
            first = self.by_id[first.corrects_id]
        chain = [first]
        while chain[-1].corrected_by_id:
            chain.append(self.by_id[chain[-1].corrected_by_id])
        return chain

    def interval(self, harvest: Line) -> Interval | None:
        if harvest.retracted:
            return None
        if harvest.broken:
            return "broken"
        if harvest.undeclared:
            return "undeclared"
        sprayed = any(
            line.stands and line.kind == Kind.SPRAYING and line.happened_at <= harvest.happened_at
            for line in self.lines
        )
        return "kept" if sprayed else "no spraying"


def wait(spray: Spray) -> WaitFacts:
    return WaitFacts(**_wait(spray))


def _wait(spray: Spray) -> dict[str, Any]:
    return {
        "pesticide": without_phones(spray.trade_name),
        "sprayed_on": day_in_vietnam(spray.happened_at),
        "phi_days": spray.phi_days,
        "harvest_from": spray.harvest_from,
    }


def _override(given: Override) -> OverrideFacts:
    return OverrideFacts(
        entry=given.record_id,
        reason=without_phones(given.reason),
        decided_at=given.given_at,
        **_wait(given.spray),
    )


def changes(entries: list[EntryFacts]) -> ChangeFacts:
    after = [entry for entry in entries if entry.after_publication]
    retracted = sum(entry.kind == Kind.RETRACTION for entry in after)
    corrected = sum(entry.corrects is not None for entry in after) - retracted
    return ChangeFacts(corrected=corrected, retracted=retracted, added=len(after) - corrected - retracted)


def _fact(fact: Fact) -> StatedFacts:
    value = fact.value
    if isinstance(value, str) and not fact.ours:
        value = without_phones(value)
    return StatedFacts(name=fact.name, label=fact.label, value=value, unit=fact.unit, ours=fact.ours)


def held(hold: Hold) -> HoldFacts:
    return HoldFacts(cause=hold.cause, reason=without_phones(hold.reason), since=hold.placed_at)


def recalled(one: CalledBack) -> RecallFacts:
    told = one.telling
    return RecallFacts(
        message=without_phones(told.message),
        message_en=without_phones(told.message_en) if told.message_en else None,
        authority=told.authority,
        document=told.document,
        since=one.at,
    )


def ended(end: Ended) -> EndFacts:
    return EndFacts(state=end.state, reason=without_phones(end.reason), since=end.at)


def product(row: Row[Any], photos: Photos) -> ProductFacts:
    return ProductFacts(
        name=row.product_name,
        variety=row.product_variety,
        brand=row.product_brand,
        gtin=row.product_gtin,
        origin=row.product_origin,
        net_content=row.product_net_content,
        storage=row.product_storage,
        photo=photos.get(row.product_photo),
    )


def cooperative(row: Row[Any]) -> CooperativeFacts:
    return CooperativeFacts(
        name=row.coop_name,
        street=row.coop_street,
        commune=row.coop_commune_label,
        commune_code=row.coop_commune_code,
        former_address=row.coop_former_label,
        # A made-up number must not pass for somebody's real one, wherever it is copied to.
        tax_code=f"MINH HỌA {row.coop_tax_code}" if row.coop_illustration else row.coop_tax_code,
        hotline=row.coop_hotline,
        gln=row.coop_gln,
        illustration=row.coop_illustration,
    )


def place(row: Row[Any], photos: Photos) -> PlaceFacts:
    return PlaceFacts(
        area=row.area_name,
        puc=row.area_puc,
        commune=row.area_commune_label,
        commune_code=row.area_commune_code,
        plot=row.plot_code,
        plot_kind=row.plot_kind,
        household=row.household,
        grower=row.household_name if row.household_named else None,
        portrait=photos.get(row.household_portrait) if row.household_pictured else None,
    )


def cycle(row: Row[Any], standing: list[Line]) -> CycleFacts:
    """What the records say comes before what was said when the cycle was opened."""
    sown = [line for line in standing if line.kind == Kind.SOWING]
    planted = [line for line in standing if line.kind == Kind.PLANTING]
    plants = sum(stated(line, "plant_count") or 0 for line in planted)
    return CycleFacts(
        name=row.cycle_name,
        variety=row.cycle_variety,
        sown_on=day_in_vietnam(sown[0].happened_at) if sown else row.cycle_sown_on,
        planted_on=day_in_vietnam(planted[0].happened_at) if planted else row.cycle_planted_on,
        plant_count=plants or row.cycle_plant_count,
    )


@dataclass(frozen=True, slots=True)
class Page:
    """The public page of a batch that a cooperative here sent, and how it stands."""

    code: str
    stand: Stand


def supplier(lot: Supplied, shown: Page | None) -> SupplierFacts:
    """Of a cooperative here, as far as its own page shows; of a partner, the name only where nobody is a person."""
    named = shown is not None if lot.sender_batch_id else lot.named
    return SupplierFacts(
        share=str(lot.share),
        percent=lot.percent,
        name=lot.supplier if named else None,
        lot_code=lot.their_lot or None if named or lot.partner_id else None,
        harvested_on=lot.harvested_on if shown or lot.partner_id else None,
        code=shown.code if shown else None,
        stand=shown.stand if shown else None,
    )


def missing(
    row: Row[Any], origins: list[OriginFacts], entries: list[EntryFacts], *, others: bool
) -> list[str]:
    """What a shopper might look for and nobody declared; the law's list of fields comes first.

    Of what others grew, nothing is declared here.
    """
    done = {(entry.kind, entry.plot) for entry in entries if not entry.struck}
    plots = {one.place.plot for one in origins}
    declared = {
        "photo": row.product_photo,
        "brand": row.product_brand,
        "best_before": row.best_before,
        "packed_on": row.packed_on,
        "net_content": row.product_net_content,
        "storage": row.product_storage,
        "gtin": row.product_gtin,
        "puc": not others and all(one.place.puc for one in origins),
        "variety": row.product_variety or (not others and all(one.cycle.variety for one in origins)),
        "sown_on": not others and all(one.cycle.sown_on for one in origins),
        "planted_on": not others and all(one.cycle.planted_on for one in origins),
        "spraying": not others and all((Kind.SPRAYING, plot) in done for plot in plots),
        "interval": not others and not any(one.undeclared_intervals for one in origins),
        "fertilising": not others and all((Kind.FERTILISING, plot) in done for plot in plots),
    }
    return [name for name, value in declared.items() if not value]


def harvest_now(harvest_id: uuid.UUID, lines: list[Line]) -> tuple[Line, Standing]:
    """What the diary says now about the harvest of a batch: the last correction, or that it never was."""
    by_id = {line.id: line for line in lines}
    line = by_id[harvest_id]
    while line.corrected_by_id is not None:
        if line.retracted:
            return line, "retracted"
        line = by_id[line.corrected_by_id]
    return line, "standing" if line.id == harvest_id else "corrected"


def stated(line: Line, name: str) -> Any:
    return next((fact.value for fact in line.facts if fact.name == name), None)
