"""What the interface says and takes: an allow-list. Nothing leaves that has no line here."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, Field

MOST_DIGITS = 2**53 - 1  # whole numbers that every program reads exactly
Name = Annotated[str, Field(max_length=300)]
Fen = Annotated[int, Field(ge=0, le=MOST_DIGITS, description="分")]


class Said(Schema):
    """What comes in has to be known: a slip in a name is refused and not passed over."""

    model_config = ConfigDict(extra="forbid")


class FindingOut(Schema):
    """One thing that a rule found: its code, how much it weighs, the sentence, the clause that says so, where."""

    code: str
    weight: Literal["refuse", "warn", "ask"]
    words: str
    clause: str | None
    at: list[str | int]


class Problem(Schema):
    """What is wrong (RFC 9457); ``findings`` are all reasons of the rules at once."""

    type: str
    title: str
    status: int
    detail: str
    findings: list[FindingOut]


class CallOut(Schema):
    """A published call, as lists show it. ``invented``: its deadline stands there for a demonstration only."""

    slug: str
    title: Name
    association: Name
    region: str
    year: int | None
    state: str
    published_at: datetime
    deadline_at: datetime | None
    invented: bool
    url: str


class CallsOut(Schema):
    """A page of calls; ``next`` is the ``after`` of the page behind it, null on the last one."""

    items: list[CallOut]
    next: int | None


class CategoryOut(Schema):
    """What can be applied for. ``node`` is its id, "" where the call has no categories; amounts for one project."""

    node: str
    name: Name
    group: str
    outcome: str
    least_fen: Fen | None
    most_fen: Fen | None
    places: int | None
    opens_at: datetime | None
    deadline_at: datetime | None
    invented: bool


class UnitOut(Schema):
    """A unit for which the token applies."""

    id: UUID
    name: Name


class RuleOut(Schema):
    """One rule with its answer for the unit."""

    rule: str
    verdict: Literal["passes", "fails", "person"]
    clause: str | None
    findings: list[FindingOut]


class EligibilityOut(Schema):
    """May the unit apply here? ``person``: the facts do not decide it. ``rules`` are asked one category at a time."""

    call: str
    node: str
    name: Name
    deadline_at: datetime | None
    verdict: Literal["passes", "fails", "person"]
    findings: list[FindingOut]


class CategoryEligibilityOut(EligibilityOut):
    """One category with every rule."""

    rules: list[RuleOut]


class ApplicationOut(Schema):
    """An application of one's own unit. ``version`` is that of the answers which stand."""

    id: UUID
    call: str
    node: str
    unit: UnitOut
    title: str
    state: Literal["draft", "submitted", "returned", "withdrawn"]
    number: str
    version: int
    edited_at: datetime
    submitted_at: datetime | None
    url: str


class ApplicationsOut(Schema):
    """A page of applications; ``next`` is the ``after`` of the page behind it, null on the last one."""

    items: list[ApplicationOut]
    next: int | None


class ContentOut(ApplicationOut):
    """An application with its answers: values by the id of the field, as the schema of the form says."""

    answers: dict[str, Any]
    open_fields: list[str] | None = Field(description="fields that may be changed; null: all of them")


class Begin(Said):
    """Begin an application of a unit in a category."""

    call: Annotated[str, Field(min_length=1, max_length=80)]
    node: Annotated[str, Field(max_length=80)] = ""
    unit: UUID


class Content(Said):
    """All answers of an application; ``version`` is the one they were made from."""

    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    answers: dict[str, Any]


class SavedOut(Schema):
    """What stands now; ``merged`` are the fields that others changed meanwhile, ``findings`` what stands against it."""

    version: int
    merged: list[str]
    findings: list[FindingOut]


class CheckOut(Schema):
    """Everything that stands against the application, as rules, limits and dates would decide now."""

    may_be_submitted: bool
    findings: list[FindingOut]


class Submit(Said):
    """Submit. ``reason`` is needed where the call only warns; ``queue`` is given by an answer that says to wait."""

    reason: Annotated[str, Field(max_length=400)] = ""
    queue: Annotated[str, Field(max_length=600)] = ""


class Reason(Said):
    """Why."""

    reason: Annotated[str, Field(min_length=1, max_length=400, pattern=r"\S")]


class ReceiptOut(Schema):
    """The proof that a submission is in: its number, the server's time that counts, the SHA-256 of its content."""

    id: UUID
    application: UUID
    number: str
    ordinal: int
    arrived_at: datetime
    digest: str
    deadline_at: datetime | None
    grace_seconds: int
    url: str


class AttachmentOut(Schema):
    """A file that the answers name in a field; ``digest`` is its SHA-256."""

    id: UUID
    field: str
    name: str
    size: int
    digest: str


class QueueOut(Schema):
    """What one unit has before it at one stage of a chain. ``quota``: how many it may forward; null: no limit."""

    id: UUID
    call: str
    node: str
    chain: str
    stage: int
    endorser: UnitOut
    co_signer: UnitOut | None
    quota: int | None
    deadline_at: datetime | None
    waiting: int
    recommended: int
    declined: int
    returned: int
    filed: int


class QueuesOut(Schema):
    """A page of queues; ``next`` is the ``after`` of the page behind it, null on the last one."""

    items: list[QueueOut]
    next: int | None


class QueueLineOut(Schema):
    """One application in a queue. ``rank`` is null where it is not recommended, ``place`` where it holds none."""

    application: UUID
    number: str
    title: str
    unit: UnitOut
    state: str
    rank: int | None
    place: int | None
    findings: list[FindingOut]


class QueueWithLinesOut(QueueOut):
    """One queue with its applications."""

    lines: list[QueueLineOut]
