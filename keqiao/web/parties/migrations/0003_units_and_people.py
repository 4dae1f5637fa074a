"""Dated facts of units and people, base figures of regions, merges; names get the form in which they are compared.

Why: rules ask what held on a day, and parties that were registered twice have to become one without losing history.
Touches: every name (its compared form) and every organisation (its kind, level, region and legal person in force
become facts that hold since its first full name). The compared form written here knows width, case, spaces and
punctuation; letters that only look alike are folded by ``keqiao names``, which may be run at any time.
Again: safe, the schema's own record keeps it from running twice. Back: facts, figures and merges are lost, merged
parties stand apart again. Order: after 0002.
"""

import unicodedata
import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

LONGEST = 240


def fold_names(apps, _editor):
    names = apps.get_model("parties", "PartyName")
    for name in names.objects.filter(folded="").iterator(chunk_size=1000):
        wide = unicodedata.normalize("NFKC", name.text).casefold()
        name.folded = "".join(sign for sign in wide if unicodedata.category(sign)[0] in "LN")[:LONGEST]
        name.save(update_fields=["folded"])


def state_facts(apps, _editor):
    names = apps.get_model("parties", "PartyName")
    facts = apps.get_model("parties", "OrganisationFact")
    full = names.objects.filter(kind="full").order_by("-valid_from")
    since = dict(full.values_list("party", "valid_from"))  # the first name of each comes last, and stays
    for unit in (
        apps.get_model("parties", "Organisation").objects.select_related("region").iterator(chunk_size=1000)
    ):
        legal = {None: "", True: "yes", False: "no"}[unit.is_legal_person]
        region = unit.region.code if unit.region else ""
        stated = {"kind": unit.kind, "level": unit.level, "region": region, "legal_person": legal}
        facts.objects.bulk_create(
            facts(organisation=unit, kind=kind, value=value, valid_from=since[unit.pk], source="登记")
            for kind, value in stated.items()
            if value and unit.pk in since
        )


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("parties", "0002_second_person_publishes"),
    ]

    operations = [
        migrations.CreateModel(
            name="BaseFigure",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="指标")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("value", models.DecimalField(decimal_places=2, max_digits=16, verbose_name="数值")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                ("entered_at", models.DateTimeField(verbose_name="录入时间")),
                ("corrected_at", models.DateTimeField(blank=True, null=True, verbose_name="更正时间")),
            ],
            options={
                "ordering": ["kind", "-year", "-entered_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value__gte", 0)), name="figure_is_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1949), ("year__lte", 2200)),
                        name="figure_year_is_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrected_at__isnull", True),
                            ("corrected_at__gte", models.F("entered_at")),
                            _connector="OR",
                        ),
                        name="figure_is_corrected_after_it_was_entered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DistinctPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("said_at", models.DateTimeField(verbose_name="确认时间")),
            ],
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("moved", models.JSONField(blank=True, default=dict, verbose_name="转移的记录")),
                ("merged_at", models.DateTimeField(verbose_name="合并时间")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
            ],
            options={
                "ordering": ["-merged_at"],
            },
        ),
        migrations.CreateModel(
            name="OrganisationFact",
            fields=[
                ("valid_from", models.DateField(verbose_name="起始日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("kind", "单位类别"),
                            ("level", "级别"),
                            ("region", "所在区域"),
                            ("legal_person", "法人资格"),
                            ("account", "银行账户状态"),
                            ("trait", "特征"),
                        ],
                        max_length=16,
                        verbose_name="事项",
                    ),
                ),
                ("subject", models.CharField(blank=True, default="", max_length=40, verbose_name="特征名称")),
                ("value", models.CharField(max_length=40, verbose_name="内容")),
            ],
            options={
                "ordering": ["-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "trait"), models.Q(("subject", ""), _negated=True)),
                            models.Q(models.Q(("kind", "trait"), _negated=True), ("subject", "")),
                            _connector="OR",
                        ),
                        name="traits_have_a_subject_others_none",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["legal_person", "trait"]), _negated=True),
                            ("value__in", ["yes", "no"]),
                            _connector="OR",
                        ),
                        name="traits_and_legal_persons_are_yes_or_no",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "account"), _negated=True),
                            ("value__in", ["closed", "frozen", "none", "normal"]),
                            _connector="OR",
                        ),
                        name="account_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonFact",
            fields=[
                ("valid_from", models.DateField(verbose_name="起始日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("field", "专业领域"),
                            ("workplace", "工作单位"),
                            ("title", "职称"),
                            ("region", "所在区域"),
                        ],
                        max_length=16,
                        verbose_name="事项",
                    ),
                ),
                ("value", models.CharField(max_length=80, verbose_name="内容")),
            ],
            options={
                "ordering": ["-valid_from"],
            },
        ),
        migrations.CreateModel(
            name="PersonQualification",
            fields=[
                ("valid_from", models.DateField(verbose_name="起始日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                ("name", models.CharField(max_length=60, verbose_name="资格名称")),
                ("level", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="等级")),
                ("number", models.CharField(blank=True, default="", max_length=40, verbose_name="证书编号")),
            ],
            options={
                "ordering": ["name", "-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__isnull", True),
                            models.Q(("level__gte", 1), ("level__lte", 9)),
                            _connector="OR",
                        ),
                        name="qualification_level_from_one_to_nine",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="qualification_period_in_order",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="party",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="absorbed",
                to="parties.party",
                verbose_name="已并入",
            ),
        ),
        migrations.AddField(
            model_name="partyname",
            name="folded",
            field=models.CharField(default="", editable=False, max_length=240, verbose_name="比对形式"),
        ),
        migrations.AddField(
            model_name="person",
            name="phone",
            field=models.CharField(blank=True, default="", max_length=11, verbose_name="手机号码"),
        ),
        migrations.AlterField(
            model_name="tie",
            name="kind",
            field=models.CharField(
                choices=[
                    ("member", "会员"),
                    ("council", "理事会任职"),
                    ("staff", "工作人员"),
                    ("legal_representative", "法定代表人"),
                    ("head", "主要负责人"),
                    ("branch", "分支机构"),
                    ("host", "依托单位"),
                    ("supervisor", "主管单位"),
                    ("affiliation", "所属"),
                    ("recommender", "推荐单位"),
                    ("volunteer", "志愿者"),
                    ("mentor", "导师"),
                    ("liaison", "联络人"),
                    ("expert", "专家"),
                    ("station_expert", "工作站专家"),
                ],
                max_length=24,
                verbose_name="关系",
            ),
        ),
        migrations.AddIndex(
            model_name="partyname",
            index=models.Index(fields=["folded"], name="party_name_folded"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["phone"], name="person_by_phone"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="party_is_not_merged_into_itself",
            ),
        ),
        migrations.AddField(
            model_name="basefigure",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="figures",
                to="parties.region",
                verbose_name="区域",
            ),
        ),
        migrations.AddField(
            model_name="distinctpair",
            name="first",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
                verbose_name="主体",
            ),
        ),
        migrations.AddField(
            model_name="distinctpair",
            name="second",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
                verbose_name="主体",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="gone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges_away",
                to="parties.party",
                verbose_name="并入",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merges",
                to="parties.party",
                verbose_name="保留",
            ),
        ),
        migrations.AddField(
            model_name="organisationfact",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="证明材料",
            ),
        ),
        migrations.AddField(
            model_name="organisationfact",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="parties.organisation",
                verbose_name="单位",
            ),
        ),
        migrations.AddField(
            model_name="personfact",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="证明材料",
            ),
        ),
        migrations.AddField(
            model_name="personfact",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="facts",
                to="parties.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddField(
            model_name="personqualification",
            name="evidence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
                verbose_name="证明材料",
            ),
        ),
        migrations.AddField(
            model_name="personqualification",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="qualifications",
                to="parties.person",
                verbose_name="人员",
            ),
        ),
        migrations.AddConstraint(
            model_name="basefigure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("corrected_at__isnull", True)),
                fields=("region", "kind", "year"),
                name="one_figure_counts_per_year",
            ),
        ),
        migrations.AddConstraint(
            model_name="distinctpair",
            constraint=models.UniqueConstraint(fields=("first", "second"), name="a_pair_is_told_apart_once"),
        ),
        migrations.AddConstraint(
            model_name="distinctpair",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="smaller_id_first"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("gone")), _negated=True), name="merge_joins_two_parties"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("gone",),
                name="a_party_is_merged_away_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationfact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("organisation", "kind", "subject"),
                name="one_fact_in_force_per_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationfact",
            constraint=models.UniqueConstraint(
                fields=("organisation", "kind", "subject", "valid_from"), name="fact_begins_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisationfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="organisation_fact_period_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="personfact",
            constraint=models.UniqueConstraint(
                fields=("person", "kind", "value", "valid_from"), name="person_fact_begins_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="personfact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True), models.Q(("kind", "field"), _negated=True)),
                fields=("person", "kind"),
                name="one_person_fact_in_force_per_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="personfact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("valid_until__isnull", True)),
                fields=("person", "kind", "value"),
                name="one_field_in_force_per_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="personfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("valid_from")),
                    _connector="OR",
                ),
                name="person_fact_period_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="personqualification",
            constraint=models.UniqueConstraint(
                fields=("person", "name", "valid_from"), name="qualification_begins_once_a_day"
            ),
        ),
        migrations.RunPython(fold_names, migrations.RunPython.noop),
        migrations.RunPython(state_facts, migrations.RunPython.noop),
    ]
