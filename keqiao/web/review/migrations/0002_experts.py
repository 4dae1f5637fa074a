"""Experts of an association, and what was declared between them and others. New tables; may run again."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0004_locked_numbers_and_profile"),
        ("review", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Expert",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(blank=True, default="", max_length=40, verbose_name="职称")),
                ("fields", models.JSONField(blank=True, default=list, verbose_name="专业领域")),
                (
                    "most",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="最多评审份数"),
                ),
                (
                    "state",
                    models.CharField(default="active", max_length=8, verbose_name="状态"),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=400, verbose_name="理由")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                (
                    "stated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="确认申报完整的时间"),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
                        verbose_name="专家",
                    ),
                ),
            ],
            options={
                "ordering": ["person__name", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("association", "person"), name="one_expert_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["active", "left", "resting"])),
                        name="expert_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "active"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="expert_out_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("spouse", "配偶"),
                            ("lineal", "直系血亲"),
                            ("collateral", "三代以内旁系血亲"),
                            ("affinity", "近姻亲"),
                            ("tutor", "师生"),
                            ("co_author", "合著"),
                            ("same_project", "同一课题组"),
                            ("interest", "其他利害关系"),
                        ],
                        max_length=20,
                        verbose_name="关系",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="对方姓名或名称")),
                ("until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                ("declared_at", models.DateTimeField(verbose_name="申报时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申报人",
                    ),
                ),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relations",
                        to="review.expert",
                        verbose_name="专家",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="对方单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
                        verbose_name="对方人员",
                    ),
                ),
            ],
            options={
                "ordering": ["expert", "kind", "declared_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", True), ("organisation__isnull", True), _connector="OR"
                        ),
                        name="relation_is_to_one_party",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "affinity",
                                    "co_author",
                                    "collateral",
                                    "interest",
                                    "lineal",
                                    "same_project",
                                    "spouse",
                                    "tutor",
                                ],
                            )
                        ),
                        name="relation_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", True), ("kind", "interest"), _connector="OR"
                        ),
                        name="relation_to_a_body_is_an_interest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="relation_names_somebody"
                    ),
                ],
            },
        ),
    ]
