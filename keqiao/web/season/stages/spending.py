"""What happens to the money while the work goes on: payments, receipts line by line, changes of what was agreed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from keqiao.core.lifecycle.grant import WORKS, GrantState
from keqiao.core.lifecycle.instalment import InstalmentState
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.grants.actions import changes, instalments, receipts
from keqiao.web.grants.actions.changes import Wanted
from keqiao.web.grants.asking import ask
from keqiao.web.grants.papers import PURPOSE
from keqiao.web.grants.queries import Condition, money_of
from keqiao.web.parties.queries import local_day
from keqiao.web.season.stages.projects import Project, agreed
from keqiao.web.season.vocabulary import words

WHOLE = 100
PAPER = "paper.pdf"
S = InstalmentState


def spend(project: Project, at: datetime) -> Iterator[bool | str]:
    """Do what the course of a project says of its money, once: what is there shows how far it has come."""
    if GrantState(project.grant.state) not in WORKS:
        return
    yield from _changed(project, at)
    yield from paid(project, Condition.REPORT, at)
    yield from _claimed(project)


def paid(project: Project, condition: Condition, at: datetime) -> Iterator[str]:
    """Pay every instalment that is due, those that wait for ``condition`` as well."""
    rows = money_of(project.grant).instalments
    for row in rows:
        if row.state == S.PLANNED.value and row.condition == condition.value:
            instalments.meet(row.pk, **project.office(at))
            yield "condition_met"
            row.state = S.DUE.value
        if row.state == S.DUE.value:
            yield from _paid(project, row, at, is_last=row == rows[-1])


def _paid(project: Project, row: Any, at: datetime, *, is_last: bool) -> Iterator[str]:
    """Two people agree; where the course says so the bank sends the last one back, and it is paid again."""
    _pay(project, row, "", at)
    if project.course["bounced"] and is_last:
        instalments.bounce(row.pk, words("working")["bounce"], **project.finance(at))
        yield "bounced"
        _pay(project, row, "-2", at)
    instalments.confirm(row.pk, **project.by(at))
    yield "paid"


def _pay(project: Project, row: Any, again: str, at: datetime) -> None:
    agreed(ask("grants.pay", row.pk, "", **project.office(at)), at)
    voucher = f"{project.grant.number}-{row.ordinal}{again}"
    instalments.pay(row.pk, voucher, local_day(at), **project.finance(at))


def _claimed(project: Project) -> Iterator[bool | str]:
    """A receipt for each line: of the first something is cut, a further one is not admitted, the others are."""
    said, at = words("working"), project.done_at
    money = money_of(project.grant)
    if not money.is_booked or money.receipts:
        return
    for place, line in enumerate(money.lines):
        claimed = line.planned_fen * project.course["spends"] // WHOLE
        if claimed <= 0:
            continue
        with transaction.atomic():
            row = _receipt(project, (f"{place + 1}", line.key), claimed)
            admitted = claimed - claimed // 10 if place == 0 else claimed
            reason = said["cut"] if admitted < claimed else ""
            receipts.admit(row.pk, admitted, reason, **project.office(at))
        yield "receipt_cut" if reason else "receipt_admitted"
        if place == 0:
            with transaction.atomic():
                refused = _receipt(project, ("0", line.key), max(claimed // 20, 1))
                receipts.admit(refused.pk, 0, said["not_admitted"], **project.office(at))
            yield "receipt_refused"


def _receipt(project: Project, of: tuple[str, str], fen: int) -> Any:
    number, line = of
    at = project.done_at
    claimed = receipts.Claimed(
        number=f"{project.grant.number}-F{number}",
        line=line,
        words=words("working")["spent_on"],
        spent_on=local_day(at),
        claimed_fen=fen,
        file_id=_paper(project, at),
    )
    return receipts.claim(project.grant.pk, claimed, **project.by(at))


def _paper(project: Project, at: datetime) -> Any:
    content = files("keqiao.data").joinpath("season", PAPER).read_bytes()
    announced = Announced(PURPOSE, PAPER, len(content), project.grant.association_id)
    return store_upload(SimpleUploadedFile(PAPER, content), announced, **project.by(at)).pk


def _changed(project: Project, at: datetime) -> Iterator[bool | str]:
    """What the unit asks to change, once, and what becomes of it."""
    outcome = project.course["change"]
    if not outcome:
        return
    is_new = not project.grant.changes.exists()
    if is_new:
        with transaction.atomic():
            said = words("working")["change"]
            row = changes.write(project.grant.pk, _wanted(project, outcome), said, **project.by(at))
            changes.submit(row.pk, **project.by(at))
            CHANGES[outcome](project, row, at)
        project.grant.refresh_from_db()
    yield is_new and f"change_{outcome}"


def _wanted(project: Project, outcome: str) -> Wanted:
    """Some of the first line for another one; where there is no money, and where it is refused, another title."""
    said = words("working")
    lines = {line.key: line.planned_fen for line in money_of(project.grant).lines}
    first = next(iter(lines), "")
    moved = lines.get(first, 0) * said["changed_share"] // WHOLE
    if outcome == "refused" or moved <= 0:
        return Wanted(title=f"{project.grant.title}（{outcome}）")
    name = said["changed_line"]
    return Wanted(lines={**lines, first: lines[first] - moved, name: lines.get(name, 0) + moved})


def _approved(project: Project, row: Any, at: datetime) -> None:
    agreed(ask("grants.change", row.pk, "", **project.office(at)), at)


def _refused(project: Project, row: Any, at: datetime) -> None:
    changes.refuse(row.pk, words("working")["refuse_change"], **project.office(at))


def _noted(project: Project, row: Any, at: datetime) -> None:
    changes.take_note(row.pk, words("working")["note_change"], **project.office(at))


CHANGES: Mapping[str, Callable[[Project, Any, datetime], None]] = {
    "approved": _approved,
    "refused": _refused,
    "noted": _noted,
}
"""What becomes of a change that a unit asks for."""
