"""Rolls of people in units: members and councils of societies, people of units. Each row is a dated role."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from keqiao.core.identifiers import Malformed, clean_mobile, read_identity_number
from keqiao.web.imports.columns import Choice, Code, Column, Day, Text, Words
from keqiao.web.imports.sheet_kinds import SheetKind
from keqiao.web.parties.lookups import ORGANISATION, officers_associations
from keqiao.web.parties.models import TieKind
from keqiao.web.parties.rolls.finding_people import PERSON
from keqiao.web.parties.rolls.roles import MEMBER_UNIT, RoleRoll, functions_of
from keqiao.web.parties.sentences import refusal

OF_PEOPLE = (
    TieKind.STAFF,
    TieKind.LEGAL_REPRESENTATIVE,
    TieKind.HEAD,
    TieKind.LIAISON,
    TieKind.VOLUNTEER,
    TieKind.MENTOR,
    TieKind.EXPERT,
    TieKind.STATION_EXPERT,
)


def _identity_number(text: str) -> str:
    try:
        return read_identity_number(text).number
    except Malformed as wrong:
        raise refusal(wrong.finding) from wrong


def _mobile(text: str) -> str:
    try:
        return clean_mobile(text)
    except Malformed as wrong:
        raise refusal(wrong.finding) from wrong


def _kinds() -> Mapping[str, Words]:
    return {kind.value: kind.label for kind in OF_PEOPLE}


def unit_column(header: Words, *aliases: str) -> Column:
    """Return the column of the unit in which a role is held."""
    help_text = _("全称或信用代码，须已在名册中。")
    return Column(
        "unit", header, ORGANISATION, aliases, required=True, help=help_text, example="某某省力学学会"
    )


NAME = Column("name", _("姓名"), Text(60), aliases=("人员姓名", "会员姓名"), required=True, example="张三")
ABOUT_PERSON = (
    Column(
        "identity_number",
        _("身份证号码"),
        Code(check=_identity_number),
        aliases=("身份证号", "证件号码", "公民身份号码"),
        help=_("整列设为文本格式。加密保存，导出时留空；空白表示不变。"),
        is_private=True,
    ),
    Column(
        "phone",
        _("手机号码"),
        Code(check=_mobile),
        aliases=("手机", "联系电话", "电话"),
        example="13800000000",
    ),
    Column("birth_date", _("出生日期"), Day(), aliases=("出生年月日", "生日"), example="1985-06-20"),
)
POST = Column("post", _("职务"), Text(60), aliases=("任职", "学会职务"), example="副理事长")
PERIOD = (
    Column(
        "valid_from",
        _("起始日期"),
        Day(),
        aliases=("入会日期", "任职日期", "任职起始"),
        help=_("不填即从导入当天起。"),
        example="2024-01-01",
    ),
    Column(
        "valid_until", _("截止日期"), Day(), aliases=("有效期至", "任期至", "届满日期"), example="2028-12-31"
    ),
)
IDENTITY_NUMBER = ("identity_number", "unit")
NUMBER = Column(
    PERSON, _("人员编号"), Code(longest=36), help=_("由系统填写，用于区分重名的人；不知道时留空。")
)


MEMBERS = SheetKind(
    code="parties.members",
    label=_("学会会员"),
    help=_("各学会的个人会员和单位会员，每行一个。"),
    columns=(
        unit_column(_("所在学会"), "学会", "学会名称"),
        replace(NAME, required=False, help=_("个人会员填写；单位会员留空。")),
        Column(
            MEMBER_UNIT,
            _("单位会员"),
            ORGANISATION,
            aliases=("会员单位",),
            help=_("单位会员填写全称或信用代码，须已在名册中；个人会员留空。"),
        ),
        *ABOUT_PERSON,
        *PERIOD,
        NUMBER,
    ),
    may_import=officers_associations,
    identity=(IDENTITY_NUMBER, (PERSON, "unit"), (MEMBER_UNIT, "unit")),
    **functions_of(RoleRoll((TieKind.MEMBER,))),
    order=20,
    named_by=("unit", "name", MEMBER_UNIT),
)
COUNCIL = SheetKind(
    code="parties.council",
    label=_("学会理事会"),
    help=_("各学会理事会、常务理事会和监事会成员及其任期，每行一个职务。"),
    columns=(
        unit_column(_("所在学会"), "学会", "学会名称"),
        NAME,
        replace(POST, required=True),
        *ABOUT_PERSON,
        *PERIOD,
        NUMBER,
    ),
    may_import=officers_associations,
    identity=((*IDENTITY_NUMBER, "post"), (PERSON, "unit", "post")),
    **functions_of(RoleRoll((TieKind.COUNCIL,))),
    order=30,
    named_by=("unit", "name"),
)
PEOPLE = SheetKind(
    code="parties.people",
    label=_("单位人员名册"),
    help=_("各单位的负责人、工作人员、联络人、专家等，每行一个身份。"),
    columns=(
        unit_column(_("所在单位"), "单位", "单位名称", "工作单位"),
        NAME,
        Column(
            "kind", _("身份"), Choice(_kinds), aliases=("人员类别", "关系"), required=True, example="联络人"
        ),
        POST,
        *ABOUT_PERSON,
        *PERIOD,
        NUMBER,
    ),
    may_import=officers_associations,
    identity=((*IDENTITY_NUMBER, "kind"), (PERSON, "unit", "kind")),
    **functions_of(RoleRoll(OF_PEOPLE)),
    order=15,
    named_by=("unit", "name"),
)
