"""What the models of the definition find wrong, as sentences beside the field that they are about."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError as Fault
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from keqiao.web.programmes.forms.assembling import Assembly, Loc
from keqiao.web.programmes.forms.fields import FILL_IN
from keqiao.web.programmes.statements.shapes import Group, Leaf, Rows, Shape
from keqiao.web.programmes.statements.slots import STATED

SENTENCES: Mapping[str, Any] = {
    "missing": FILL_IN,
    "union_tag_not_found": _("请选择。"),
    "union_tag_invalid": _("请选择。"),
    "literal_error": _("请选择。"),
    "too_short": _("请至少填写 %(min_length)s 项。"),
    "string_too_short": FILL_IN,
    "string_too_long": _("最多 %(max_length)s 个字。"),
    "string_pattern_mismatch": _("写法不合要求，请按提示填写。"),
    "greater_than": _("须大于 %(gt)s。"),
    "greater_than_equal": _("不能小于 %(ge)s。"),
    "less_than_equal": _("不能大于 %(le)s。"),
    "decimal_max_digits": _("数字位数太多。"),
    "decimal_max_places": _("最多 6 位小数。"),
    "decimal_whole_digits": _("数字位数太多。"),
    "date_unknown": _("这一天不存在。"),
    "min_above_max": _("上限低于下限。"),
    "places_unstated": _("请填一个确定的名额，或填上下限，两种不要都填，也不要都不填。"),
    "condition_empty": _("请填写关系和数值，或列出可以的取值。"),
    "field_needed": _("加总或去重计数时，请选按哪一栏。"),
    "denominator_needed": _("计占比时，请写明基数。"),
    "weights_do_not_add_up": _("各部分分值合计应为100，现在是 %(total)s。"),
    "closing_marks_cross": _("不通过分数不能高于通过分数。"),
    "repeated": _("这个名称已经有了。"),
    "detail_text": _("请填写一行文字；有几行的请选“多项”。"),
    "detail_number": _("请填写整数。"),
    "detail_yes_no": _("请填写“是”或“否”。"),
}
"""By kind of fault, as pydantic and the models call it."""
ANYTHING_ELSE = _("内容不合要求。")

ABOUT: Mapping[str, tuple[str, ...]] = {
    "min_above_max": ("max_fen", "pick_max", "max"),
    "places_unstated": ("count",),
    "condition_empty": ("value",),
    "field_needed": ("field",),
    "denominator_needed": ("denominator",),
    "weights_do_not_add_up": ("execution",),
    "closing_marks_cross": ("fails_below",),
}
"""The field that a fault of a whole group is shown at: the first that the group has."""


def faults_of(
    found: ValidationError, assembly: Assembly, shape: Shape, top: str
) -> Iterator[tuple[str, Fault]]:
    """Yield each fault once, with the name of its field; "" where it is about the whole."""
    seen: set[str] = set()
    for entry in found.errors(include_url=False):
        loc: Loc = entry["loc"][1:] if entry["loc"][:1] == (STATED,) else entry["loc"]
        at, name = assembly.field_at(shape, loc, top)
        if entry["type"] == "too_short" and len(assembly.shown.get(name, ())) >= entry["ctx"]["min_length"]:
            continue  # there are enough rows; those with faults of their own are not counted
        name = _shown_at(at, name, entry["type"])
        if name not in seen:
            seen.add(name)
            yield name, said(entry["type"], entry.get("ctx") or {})


def said(kind: str, values: Mapping[str, Any]) -> Fault:
    """Return the sentence for a kind of fault."""
    return Fault(SENTENCES.get(kind, ANYTHING_ELSE), code=kind, params=dict(values))


def _shown_at(shape: Shape, name: str, kind: str) -> str:
    if isinstance(shape, Leaf):
        return name
    if isinstance(shape, Rows):
        return f"{name}-rows" if name else "rows"
    if isinstance(shape, Group):
        first = next((each for each in ABOUT.get(kind, ()) if each in shape.fields), "")
        return "-".join(filter(None, (name, first))) if first else ""
    return name
