"""Letters to one unit or person: the result of an application, the answer to an objection, and any other."""

from dataclasses import dataclass

from keqiao.core.money import exact_amount
from keqiao.writers.letters.paper import Head, OfficialPaper, Writing


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the office's own words; ``facts`` are labels with what stands beside them."""

    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()


def letter(head: Head, content: Letter) -> OfficialPaper:
    """A letter: its paragraphs, and its facts as a table below them."""
    writing = Writing(head)
    for words in content.paragraphs:
        writing.paragraph(words)
    if content.facts:
        writing.table(content.facts, headed=False)
    return writing.finished()


@dataclass(frozen=True, slots=True)
class Result:
    """The result of an application: selected or not, why, and what the reviewers say to the applicant.

    ``reason`` is a sentence that names nobody else; ``appeal`` says where and until when a unit may ask again.
    ``is_topic``: it asked for no project, but proposed a topic for a catalogue.
    """

    call: str
    project: str
    is_selected: bool
    amount_fen: int | None = None
    reason: str = ""
    comments: tuple[str, ...] = ()
    appeal: str = ""
    is_topic: bool = False


def result_letter(head: Head, result: Result) -> OfficialPaper:
    """The letter that tells a unit how its application came out."""
    words = ("已列入选题目录", "未能入选") if result.is_topic else ("已予立项", "未能立项")
    decided = words[0] if result.is_selected else words[1]
    money = f"，支持经费{exact_amount(result.amount_fen)}" if result.is_selected and result.amount_fen else ""
    reason = (f"{result.reason.rstrip('。')}。",) if result.reason else ()
    appeal = (f"{result.appeal.rstrip('。')}。",) if result.appeal else ()
    comments = ("评审意见如下：", *result.comments) if result.comments else ()
    opening = f"你单位申报{result.call}的“{result.project}”{decided}{money}。"
    return letter(head, Letter((opening, *reason, *comments, *appeal)))


@dataclass(frozen=True, slots=True)
class ObjectionAnswer:
    """The answer to whoever objected: taken up and upheld, not upheld, or not taken up; ``grounds`` in words."""

    call: str
    project: str
    received: str
    outcome: str
    grounds: str


def objection_answer(head: Head, answer: ObjectionAnswer) -> OfficialPaper:
    """The letter that answers an objection."""
    return letter(
        head,
        Letter(
            (
                f"你（单位）{answer.received}对{answer.call}公示名单中“{answer.project}”提出的异议收悉。",
                f"经核查，{answer.grounds.rstrip('。')}。",
                f"处理结果：{answer.outcome.rstrip('。')}。",
            )
        ),
    )
