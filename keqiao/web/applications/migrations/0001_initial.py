"""Applications: what units fill in and submit, every version of it, and the receipts they hold."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("parties", "0004_locked_numbers_and_profile"),
        ("programmes", "0005_cancelled_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("node", models.CharField(blank=True, default="", max_length=80, verbose_name="类别标识")),
                ("path", models.JSONField(blank=True, default=list, verbose_name="类别路径")),
                ("title", models.CharField(blank=True, default="", max_length=200, verbose_name="项目名称")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("submitted", "已提交"),
                            ("returned", "退回修改"),
                            ("withdrawn", "已撤回"),
                            ("discarded", "已删除"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版次")),
                ("number", models.CharField(blank=True, default="", max_length=80, verbose_name="受理编号")),
                ("key", models.CharField(blank=True, default="", max_length=64, verbose_name="提交标识")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("created_at", models.DateTimeField(verbose_name="创建时间")),
                ("edited_at", models.DateTimeField(verbose_name="最近修改时间")),
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
                        related_name="applications",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="最近修改人",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
                        verbose_name="项目负责人",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.revision",
                        verbose_name="通知版本",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to="parties.organisation",
                        verbose_name="申报单位",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["discarded", "draft", "returned", "submitted", "withdrawn"])
                        ),
                        name="application_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="application_version_starts_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["discarded", "draft"]),
                            models.Q(
                                ("submitted_at__isnull", False),
                                models.Q(("number", ""), _negated=True),
                                models.Q(("key", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="submitted_application_has_number_and_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("association", "number"),
                        name="one_application_per_number",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["association", "state", "submitted_at"], name="applications_of_an_office"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("field", models.CharField(max_length=80, verbose_name="栏目")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("attached_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="applications.application",
                        verbose_name="申报书",
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
                    "attached_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="application_attachment",
                        to="files.storedfile",
                        verbose_name="文件",
                    ),
                ),
            ],
            options={
                "ordering": ["attached_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True), name="attachment_has_digest"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["application", "field"], name="attachments_of_a_field"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Guard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party_id", models.UUIDField(verbose_name="主体")),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("association", "party_id"), name="one_guard_per_party"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("grace_seconds", models.PositiveIntegerField(default=0, verbose_name="宽限（秒）")),
                (
                    "number_pattern",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="编号格式"),
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
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intake",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("call__isnull", True)),
                        fields=("association",),
                        name="one_intake_for_all_calls",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grace_seconds__lte", 86400)), name="grace_is_a_day_at_most"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stem", models.CharField(max_length=120, verbose_name="编号前后缀")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="已用序号")),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("association", "stem"), name="one_series_per_stem"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="applications.application",
                        verbose_name="申报书",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="合作单位",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "unit"), name="partner_joins_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="次数")),
                ("key", models.CharField(max_length=64, verbose_name="提交标识")),
                ("number", models.CharField(max_length=88, verbose_name="回执编号")),
                ("version", models.PositiveIntegerField(verbose_name="版次")),
                ("specification", models.CharField(max_length=64, verbose_name="表格摘要")),
                ("content", models.TextField(verbose_name="内容")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("arrived_at", models.DateTimeField(verbose_name="收到时间")),
                ("taken_at", models.DateTimeField(verbose_name="写入时间")),
                ("deadline_at", models.DateTimeField(blank=True, null=True, verbose_name="截止时间")),
                ("grace_seconds", models.PositiveIntegerField(default=0, verbose_name="宽限用时（秒）")),
                ("warnings", models.JSONField(blank=True, default=list, verbose_name="提示")),
                (
                    "application",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="applications.application",
                        verbose_name="申报书",
                    ),
                ),
                (
                    "association",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.revision",
                        verbose_name="通知版本",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "ordering": ["-ordinal"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "key"), name="one_submission_per_key"),
                    models.UniqueConstraint(
                        fields=("application", "ordinal"), name="one_submission_per_ordinal"
                    ),
                    models.UniqueConstraint(fields=("association", "number"), name="one_receipt_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True), models.Q(("digest", ""), _negated=True)
                        ),
                        name="submission_has_key_and_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ordinal__gte", 1)), name="submission_ordinal_starts_at_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Return",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("fields", models.JSONField(default=list, verbose_name="可修改栏目")),
                ("reasons", models.JSONField(default=dict, verbose_name="理由")),
                ("note", models.CharField(blank=True, default="", max_length=400, verbose_name="说明")),
                ("until", models.DateField(verbose_name="修改截止日期")),
                ("returned_at", models.DateTimeField(verbose_name="退回时间")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("corrected", "已修改"),
                            ("withdrawn", "已撤回"),
                            ("stood", "逾期未改，按原件办理"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="applications.application",
                        verbose_name="申报书",
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
                    "returned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned",
                        to="applications.submission",
                        verbose_name="所退回的提交",
                    ),
                ),
            ],
            options={
                "ordering": ["-returned_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("application",),
                        name="one_open_return_per_application",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("settled_at__isnull", True)),
                            models.Q(("settled_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="return_is_settled_with_an_outcome",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=["until"],
                        name="returns_by_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveIntegerField(verbose_name="版次")),
                ("act", models.CharField(max_length=20, verbose_name="操作")),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="填报内容")),
                ("sealed", models.TextField(blank=True, default="", editable=False, verbose_name="敏感内容")),
                ("salt", models.CharField(blank=True, default="", max_length=32, verbose_name="盐")),
                ("changed", models.JSONField(blank=True, default=list, verbose_name="改动栏目")),
                ("back", models.PositiveIntegerField(blank=True, null=True, verbose_name="撤销到")),
                ("forth", models.PositiveIntegerField(blank=True, null=True, verbose_name="重做到")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="applications.application",
                        verbose_name="申报书",
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
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.revision",
                        verbose_name="通知版本",
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
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("application", "number"), name="one_version_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("back__isnull", True), ("back__lt", models.F("number")), _connector="OR"
                        ),
                        name="version_goes_back_to_an_older_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("forth__isnull", True), ("forth__lt", models.F("number")), _connector="OR"
                        ),
                        name="version_goes_forth_to_an_older_one",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="submission",
            name="saved",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="applications.version",
                verbose_name="保存的版本",
            ),
        ),
        migrations.CreateModel(
            name="Prepared",
            fields=[
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="prepared",
                        serialize=False,
                        to="applications.application",
                        verbose_name="申报书",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="版次")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                ("specification", models.CharField(max_length=64, verbose_name="表格摘要")),
                ("content", models.TextField(verbose_name="内容")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("findings", models.JSONField(blank=True, default=list, verbose_name="检查结果")),
                ("parties", models.JSONField(blank=True, default=list, verbose_name="相关主体")),
                ("debarred", models.JSONField(blank=True, default=list, verbose_name="已知禁报")),
                ("asked_at", models.DateTimeField(verbose_name="核对时间")),
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
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.revision",
                        verbose_name="通知版本",
                    ),
                ),
                (
                    "saved",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="applications.version",
                        verbose_name="保存的版本",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True), name="prepared_has_digest"
                    ),
                ]
            },
        ),
    ]
