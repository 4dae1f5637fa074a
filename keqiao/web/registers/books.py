"""The books: registers whose lines are entered and taken back, and no more. Here stands what each of them holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keqiao.core.query import Field, Kind
from keqiao.web.parties.finding import with_name
from keqiao.web.registers.actions import history, platforms
from keqiao.web.registers.forms.books import (
    AccountForm,
    AffairForm,
    HoldingForm,
    IncidentForm,
    PastForm,
)
from keqiao.web.registers.forms.fields import LineForm
from keqiao.web.registers.models import (
    Holding,
    Incident,
    PlatformAccount,
    SocietyAffair,
    TrackRecord,
)
from keqiao.web.registers.models.entered import IN_USE, TakenBack
from keqiao.web.registers.models.history import AffairKind, HoldingStage, OutcomeKind, PastKind
from keqiao.web.registers.models.platforms import platform_choices
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Book:
    """One book: its words, its table, how its list looks, how a line is entered and taken back.

    ``related`` are the relations that a line is read with. ``sheet`` is the kind of sheet it is imported by.
    """

    code: str
    title: Words
    lead: Words
    table: type[TakenBack]
    form: type[LineForm]
    enter: Callable[..., Any]
    take_back: Callable[..., Any]
    columns: tuple[Column, ...]
    default_sort: str
    related: tuple[str, ...]
    search: Callable[[str], Q]
    filters: Callable[[], tuple[Filter, ...]]
    keys: tuple[Key, ...] = ()
    hint: Words = ""
    sheet: str = ""
    facts: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)

    def list_kind(self) -> ListKind:
        """Return what its list offers, in the language of the page."""
        return ListKind(
            columns=self.columns,
            default_sort=self.default_sort,
            search=self.search,
            filters=(*self.filters(), _taken_back()),
            keys=self.keys,
            hint=self.hint,
            code=f"registers.{self.code}",
            file_name=self.title,
        )


def _taken_back() -> Filter:
    choices = [("counts", _("计入的")), ("taken_back", _("已撤回的"))]
    return Filter("standing", _("登记"), choices, lambda chosen: IN_USE if chosen == "counts" else ~IN_USE)


def _choices(name: str, label: Words, choices: Any, column: str) -> Filter:
    return Filter(name, label, list(choices), lambda chosen: Q(**{column: chosen}))


def _holder(label: Words) -> Column:
    return Column("holder", label, ("party__name",), value=lambda row: str(row.party))


def _source() -> Column:
    return Column("source", _("来源"), value=lambda row: row.source)


def _year_key() -> Key:
    return Key(Field("year", ("年度", "年", "Year"), Kind.NUMBER), column_condition("year"))


def _holder_key(*words: str) -> Key:
    return Key(Field("holder", (*words, "Holder")), any_of(with_name))


def _day_key(name: str, *words: str, optional: bool = False) -> Key:
    return Key(Field(name, words, Kind.DAY, optional=optional), column_condition(name))


def _text_key(name: str, *words: str, optional: bool = False) -> Key:
    return Key(Field(name, words, optional=optional), column_condition(name))


def _named_or(column: str) -> Callable[[str], Q]:
    return lambda word: with_name(word) | Q(**{f"{column}__icontains": word})


PAST = Book(
    code="past",
    title=_("以往项目及完成情况"),
    lead=_("通知要求“以往完成较好”“上一年度”时查这里；往年的选题目录也在这里。"),
    table=TrackRecord,
    form=PastForm,
    enter=history.add_past_project,
    take_back=history.take_back_past_project,
    columns=(
        Column("title", _("项目名称"), ("title",), value=lambda row: row.title),
        _holder(_("承担单位")),
        Column("family", _("项目类别"), ("family",), value=lambda row: row.family),
        Column("year", _("年度"), ("year", "title"), number=True, value=lambda row: row.year),
        Column(
            "amount", _("经费"), ("amount_fen",), number=True, value=lambda row: row.amount_fen, is_money=True
        ),
        Column("outcome", _("完成情况"), ("outcome",), value=lambda row: str(row.get_outcome_display())),
    ),
    default_sort="-year",
    related=("party", "leader"),
    search=lambda word: with_name(word) | Q(title__icontains=word) | Q(family__icontains=word),
    filters=lambda: (
        _choices("kind", _("类别"), PastKind.choices, "kind"),
        _choices("outcome", _("完成情况"), OutcomeKind.choices, "outcome"),
    ),
    keys=(
        _year_key(),
        _holder_key("承担单位", "单位"),
        Key(Field("leader", ("负责人", "Leader"), optional=True), column_condition("leader__name")),
        _text_key("family", "项目类别", "Family"),
        Key(Field("amount", ("经费", "Money"), Kind.MONEY, optional=True), column_condition("amount_fen")),
        _day_key("concluded_on", "结论日期", "Concluded", optional=True),
        _text_key("source", "来源", "Source"),
    ),
    hint=_("单位、项目名称或类别"),
    sheet="registers.past",
)

HOLDINGS = Book(
    code="holdings",
    title=_("在手项目"),
    lead=_("“同一年度不超过几项”按这里计数。本系统受理的申报和立项自动记入，其他来源的手工登记。"),
    table=Holding,
    form=HoldingForm,
    enter=history.add_holding,
    take_back=history.take_back_holding,
    columns=(
        Column("title", _("项目名称"), ("title",), value=lambda row: row.title),
        _holder(_("单位")),
        Column("year", _("年度"), ("year", "title"), number=True, value=lambda row: row.year),
        Column("stage", _("阶段"), ("stage",), value=lambda row: str(row.get_stage_display())),
        Column("since", _("起始日期"), ("since",), value=lambda row: row.since),
        Column("ended_on", _("退出日期"), ("ended_on",), value=lambda row: row.ended_on),
    ),
    default_sort="-year",
    related=("party", "lead", "person"),
    search=_named_or("title"),
    filters=lambda: (_choices("stage", _("阶段"), HoldingStage.choices, "stage"),),
    keys=(
        _year_key(),
        _holder_key("单位"),
        Key(Field("person", ("人员", "Person"), optional=True), column_condition("person__name")),
        _day_key("since", "起始日期", "Since"),
        _day_key("ended_on", "退出日期", "Ended", optional=True),
        _text_key("source", "来源", "Source"),
    ),
    hint=_("单位或项目名称"),
    sheet="registers.holdings",
)

AFFAIRS = Book(
    code="affairs",
    title=_("学会事务"),
    lead=_("换届、年度检查、党组织建设；“按要求换届并参加年度检查”按这里判断。"),
    table=SocietyAffair,
    form=AffairForm,
    enter=history.add_affair,
    take_back=history.take_back_affair,
    columns=(
        _holder(_("学会")),
        Column("kind", _("事项"), ("kind", "-on"), value=lambda row: str(row.get_kind_display())),
        Column("year", _("所属年度"), ("year",), number=True, value=lambda row: row.year),
        Column("on", _("日期"), ("on",), value=lambda row: row.on),
        Column("outcome", _("结果"), ("outcome",), value=lambda row: str(row.get_outcome_display())),
        Column("next_due", _("下次应办日期"), ("next_due",), value=lambda row: row.next_due),
    ),
    default_sort="-on",
    related=("party",),
    search=with_name,
    filters=lambda: (
        _choices("kind", _("事项"), AffairKind.choices, "kind"),
        _choices("outcome", _("结果"), OutcomeKind.choices, "outcome"),
    ),
    keys=(
        _year_key(),
        _holder_key("学会", "单位"),
        _day_key("on", "日期", "On"),
        _day_key("next_due", "下次应办日期", "下次应办", "Due", optional=True),
        _text_key("source", "来源", "Source"),
    ),
    hint=_("学会名称或代码"),
    sheet="registers.affairs",
)

PLATFORMS = Book(
    code="platforms",
    title=_("外部平台账号"),
    lead=_("科创中国、科普中国等平台的入驻情况和从平台读到的数据。"),
    table=PlatformAccount,
    form=AccountForm,
    enter=platforms.add_account,
    take_back=platforms.take_back_account,
    columns=(
        _holder(_("单位或人员")),
        Column("platform", _("平台"), ("platform",), value=lambda row: row.platform_name),
        Column("number", _("账号或编号"), ("number",), value=lambda row: row.number),
        Column("since", _("入驻日期"), ("since",), value=lambda row: row.since),
        _source(),
    ),
    default_sort="holder",
    related=("party", "file"),
    search=_named_or("number"),
    filters=lambda: (_choices("platform", _("平台"), platform_choices(), "platform"),),
    keys=(
        _holder_key("单位或人员", "单位"),
        _text_key("number", "账号或编号", "账号", "Account", optional=True),
        _day_key("since", "入驻日期", "Since", optional=True),
        _day_key("until", "注销日期", "Until", optional=True),
        _text_key("source", "来源", "Source"),
    ),
    hint=_("单位或账号"),
    sheet="registers.platforms",
)

INCIDENTS = Book(
    code="incidents",
    title=_("不良事件"),
    lead=_("“近三年没有发生……”按这里判断。地区或单位的事件，按通知的说法登记。"),
    table=Incident,
    form=IncidentForm,
    enter=history.add_incident,
    take_back=history.take_back_incident,
    columns=(
        Column(
            "holder",
            _("地区或单位"),
            ("region__name", "party__name"),
            value=lambda row: str(row.region or row.party),
        ),
        Column("what", _("事件类别"), ("what",), value=lambda row: row.what),
        Column("on", _("发生日期"), ("on",), value=lambda row: row.on),
        _source(),
    ),
    default_sort="-on",
    related=("party", "region"),
    search=lambda word: with_name(word) | Q(region__name__icontains=word) | Q(what__icontains=word),
    filters=lambda: (),
    keys=(
        Key(
            Field("holder", ("地区或单位", "地区", "单位", "Holder")),
            any_of(lambda word: with_name(word) | Q(region__name__icontains=word)),
        ),
        _text_key("what", "事件类别", "事件", "Incident"),
        _day_key("on", "发生日期", "On"),
        _text_key("source", "来源", "Source"),
    ),
    hint=_("地区、单位或事件"),
    sheet="registers.incidents",
)

BOOKS: Mapping[str, Book] = {book.code: book for book in (PAST, HOLDINGS, AFFAIRS, PLATFORMS, INCIDENTS)}
"""The books by the code that stands in their addresses."""
