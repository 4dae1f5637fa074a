"""Rules about who may apply: kinds of unit, registers, track record, platforms, partners."""

from datetime import date
from typing import Literal

from pydantic import Field

from keqiao.core.programme.facts import Text, Texts
from keqiao.core.programme.rules.base import Rule


class ApplicantKind(Rule):
    """The applicant (or ``subject``) is a unit of one of the listed kinds."""

    type: Literal["applicant_kind"]
    any_of: Texts = Field(min_length=1)


class Proxy(Rule):
    """Units of ``kinds`` apply in the name of the units they depend on (以依托单位名义申报).

    Without ``kinds``, it is for whoever the summary describes (bases without legal person).
    """

    type: Literal["proxy"]
    kinds: Texts = ()
    in_name_of: Texts = Field(min_length=1)


class LegalStatus(Rule):
    """A fact of registration: independent legal person, registered where, account normal, registered how
    long.
    """

    type: Literal["legal_status"]
    legal_person: bool | None = None
    registered_in: Text | None = None
    bank_account: Text | None = None
    registered_years_min: int | None = Field(default=None, ge=1)


class Recognition(Rule):
    """``subject`` is on a register (被认定), with a grade or state, before a date; ``negate``: it is not on
    it.
    """

    type: Literal["recognition"]
    register_name: Text
    by: Texts = ()
    grade: Text | None = None
    state: Text | None = None
    negate: bool = False
    before: date | None = None


class History(Rule):
    """A look back: earlier work was done well (``good``), or nothing of the kind happened (``none``).

    ``years_back`` is the number of whole years looked back on; ``period`` the words (近三年, 上一年度).
    """

    type: Literal["history"]
    what: Texts = Field(min_length=1)
    outcome: Literal["good", "none"] = "good"
    period: Text | None = None
    years_back: int | None = Field(default=None, ge=1)


class Platform(Rule):
    """An account on an outside platform exists, is registered, or is fed."""

    type: Literal["platform"]
    platform: Text
    action: Literal["join", "register", "upload", "join_and_upload"]


class CoActor(Rule):
    """Another body of a kind takes a role: joint host, organiser, keynote speaker."""

    type: Literal["co_actor"]
    role: Text
    any_of: Texts = ()
    all_of: Texts = ()


class Joint(Rule):
    """Several units in one application. ``lead`` kinds lead, ``with_any`` kinds join; at least
    ``min_units``. ``confirmed_before`` says by when every unit that joins has accepted; None: it is asked, and only
    one that declines stops the application.
    """

    type: Literal["joint"]
    mode: Literal["required", "allowed", "encouraged"]
    lead: Texts = ()
    with_any: Texts = ()
    min_units: int | None = Field(default=None, ge=2)
    lead_required: bool = False
    confirmed_before: Literal["submitting", "forwarding"] | None = None


class Hosting(Rule):
    """Who hosts and who undertakes; ``open_to_applicants`` is false for the association's own item."""

    type: Literal["hosting"]
    host: Text | None = None
    roles: Texts = ()
    undertaken_by: Text | None = None
    open_to_applicants: bool | None = None
