"""The roll of units (单位名册) of an association."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Weight
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.imports.columns import Choice, Code, Column, Context, Day, Text, Words, yes_no
from keqiao.web.imports.sheet_kinds import Fault, Row, SheetKind
from keqiao.web.parties.credit_codes import clean_credit_code, fits_kind
from keqiao.web.parties.lookups import ORGANISATION, REGION, officers_associations
from keqiao.web.parties.models import Organisation, RegionLevel, Tie, TieKind
from keqiao.web.parties.periods import on_day
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.rolls.finding_units import find_units, values_of, with_rows
from keqiao.web.parties.rolls.writing_units import write_unit


def kinds() -> Mapping[str, Words]:
    """Return the labels of the kinds of unit in the language of the moment."""
    language = get_language() or "zh-hans"
    return {code: kind.label(language) for code, kind in organisation_kinds().items()}


COLUMNS = (
    Column(
        "name",
        _("单位全称"),
        Text(120),
        aliases=("单位名称", "名称", "学会名称", "全称"),
        required=True,
        help=_("与登记证书或批文一致"),
        example="某某省力学学会",
    ),
    Column("short_name", _("单位简称"), Text(120), aliases=("简称",), example="省力学学会"),
    Column(
        "kind",
        _("单位类别"),
        Choice(
            kinds,
            {"学会": "society", "协会": "society", "研究会": "society", "民办非企业": "social_organisation"},
        ),
        aliases=("类别", "单位类型", "类型"),
        required=True,
        example="学会（协会、研究会）",
    ),
    Column(
        "credit_code",
        _("统一社会信用代码"),
        Code(check=clean_credit_code),
        aliases=("信用代码", "社会信用代码", "统一信用代码"),
        help=_("18 位，请将整列设为文本格式。没有自己的代码的单位留空，填写依托单位。"),
        example="51100000500005350A",
    ),
    Column(
        "level",
        _("单位级别"),
        Choice(
            lambda: dict(RegionLevel.choices),
            {"省": "province", "市": "prefecture", "县": "county", "全国": "nation"},
        ),
        aliases=("级别",),
        example="省级",
    ),
    Column(
        "region",
        _("所在区域"),
        REGION,
        aliases=("所在地区", "行政区划", "区划代码", "地区"),
        help=_("名称或代码；重名的写上级，如“郑州市金水区”。"),
        example="郑州市金水区",
    ),
    Column("registered_on", _("登记日期"), Day(), aliases=("成立日期", "注册日期"), example="1985-06-20"),
    Column(
        "address",
        _("通讯地址"),
        Text(200),
        aliases=("地址", "单位地址", "办公地址", "联系地址"),
        example="郑州市金水区花园路1号",
    ),
    Column("postcode", _("邮编"), Code(digits=6), aliases=("邮政编码",), example="450000"),
    Column("is_legal_person", _("法人资格"), yes_no(), aliases=("是否法人",), example="是"),
    Column(
        "host",
        _("依托单位"),
        ORGANISATION,
        aliases=("挂靠单位", "所在单位"),
        help=_("全称或信用代码，须已在名册中。"),
    ),
    Column(
        "supervisor",
        _("主管单位"),
        ORGANISATION,
        aliases=("业务主管单位",),
        help=_("全称或信用代码，须已在名册中。"),
    ),
    Column(
        "affiliated",
        _("列入本会名册"),
        yes_no(),
        help=_("新增的单位不填即为“是”；已有的单位不填则不变。"),
        example="是",
    ),
)


def check_units(rows: Sequence[Row], _context: Context) -> Iterable[tuple[int, Fault]]:
    """Yield doubts: the first two characters of the code are unusual for the kind of unit."""
    for row in rows:
        code, kind = row.get("credit_code"), row.get("kind")
        if code and kind and not fits_kind(code, kind):
            values = {"code": code[:2], "kind": str(kinds()[kind])}
            yield row.number, Fault("parties.code_unusual_for_kind", "credit_code", values, Weight.WARN)


def export_units(context: Context) -> Iterable[dict[str, Any]]:
    """Yield the units that belong to the association, by name."""
    day = local_day(context.at)
    belonging = Tie.objects.filter(
        on_day(day), kind=TieKind.AFFILIATION, organisation_id=context.association_id
    ).values("party_id")
    units = with_rows(Organisation.objects.filter(pk__in=belonging, merged_into__isnull=True), context)
    for unit in units.order_by("name", "pk"):
        yield {"id": str(unit.pk), **values_of(unit, context)}


UNITS = SheetKind(
    code="parties.units",
    label=_("单位名册"),
    help=_(
        "学会、高校科协、企业科协、科普基地等单位，每行一个。按信用代码认出已有的单位，没有代码的按名称。"
    ),
    columns=COLUMNS,
    may_import=officers_associations,
    identity=(("credit_code",), ("name",)),
    match=find_units,
    check=check_units,
    apply=write_unit,
    export=export_units,
    order=10,
    address=lambda pk: reverse("parties:organisation", args=[pk]),
)
