"""The agreement as a paper: out of what was approved, for the page, Word and PDF alike."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from keqiao.core.forms.quantities import number_of
from keqiao.core.forms.targets import said
from keqiao.web.files.names import named_after
from keqiao.web.grants.models import CONDITION_WORDS, Condition, Grant
from keqiao.web.grants.terms import fingerprint, lines_of, plan_of
from keqiao.web.parties.queries import local_day
from keqiao.writers.letters import (
    Agreement,
    Budgeted,
    Head,
    OfficialPaper,
    Party,
    Payment,
    Promise,
    agreement,
)

SIGNS = {">=": "不少于", ">": "多于", "<=": "不超过", "<": "少于", "==": "", "~": "约"}
TITLE = "项目任务书"
FORMS = ("pdf", "docx")


def paper_of(grant: Grant) -> OfficialPaper:
    """Return the agreement of a grant; while it is not sent, marked as a draft."""
    issuer = grant.association.organisation.name
    head = Head(
        issuers=(issuer,),
        title=TITLE,
        digest=fingerprint(grant),
        at=grant.begun_at,
        issued=local_day(grant.begun_at),
        is_draft=not grant.sent_digest,
    )
    return agreement(head, agreement_of(grant))


def agreement_of(grant: Grant) -> Agreement:
    """Return what the agreement of a grant says."""
    return Agreement(
        project=grant.title,
        code=grant.number,
        call=grant.call.title,
        parties=parties_of(grant),
        content=tuple(f"{label}：{words}" for label, words in grant.content) or (grant.title,),
        promises=tuple(_promise(row) for row in grant.targets),
        begins=grant.begins_on,
        ends=grant.ends_on,
        budget=tuple(
            Budgeted(line.key, line.grant_fen, line.own_fen, line.basis) for line in lines_of(grant)
        ),
        payments=tuple(
            Payment(each.name, each.amount_fen, condition_in_words(each.condition, each.due_on))
            for each in plan_of(grant)
        ),
        rules=tuple(grant.rules),
    )


def parties_of(grant: Grant) -> tuple[Party, ...]:
    """Return those who sign: the association, the unit, and the finance bureau where it supervises the money."""
    first = Party("主管单位", grant.association.organisation.name)
    second = Party("承担单位", grant.unit.name, grant.leader.name if grant.leader else "")
    if grant.finance_bureau is None:
        return first, second
    return first, second, Party("监管单位", grant.finance_bureau.name)


def condition_in_words(condition: str, due_on: object) -> str:
    """Return what an instalment waits for, in Chinese, as agreements are written."""
    if condition == Condition.DATE.value:
        return f"{due_on:%Y年%-m月%-d日}" if due_on else ""
    return str(CONDITION_WORDS[Condition(condition)]) if condition else ""


def file_of(grant: Grant, form: str) -> tuple[str, bytes]:
    """Return the name and the bytes of the agreement as ``pdf`` or ``docx``.

    Raises:
        NotSet: it is too large to be set, or a font is not there.
    """
    return named_after(f"{grant.number} {TITLE}", form), content_of(paper_of(grant), form)


def content_of(paper: OfficialPaper, form: str) -> bytes:
    """Return the bytes of a paper as ``pdf`` or ``docx``. Raises as ``file_of`` does."""
    if form == "pdf":
        return paper.pdf(settings.FONT_FOLDERS).pdf
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        paper.docx(path)
        return path.read_bytes()


def target_in_words(row: dict) -> str:  # type: ignore[type-arg]
    """Return what a target has to be: 不少于24场."""
    number = number_of(row.get("value"))
    words = said(number, row.get("unit")) if number is not None else str(row.get("value", ""))
    return f"{SIGNS.get(row.get('op') or '>=', '')}{words}"


def _promise(row: dict) -> Promise:  # type: ignore[type-arg]
    return Promise(str(row.get("metric", "")), target_in_words(row), str(row.get("basis") or ""))
