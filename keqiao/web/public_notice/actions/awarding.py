"""Make known what was confirmed: the list, a letter to each unit, titles into the register."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.roles import LEADER, OFFICER
from keqiao.core.lifecycle.selection import SelectionState as S
from keqiao.core.workdays import shanghai_day
from keqiao.web.allocation.queries import pilots_of, selections_of
from keqiao.web.audit.log import By
from keqiao.web.parties.actions import count_public_change
from keqiao.web.programmes.definitions import digest_of
from keqiao.web.public_notice.actions.writing import note, refusal
from keqiao.web.public_notice.listing import contents
from keqiao.web.public_notice.models import Award, AwardItem, AwardTitle, ResultLetter
from keqiao.web.public_notice.numbers import numbers_of
from keqiao.web.public_notice.permissions import Viewer, is_officer
from keqiao.web.public_notice.queries import call_to_notice, confirmed_of
from keqiao.web.public_notice.stated import is_topic, programme_in_force, title_of
from keqiao.web.public_notice.telling import tell_unit
from keqiao.web.registers.actions.recognitions import NewRecognition, grant
from keqiao.web.registers.actions.writing import By as Writer
from keqiao.web.review.queries.feedback import comments_told

NOT_CHOSEN = (S.NOT_CHOSEN, S.ABSORBED, S.MERGED, S.DROPPED, S.SUBSTITUTED)
"""Who is told that it was not chosen; who is in reserve still waits."""
MERGED_INTO = "已并入“{title}”"
TAKEN_IN_BY = "已纳入立项的试点项目“{title}”，作为其子项目实施，不另立项"
DUPLICATE_OF = "与“{title}”为同一选题"
SOURCE = "立项通知"


@dataclass(frozen=True, slots=True)
class AwardWording:
    """What an officer writes in the notice of an award; see ``models.Award`` for each value.

    ``titles``: those that the call confers, each with the id of its register.
    """

    title: str
    number: str = ""
    procedure: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    agreement_by: date | None = None
    agreement_copies: int = 3
    regulation: str = ""
    mark: str = ""
    finish_by: date | None = None
    contacts: str = ""
    feedback: str = ""
    role: str = ""
    scheme_id: Any = None
    titles: tuple[tuple[str, Any], ...] = ()

    def columns(self) -> dict[str, Any]:
        """Return the values by the names of the table's columns; ``titles`` have a table of their own."""
        plain = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "titles"}
        return {**plain, "procedure": list(self.procedure), "fields": list(self.fields)}


@dataclass(frozen=True, slots=True)
class Joined:
    """The titles of the topics that went into a project: as parts of it, and those that were the same topic."""

    parts: tuple[str, ...] = ()
    duplicates: tuple[str, ...] = ()

    def said(self) -> list[list[str]]:
        """Return what the digest is made of: one list where nothing was the same topic."""
        return [list(self.parts), *([list(self.duplicates)] if self.duplicates else [])]


@transaction.atomic
def draft_award(call_id: UUID, wording: AwardWording, *, actor: Viewer, at: datetime) -> Award:
    """Draft the notice of an award about what is confirmed in a call.

    Raises:
        Http404: the call is not the actor's business.
        Refused: nothing is confirmed, or the number is taken.
    """
    call = call_to_notice(actor, call_id, at)
    if not is_officer(actor, call.association_id, at):
        raise refusal("public_notice.not_yours")
    award = Award(association_id=call.association_id, call=call, made_by_id=actor.pk, made_at=at)
    _write(award, wording)
    award.save(force_insert=True)
    _write_titles(award, wording)
    note("drafted", award, By(actor, OFFICER, at))
    return award


@transaction.atomic
def edit_award(award_id: UUID, version: int, wording: AwardWording, *, actor: Viewer, at: datetime) -> Award:
    """Change the notice of an award that is not issued. As :func:`draft_award`."""
    award = locked_award(award_id)
    if not is_officer(actor, award.association_id, at):
        raise Award.DoesNotExist
    if award.issued_at is not None:
        raise refusal("public_notice.issued_already")
    if award.version != version:
        raise refusal("public_notice.changed_meanwhile")
    _write(award, wording)
    award.version += 1
    award.save()
    _write_titles(award, wording)
    note("edited", award, By(actor, OFFICER, at))
    return award


def locked_award(pk: UUID) -> Award:
    """Return an award under lock."""
    rows = Award.objects.select_for_update(of=("self",))
    return rows.select_related("call", "association__organisation").get(pk=pk)


def lines_now(award: Award) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return the selections that an award would name now, and what it would say of each."""
    selections = list(confirmed_of(award.call_id))
    programme = programme_in_force(award.call)
    lines = contents(selections, programme, award.fields) if programme else []
    return selections, [{**line, "role": award.role} if award.role else line for line in lines]


def award_digest(award: Award, lines: Sequence[dict[str, Any]], joined: Sequence[Joined]) -> str:
    """Return the digest of what an award says."""
    names = ("title", "number", "fields", "procedure", "role")
    said = {name: getattr(award, name) for name in names}
    return digest_of(
        {**said, "items": [[line, *into.said()] for line, into in zip(lines, joined, strict=True)]}
    )


def issue(award_id: UUID, *, by: Any, proposer: Any, at: datetime) -> Award:
    """Issue an award: freeze its list, write the letters, enter the titles. The room ``approvals`` asked both people.

    Raises:
        Refused: it is issued already, or nothing is confirmed.
    """
    award = locked_award(award_id)
    if award.issued_at is not None:
        raise refusal("public_notice.issued_already")
    selections, lines = lines_now(award)
    if not selections:
        raise refusal("public_notice.nothing_confirmed")
    joined = [joined_topics(selection) for selection in selections]
    award.digest, award.issued_at, award.issued_by = award_digest(award, lines, joined), at, by
    award.save()
    for position, (selection, line, into) in enumerate(zip(selections, lines, joined, strict=True), start=1):
        item = AwardItem(
            association_id=award.association_id, award=award, selection=selection, position=position
        )
        item.listed, item.merged, item.duplicates = line, list(into.parts), list(into.duplicates)
        item.recognition = _entered(award, selection, proposer, at)
        item.save()
    count_public_change()
    note("issued", award, By(by, LEADER, at), digest=award.digest, items=len(selections))
    _write_letters(award, at)
    return award


def joined_topics(selection: Any) -> Joined:
    """Return the titles of the topics that went into a selection, as parts of it or as the same one."""
    into = [(each.is_duplicate, each.application) for each in selection.merged.all()]
    titles = [(same, application.title or application.number) for same, application in into]
    return Joined(
        tuple(title for same, title in titles if not same), tuple(title for same, title in titles if same)
    )


def _entered(award: Award, selection: Any, proposer: Any, at: datetime) -> Any:
    """The line of the register for the title that comes with the award, where it brings one."""
    scheme_id = _register_for(award, selection)
    if scheme_id is None:
        return None
    wanted = NewRecognition(
        party_id=selection.application.unit_id,
        valid_from=shanghai_day(at),
        source=SOURCE,
        item=selection.application.title,
        basis=award.number or award.title,
    )
    return grant(scheme_id, wanted, by=Writer(proposer, at))


def _register_for(award: Award, selection: Any) -> Any:
    title = title_of(selection.application)
    if not title:
        return award.scheme_id
    return next((each.scheme_id for each in award.titles.all() if each.title == title), None)


def _write_letters(award: Award, at: datetime) -> None:
    """A letter for everybody about whom is decided now, and who has none yet."""
    rows = selections_of(award.call_id).select_related("merged_into__application", "application__created_by")
    waiting = rows.filter(application__result_letter__isnull=True)
    told = list(waiting.filter(state__in=[S.CONFIRMED.value, *(state.value for state in NOT_CHOSEN)]))
    comments = comments_told([selection.application_id for selection in told])
    pilots = pilots_of(told)
    for selection in told:
        is_selected = selection.state == S.CONFIRMED.value
        letter = ResultLetter.objects.create(
            association_id=award.association_id,
            award=award,
            application_id=selection.application_id,
            is_selected=is_selected,
            amount_fen=selection.amount_fen if is_selected else None,
            reason="" if is_selected else _why_not(award, selection, pilots),
            comments=comments.get(selection.application_id, []),
            made_at=at,
        )
        tell_unit(
            _template(selection.application, is_selected=is_selected),
            selection.application,
            {},
            key=letter.pk.hex,
            at=at,
        )


def _template(application: Any, *, is_selected: bool) -> str:
    topic, outcome = "topic_" if is_topic(application) else "", "selected" if is_selected else "not_selected"
    return f"public_notice.{topic}{outcome}"


def _why_not(award: Award, selection: Any, pilots: Mapping[UUID, str]) -> str:
    """What a unit is told that was not chosen: nothing about others, and nothing of what the office noted."""
    if selection.merged_into is not None:
        words = DUPLICATE_OF if selection.is_duplicate else MERGED_INTO
        return words.format(title=selection.merged_into.application.title)
    if selection.application_id in pilots:
        return TAKEN_IN_BY.format(title=pilots[selection.application_id])
    return award.feedback


def _write(award: Award, wording: AwardWording) -> None:
    taken = numbers_of(award.association_id)
    if wording.number and wording.number != award.number and wording.number in taken:
        raise refusal("public_notice.number_taken", number=wording.number)
    if not confirmed_of(award.call_id).exists():
        raise refusal("public_notice.nothing_confirmed")
    for name, value in wording.columns().items():
        setattr(award, name, value)


def _write_titles(award: Award, wording: AwardWording) -> None:
    award.titles.all().delete()
    AwardTitle.objects.bulk_create(
        AwardTitle(association_id=award.association_id, award=award, title=title, scheme_id=scheme_id)
        for title, scheme_id in wording.titles
    )
