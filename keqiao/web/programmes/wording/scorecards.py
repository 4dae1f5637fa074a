"""A scorecard in plain words, for those who apply: how a total is made, what counts, what decides between equals."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keqiao.core.programme.selection import Criterion, Scorecard, TieBreak


def totals_said(card: Scorecard) -> tuple[str, ...]:
    """Return how the total of an application is made and what it decides, sentence by sentence."""
    return tuple(_sentences(card))


def bands_said(criterion: Criterion) -> str:
    """Return the grades of a criterion with their points; "" where it has none."""
    shown = {"sep": _("、")}
    return shown["sep"].join(
        _("%(name)s %(least)s 至 %(most)s 分") % {"name": each.name, "least": each.least, "most": each.most}
        for each in criterion.bands
    )


def _sentences(card: Scorecard) -> Iterator[str]:
    yield _joined(card)
    yield _decimals(card)
    if card.pass_mark is not None:
        yield _("总分低于 %(n)s 分的，不能入选。") % {"n": card.pass_mark}
    if card.integrity:
        yield _("专家先答“%(question)s”：答“是”的，这位专家所给各项均为 0 分，由受理单位核查。") % {
            "question": card.integrity
        }
    if card.vetoes:
        named = _("；").join(each.name for each in card.vetoes)
        yield ngettext(
            "有 %(n)s 位专家认定下列情形之一的，一票否决，不论总分：%(vetoes)s。",
            "有 %(n)s 位专家认定下列情形之一的，予以否决，不论总分：%(vetoes)s。",
            card.vetoes_needed,
        ) % {"n": card.vetoes_needed, "vetoes": named}
    yield _equals(card)
    if card.comments_told:
        yield _("结果公布后，专家评语随告知书告知申报单位，不写专家姓名。")


def _joined(card: Scorecard) -> str:
    said = _("每份申报由 %(n)s 位专家各自评分；") % {"n": card.experts} if card.experts else ""
    if card.joined == "mean":
        return said + _("总分是各位专家所给总分的平均值。")
    trimmed = _("评分满 %(n)s 份的，去掉一个最高总分和一个最低总分，取其余的平均值；不满的，取全部的平均值。")
    return said + trimmed % {"n": card.trim_from}


def _decimals(card: Scorecard) -> str:
    items = (
        _("各项打整数分；")
        if not card.item_decimals
        else ngettext("各项最多打到 %(n)s 位小数；", "各项最多打到 %(n)s 位小数；", card.item_decimals)
        % {"n": card.item_decimals}
    )
    return items + _shown(card) + _counted(card)


def _shown(card: Scorecard) -> str:
    if card.rounding == "half_up":
        words = ngettext("总分四舍五入到 %(n)s 位小数", "总分四舍五入到 %(n)s 位小数", card.decimals)
        return words % {"n": card.decimals} if card.decimals else _("总分四舍五入到整数")
    words = ngettext("总分取 %(n)s 位小数，其余舍去", "总分取 %(n)s 位小数，其余舍去", card.decimals)
    return words % {"n": card.decimals} if card.decimals else _("总分取整数，小数舍去")


def _counted(card: Scorecard) -> str:
    if card.ranked_by == "shown":
        return _("，排序以此为准。")
    return _("，排序以取舍前的准确分数为准。")


def _equals(card: Scorecard) -> str:
    if not card.tie_breaks:
        return _("总分相同、名额不够的，由受理单位决定。")
    ordered = _("；").join(_tie_break(card, each) for each in card.tie_breaks)
    return _("总分相同的，依次看：%(steps)s。仍然相同、名额不够的，由受理单位决定。") % {"steps": ordered}


def _tie_break(card: Scorecard, each: TieBreak) -> str:
    if each.by == "criterion":
        names = {one.id: one.name for one in _every(card.criteria)}
        return _("“%(name)s”得分高的在前") % {"name": names.get(each.criterion or "", "")}
    return {
        "preference": _("符合通知优先条件的在前"),
        "recommendations": _("推荐的专家多的在前"),
        "vote": _("受理单位组织投票"),
    }[each.by]


def _every(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for each in criteria:
        yield each
        yield from _every(each.parts)
