"""Commands for site work: hygiene, waste, people, audits, complaints."""

from typing import Annotated, Any, Literal

from pydantic import Field

from trace.farms.models import Plot
from trace.kit.commands import Day, Line, OptionalLine, OptionalShortLine, Paragraph, Personal
from trace.records.choices import Cleaned, HealthResult, WasteKind
from trace.records.models import Weight
from trace.records.work import Amount, Count, Finding, Reason, SiteCommand


class RecordHygiene(SiteCommand):
    kind: Literal["hygiene"] = "hygiene"
    cleaned: Cleaned
    means: OptionalLine = Field(None, description="With what, and how.", examples=["Nước và xà phòng"])
    done_by: Annotated[OptionalLine, Personal()] = None


class RecordWaste(SiteCommand):
    kind: Literal["waste"] = "waste"
    waste: WasteKind
    weight: Amount | None = Field(None, examples=["3.5"])
    unit: Weight = Weight.KG
    pieces: Count | None = Field(None, description="Bottles and bags.")
    handed_to: Annotated[OptionalLine, Personal()] = Field(None, description="Who took it away.")


class _Private(SiteCommand):
    """For managers alone. What is written freely about people does not enter the journal either."""

    note: Annotated[Paragraph, Personal()] = ""
    correction_reason: Annotated[Reason | None, Personal()] = Field(
        None, description="Needed with `corrects_id`."
    )


class RecordTraining(_Private):
    kind: Literal["training"] = "training"
    topic: Line = Field(examples=["Sử dụng thuốc an toàn"])
    trainer: Annotated[OptionalLine, Personal()] = None
    people: Annotated[Paragraph, Personal()] = Field("", description="Who took part.")
    headcount: Count | None = None


class RecordHealth(_Private):
    kind: Literal["health"] = "health"
    person: Annotated[Line, Personal()] = Field(description="Who was examined.")
    birth_year: Annotated[Annotated[int, Field(ge=1900, le=2100)] | None, Personal()] = None
    result: Annotated[HealthResult, Personal()]
    clinic: Annotated[OptionalLine, Personal()] = None
    valid_until: Annotated[Day | None, Personal()] = Field(None, description="When to go again.")


class RecordAudit(SiteCommand):
    """An internal audit: what was found, what is done about it, who signed."""

    kind: Literal["audit"] = "audit"
    subject: Line = Field(description="What was looked at.", examples=["Kho thuốc"])
    finding: Finding = Field(description="What was found.", examples=["Thiếu biển cảnh báo"])
    remedy: Annotated[Paragraph, Field(max_length=500)] = ""
    due_on: Day | None = Field(None, description="By when it is set right.")
    signed_by: Annotated[OptionalLine, Personal()] = None

    def column(self, name: str, plot: Plot | None) -> Any:
        return self.remedy or None if name == "remedy" else super().column(name, plot)


class RecordComplaint(SiteCommand):
    kind: Literal["complaint"] = "complaint"
    lot_code: OptionalShortLine = Field(None, description="The lot as printed.")
    complaint: Finding = Field(description="What it is about.", examples=["Một quả bị dập"])
    complainant: Annotated[OptionalLine, Personal()] = Field(None, description="Who complained.")
    answer: Annotated[Paragraph, Field(max_length=500)] = ""

    def column(self, name: str, plot: Plot | None) -> Any:
        return self.answer or None if name == "answer" else super().column(name, plot)
