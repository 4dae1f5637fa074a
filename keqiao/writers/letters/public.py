"""A public notice (公示) with its list, and the statement on its end (公示情况说明)."""

from collections.abc import Sequence
from dataclasses import dataclass

from keqiao.core.workdays import Closing, DayKind, Period, Term
from keqiao.writers.letters.listing import Field, Listed, listing, parted
from keqiao.writers.letters.paper import Attached, Head, OfficialPaper, Writing, counted_days
from keqiao.writers.notice.figures import day


@dataclass(frozen=True, slots=True)
class ObjectionsTo:
    """Where objections go, and the second telephone, for complaints about the office itself."""

    office: str
    telephone: str
    supervision: str = ""
    address: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class PublicList:
    """What is noticed: the procedure that led there, the days, and the list with the fields that may be shown.

    ``procedure`` are its steps in words (形式审查, 专家评审); ``subject`` what the items are (项目).
    """

    call: str
    procedure: tuple[str, ...]
    items: tuple[Listed, ...]
    fields: tuple[Field, ...]
    period: Period
    objections: ObjectionsTo
    term: Term | None = None
    subject: str = "项目"
    result: str = "予以立项"


def public_notice(head: Head, notice: PublicList) -> OfficialPaper:
    """The text of a public notice with its list as attachment; topics (选题) have a list of their own.

    Raises:
        ValueError: no field is allowed, or one twice.
    """
    projects, topics = parted(notice.items)
    lists = ((f"拟立项{notice.subject}名单", projects), ("拟入选选题名单", topics))
    attached = tuple(Attached(title, listing(rows, notice.fields)) for title, rows in lists if rows)
    writing = Writing(head, attached)
    steps = f"经{'、'.join(notice.procedure)}，" if notice.procedure else ""
    meant = [f"对{_named(projects)}个{notice.subject}{notice.result}"] if projects else []
    meant += [f"将{_named(topics)}个选题列入选题目录"] if topics else []
    writing.paragraph(f"根据{notice.call}，{steps}拟{'，'.join(meant)}，现予以公示。")
    writing.paragraph(f"公示时间：{_days(notice)}。")
    writing.paragraph(
        "公示期内对名单有异议的，请写明事实和理由，附必要的证明材料。个人提出的应签署真实姓名并留联系方式，"
        "单位提出的应写明联系人并加盖公章。逾期提出的，以及没有姓名、联系方式或事实依据的，一般不予受理。"
    )
    for words in _contact(notice.objections):
        writing.paragraph(words)
    return writing.finished()


def _named(items: Sequence[Listed]) -> str:
    names = f"“{items[0].title}”等" if len(items) > 1 else ""
    return f"{names}{len(items)}"


def _days(notice: PublicList) -> str:
    days = f"{day(notice.period.first)}至{day(notice.period.last)}"
    if notice.term is None:
        return days
    return f"{days}（{counted_days(notice.term.days, working=notice.term.kind is DayKind.WORKING)}）"


def _contact(to: ObjectionsTo) -> Sequence[str]:
    found = [f"受理单位：{to.office}", f"联系电话：{to.telephone}"]
    found += [f"监督电话：{to.supervision}"] if to.supervision else []
    found += [f"通讯地址：{to.address}"] if to.address else []
    return [*found, *([f"电子邮箱：{to.mail}"] if to.mail else [])]


def closing_statement(head: Head, call: str, closing: Closing, items: Sequence[Listed] = ()) -> OfficialPaper:
    """The statement on the end of a public notice: how many objections came and how the ``items`` stand."""
    projects, topics = parted(items)
    only = "入选" if topics and not projects else "立项"
    title, decision = (
        ("拟立项和拟入选名单", "决定") if projects and topics else (f"拟{only}名单", f"{only}决定")
    )
    writing = Writing(head)
    days = f"{day(closing.period.first)}至{day(closing.period.last)}"
    writing.paragraph(f"{call}{title}已于{days}公示，公示期满。")
    writing.paragraph(_objections(closing))
    held = sum(standing.value == "suspended" for standing in closing.standings.values())
    upheld = sum(standing.value == "upheld" for standing in closing.standings.values())
    rest = f"；异议成立、不再{only}{upheld}个" if upheld else ""
    rest += f"；异议尚在处理、暂缓决定{held}个" if held else ""
    writing.paragraph(f"名单内共{len(closing.standings)}个，可以作出{decision}{len(closing.clear)}个{rest}。")
    return writing.finished()


def _objections(closing: Closing) -> str:
    if not closing.received:
        return "公示期间没有收到异议。"
    parts = (
        ("成立", closing.upheld),
        ("不成立", closing.rejected),
        ("不予受理", closing.not_taken_up),
        ("正在处理", closing.open),
        ("逾期提出", closing.late),
    )
    counted = "、".join(f"{words}{len(found)}件" for words, found in parts if found)
    return f"共收到异议{closing.received}件，其中{counted}。"
