"""The register of experts as a table to import: one expert a row, known by number, phone or identity number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.expert import ExpertState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.readers.expert_fields import field_words
from keqiao.web.imports.columns import Code, Column, Context, Text, Whole
from keqiao.web.imports.sheet_kinds import Fault, Row, SheetKind, Standing
from keqiao.web.parties.actions import NewTie, PersonDetails, TieKind, register_person, tie
from keqiao.web.parties.lookups import ORGANISATION, officers_associations
from keqiao.web.parties.posts import body_with_id, works_in
from keqiao.web.parties.queries import local_day
from keqiao.web.parties.rolls.finding_people import PERSON, known_people, person_meant
from keqiao.web.parties.rolls.people import ABOUT_PERSON, NAME, NUMBER
from keqiao.web.review.actions.experts import ExpertDetails, describe_expert, enter_expert
from keqiao.web.review.models import Expert

SOURCE = "导入"
BETWEEN = "、"
BREAKS = str.maketrans(dict.fromkeys(",，;；/\n", BETWEEN))


def fields_in(text: str) -> str:
    """Return fields of work in one spelling: their Chinese names in the order of the vocabulary.

    Raises:
        ValidationError: one of the words is no field of work.
    """
    wanted = [word.strip() for word in text.translate(BREAKS).split(BETWEEN) if word.strip()]
    names = {name.casefold(): key for key, words in field_words().items() for name in words.values()}
    unknown = [word for word in wanted if word.casefold() not in names]
    if unknown:
        raise ValidationError(_("没有这个专业领域：%(word)s。"), "expert.field_unknown", {"word": unknown[0]})
    keys = {names[word.casefold()] for word in wanted}
    return BETWEEN.join(words["zh"] for key, words in field_words().items() if key in keys)


def ids_of_fields(text: str) -> tuple[str, ...]:
    """Return the ids of the fields that :func:`fields_in` spells so."""
    names = set(text.split(BETWEEN))
    return tuple(key for key, words in field_words().items() if words["zh"] in names)


def match(rows: Sequence[Row], context: Context) -> dict[int, Standing | Fault]:
    """Return by line the expert whom a row means, or why that is not certain; a new one has no entry."""
    known = known_people(rows)
    experts = {each.person_id: each for each in _experts(context)}
    found: dict[int, Standing | Fault] = {}
    for row in rows:
        meant = person_meant(row, known, frozenset(experts))
        if isinstance(meant, Fault):
            found[row.number] = meant
        elif meant is not None and meant.pk in experts:
            expert = experts[meant.pk]
            found[row.number] = Standing(str(expert.pk), _values_of(expert))
    return found


def apply(row: Row, standing: Standing | None, context: Context) -> str:
    """Enter the expert of a row, or change what the register says; returns the id of the expert.

    A blank cell changes nothing. The unit is written down as a post where nobody has stated one there.
    """
    if standing is None:
        person = _person(row, context)
        _work_at(person, row, context)
        details = ExpertDetails(row.get("title", ""), ids_of_fields(row.get("fields", "")), row.get("most"))
        source = row.get("source", SOURCE)
        made = enter_expert(
            context.association_id, person.pk, details, source, by=(context.actor, context.at)
        )
        return str(made.pk)
    expert: Any = Expert.objects.select_related("person").get(pk=UUID(standing.id))
    fields = ids_of_fields(row.get("fields", "")) or tuple(expert.fields)
    details = ExpertDetails(row.get("title", expert.title), fields, row.get("most", expert.most))
    describe_expert(expert.pk, details, actor=context.actor, at=context.at)
    _work_at(expert.person, row, context)
    return standing.id


def export(context: Context) -> Iterable[Mapping[str, Any]]:
    """Yield the experts of the association who have not left."""
    for expert in _experts(context).exclude(state=ExpertState.LEFT.value):
        yield {"id": str(expert.pk), **_values_of(expert)}


def _experts(context: Context) -> Any:
    rows = Expert.objects.filter(association_id=context.association_id)
    return rows.select_related("person").order_by("person__name", "pk")


def _values_of(expert: Any) -> dict[str, Any]:
    names = field_words()
    stated = {
        "name": expert.person.name,
        "title": expert.title,
        "fields": BETWEEN.join(words["zh"] for key, words in names.items() if key in expert.fields),
        "most": expert.most,
        "phone": expert.person.phone,
        "birth_date": expert.person.birth_date,
        PERSON: str(expert.person_id),
    }
    return {key: value for key, value in stated.items() if value not in ("", None)}


def _person(row: Row, context: Context) -> Any:
    """The person of a new row; one who is not in the register is entered there first."""
    known = person_meant(row, known_people([row]), frozenset())
    if known is not None and not isinstance(known, Fault):
        return known
    born: date | None = row.get("birth_date")
    wanted = PersonDetails(row.values["name"], born, row.get("phone", ""), row.get("identity_number"))
    return register_person(wanted, actor=context.actor, role=OFFICER, at=context.at)


def _work_at(person: Any, row: Row, context: Context) -> None:
    unit = row.get("unit")
    if unit is None or works_in(person.pk, UUID(unit.id), local_day(context.at)):
        return
    body, day = body_with_id(UUID(unit.id)), local_day(context.at)
    wanted = NewTie(person, body, TieKind.STAFF, valid_from=day, source=SOURCE)
    tie(wanted, actor=context.actor, role=OFFICER, at=context.at)


EXPERTS = SheetKind(
    code="review.experts",
    label=_("专家库"),
    help=_("科协评审专家，每行一人。"),
    columns=(
        NAME,
        Column(
            "unit",
            _("工作单位"),
            ORGANISATION,
            aliases=("单位", "所在单位"),
            help=_("全称或信用代码，须已在名册中。回避按单位核对，请尽量填写。"),
            example="某某大学",
        ),
        Column("title", _("职称"), Text(40), aliases=("技术职称", "专业技术职务"), example="教授"),
        Column(
            "fields",
            _("专业领域"),
            Code(check=fields_in, longest=400),
            aliases=("研究领域", "专业", "学科"),
            help=_("用词须在专业领域表中，几项之间用顿号隔开。"),
            example="物理、材料",
        ),
        Column("most", _("最多评审份数"), Whole(1, 99), aliases=("评审份数上限",)),
        Column("source", _("来源"), Text(120), aliases=("推荐来源",), help=_("只在新增时使用。")),
        *ABOUT_PERSON,
        NUMBER,
    ),
    may_import=officers_associations,
    identity=(("identity_number",), (PERSON,)),
    match=match,
    apply=apply,
    export=export,
    order=60,
    named_by=("name", "unit"),
    address=lambda pk: reverse("review:expert", args=[pk]),
)
SHEETS = (EXPERTS,)
