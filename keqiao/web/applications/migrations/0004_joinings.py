"""Units that are asked to join an application, and what they answer.

Why: a partner is not bound by being named; until now nobody asked it.
Touches: no rows. Applications made before are asked about when they are submitted, or by the button. Again: safe.
Back: drops the table with the answers; the events stay. Order: after 0003.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_body_of_record"),
        ("parties", "0004_locked_numbers_and_profile"),
        ("programmes", "0005_cancelled_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Joining",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("title", models.CharField(blank=True, default="", max_length=200, verbose_name="项目名称")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待确认"),
                            ("accepted", "已同意"),
                            ("declined", "不同意"),
                            ("lapsed", "已失效"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, default="", max_length=400, verbose_name="不同意的理由"),
                ),
                ("version", models.PositiveIntegerField(blank=True, null=True, verbose_name="答复时的版次")),
                (
                    "digest",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="答复时的内容摘要"),
                ),
                ("asked_at", models.DateTimeField(verbose_name="邀请时间")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joinings",
                        to="applications.application",
                        verbose_name="申报书",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="邀请人",
                    ),
                ),
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
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="牵头单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="联合单位",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at", "pk"],
                "indexes": [models.Index(fields=["unit", "state"], name="joinings_of_a_unit")],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "unit"), name="a_unit_is_asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["accepted", "asked", "declined", "lapsed"])),
                        name="joining_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["asked", "lapsed"]),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("version__isnull", False),
                                models.Q(("digest", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="joining_answer_has_time_and_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="joining_declined_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit", models.F("lead")), _negated=True),
                        name="joining_unit_is_not_the_lead",
                    ),
                ],
            },
        ),
    ]
