"""Versions of drafts, rows of what is offered and its dates, correction notices, last year's call.

Why: undo and merging need every version; public search and statistics may not read all definitions.
Touches: no rows; what is published already is offered again by ``keqiao programme offers``.
Again: safe, the schema's own record keeps it from running twice. Back: the versions of drafts are lost.
Order: after 0002.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("parties", "0002_second_person_publishes"),
        ("programmes", "0002_revisions_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="call",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programmes.call",
                verbose_name="沿用自",
            ),
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "等待识读"),
                            ("reading", "正在识读"),
                            ("read", "已识读"),
                            ("failed", "未能识读"),
                        ],
                        default="queued",
                        max_length=8,
                        verbose_name="识读状态",
                    ),
                ),
                ("failure", models.CharField(blank=True, default="", max_length=60, verbose_name="失败原因")),
                ("failure_values", models.JSONField(blank=True, default=dict, verbose_name="失败原因的数据")),
                ("kind", models.CharField(blank=True, default="", max_length=20, verbose_name="文种")),
                ("title", models.CharField(blank=True, default="", max_length=300, verbose_name="标题")),
                ("document", models.JSONField(blank=True, null=True, verbose_name="原文内容")),
                ("about", models.JSONField(blank=True, default=dict, verbose_name="所指通知")),
                ("proposals", models.JSONField(blank=True, default=list, verbose_name="拟改事项")),
                ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="识读时间")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="并入草稿时间")),
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="programmes.call",
                        verbose_name="所改通知",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="原件",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="programmes.revision",
                        verbose_name="修订版本",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "ordering": ["-uploaded_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("failure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="failed_amendment_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applied_at__isnull", True), ("call__isnull", False), _connector="OR"
                        ),
                        name="applied_amendment_has_its_call",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("node", models.CharField(blank=True, default="", max_length=80, verbose_name="类别标识")),
                ("name", models.CharField(max_length=300, verbose_name="类别")),
                ("group", models.CharField(blank=True, default="", max_length=600, verbose_name="上级类别")),
                (
                    "applicants",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="申报单位种类"),
                ),
                ("themes", models.CharField(blank=True, default="", max_length=200, verbose_name="主题")),
                (
                    "outcome",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="入选后获得"),
                ),
                (
                    "least_fen",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="每项最低（分）"),
                ),
                (
                    "most_fen",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="每项最高（分）"),
                ),
                (
                    "total_fen",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="合计（分）"),
                ),
                ("places", models.PositiveIntegerField(blank=True, null=True, verbose_name="名额")),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="开始受理")),
                ("deadline_at", models.DateTimeField(blank=True, null=True, verbose_name="申报截止")),
                ("invented", models.BooleanField(default=False, verbose_name="含演示数据")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="offers",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
            ],
            options={
                "ordering": ["call", "position"],
                "indexes": [
                    models.Index(fields=["most_fen"], name="offers_by_amount"),
                    models.Index(fields=["call", "deadline_at"], name="offers_by_deadline"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "node"), name="one_offer_per_category"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("least_fen__isnull", True),
                            ("most_fen__gte", models.F("least_fen")),
                            _connector="OR",
                        ),
                        name="offer_amounts_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("node", models.CharField(blank=True, default="", max_length=80, verbose_name="类别标识")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opens", "开始受理"),
                            ("deadline", "申报截止"),
                            ("completion", "完成时限"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=300, verbose_name="类别")),
                ("on", models.DateField(verbose_name="日期")),
                ("at", models.TimeField(blank=True, null=True, verbose_name="时刻")),
                ("invented", models.BooleanField(default=False, verbose_name="含演示数据")),
                ("changes", models.PositiveIntegerField(default=0, verbose_name="变动次数")),
                ("changed_at", models.DateTimeField(verbose_name="变动时间")),
                ("dropped", models.BooleanField(default=False, verbose_name="不再规定")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
            ],
            options={
                "ordering": ["call", "on"],
                "indexes": [models.Index(fields=["kind", "on"], name="milestones_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "node", "kind"), name="one_milestone_per_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Portion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("categories", models.PositiveIntegerField(verbose_name="类别数")),
                (
                    "applicants",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="申报单位种类"),
                ),
                ("themes", models.CharField(blank=True, default="", max_length=200, verbose_name="主题")),
                (
                    "total_fen",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="合计（分）"),
                ),
                ("places", models.PositiveIntegerField(blank=True, null=True, verbose_name="名额")),
                ("invented", models.BooleanField(default=False, verbose_name="含演示数据")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="portions",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
            ],
            options={
                "ordering": ["call", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "position"), name="one_portion_per_position")
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="版次")),
                ("act", models.CharField(max_length=20, verbose_name="操作")),
                ("part", models.JSONField(blank=True, default=list, verbose_name="部分")),
                ("definition", models.JSONField(verbose_name="内容")),
                ("words", models.JSONField(blank=True, default=dict, verbose_name="原文依据")),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="核定记录")),
                ("back", models.PositiveIntegerField(blank=True, null=True, verbose_name="撤销到")),
                ("forth", models.PositiveIntegerField(blank=True, null=True, verbose_name="重做到")),
                ("saved_at", models.DateTimeField(verbose_name="存档时间")),
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
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="programmes.draft",
                        verbose_name="草稿",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="修改人",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "version"), name="one_step_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("back__isnull", True), ("back__lt", models.F("version")), _connector="OR"
                        ),
                        name="step_goes_back_to_an_older_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forth__isnull", True), ("forth__lt", models.F("version")), _connector="OR"
                        ),
                        name="step_goes_forth_to_an_older_version",
                    ),
                ],
            },
        ),
    ]
