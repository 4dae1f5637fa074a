"""Keys as the database knows them, versions of consent texts with who agreed, and requests about own data.

Touches: nothing that exists. Again: safe. Back: what was recorded there is lost; the key file stays.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CipherKey",
            fields=[
                (
                    "id",
                    models.CharField(
                        max_length=20, primary_key=True, serialize=False, verbose_name="密钥编号"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=16, verbose_name="密钥指纹")),
                ("made_at", models.DateTimeField(verbose_name="启用时间")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
            ],
            options={
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("retired_at__isnull", True),
                            ("retired_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="key_retires_after_it_was_made",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("registration", "注册与个人信息处理"),
                            ("publicity", "公开宣传"),
                            ("sensitive", "敏感个人信息"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("text_zh", models.TextField(max_length=4000, verbose_name="中文文本")),
                (
                    "text_en",
                    models.TextField(blank=True, default="", max_length=8000, verbose_name="英文文本"),
                ),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="文本摘要")),
                ("published_at", models.DateTimeField(verbose_name="发布时间")),
            ],
            options={
                "ordering": ["kind", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "version"), name="one_consent_text_per_version"),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="consent_versions_start_at_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("subject_id", models.UUIDField(verbose_name="账号")),
                ("given_at", models.DateTimeField(verbose_name="同意时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="privacy.consenttext",
                        verbose_name="文本",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["subject_id", "given_at"], name="consents_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("text", "subject_id"),
                        name="one_open_consent_per_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("given_at")),
                            _connector="OR",
                        ),
                        name="consent_is_withdrawn_after_it_was_given",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubjectRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("subject_id", models.UUIDField(verbose_name="账号")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("copy", "取得副本"),
                            ("correct", "更正"),
                            ("erase", "删除"),
                            ("explain", "说明处理规则"),
                        ],
                        max_length=8,
                        verbose_name="请求",
                    ),
                ),
                ("words", models.TextField(blank=True, default="", max_length=1000, verbose_name="具体要求")),
                ("received_at", models.DateTimeField(verbose_name="提出时间")),
                ("due_on", models.DateField(verbose_name="最迟答复日")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "办理中"), ("done", "已办结"), ("refused", "不予办理")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("answer", models.TextField(blank=True, default="", max_length=1000, verbose_name="答复")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("settled_by_id", models.UUIDField(blank=True, null=True, verbose_name="办理人")),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="副本文件",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on"],
                "indexes": [
                    models.Index(fields=["subject_id", "received_at"], name="requests_of_a_person"),
                    models.Index(fields=["state", "due_on"], name="requests_by_last_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True), ("settled_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="settled_request_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="refused_request_has_an_answer",
                    ),
                ],
            },
        ),
    ]
