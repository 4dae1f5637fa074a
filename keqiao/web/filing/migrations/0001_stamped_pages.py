"""Signature pages as they were printed, and the pictures of stamped ones.

Touches: new tables. Again: Django knows. Back: drops them. Order: first of the room.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("parties", "0004_locked_numbers_and_profile"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SignaturePage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("about_kind", models.CharField(max_length=60, verbose_name="对象类型")),
                ("about_id", models.UUIDField(verbose_name="对象标识")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="指纹")),
                ("version", models.PositiveIntegerField(blank=True, null=True, verbose_name="版次")),
                ("boxes", models.JSONField(blank=True, default=list, verbose_name="签章栏")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
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
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="生成人",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("about_kind", "about_id", "fingerprint"),
                        name="one_signature_page_per_content",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about_kind", ""), _negated=True),
                            models.Q(("fingerprint", ""), _negated=True),
                        ),
                        name="signature_page_says_of_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="页次")),
                (
                    "about_kind",
                    models.CharField(blank=True, default="", max_length=60, verbose_name="对象类型"),
                ),
                ("about_id", models.UUIDField(blank=True, null=True, verbose_name="对象标识")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("matched", "已识别"),
                            ("unmatched", "未识别"),
                            ("attached", "人工关联"),
                            ("set_aside", "已搁置"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[("code", "识别二维码"), ("hand", "人工关联"), ("", "未关联")],
                        default="",
                        max_length=4,
                        verbose_name="关联方式",
                    ),
                ),
                (
                    "seal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "可见红色印章"),
                            ("no", "未见红色印章"),
                            ("unclear", "看不清，请人工核对"),
                            ("", "未查看"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="印章",
                    ),
                ),
                ("seals", models.JSONField(blank=True, default=list, verbose_name="各栏印章")),
                ("signatures", models.JSONField(blank=True, default=list, verbose_name="电子签名")),
                ("taken_at", models.DateTimeField(verbose_name="上传时间")),
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
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "picture",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stamped_picture",
                        to="files.storedfile",
                        verbose_name="校正后的图片",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="filing.signaturepage",
                        verbose_name="盖章页",
                    ),
                ),
            ],
            options={
                "ordering": ["-taken_at", "position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["attached", "matched", "set_aside", "unmatched"])),
                        name="scan_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("file", "position"), name="one_scan_per_page_of_a_file"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["matched", "attached"]), _negated=True),
                            models.Q(
                                models.Q(("about_kind", ""), _negated=True),
                                ("about_id__isnull", False),
                                models.Q(("way", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="scan_that_counts_is_about_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "code"), _negated=True), ("page__isnull", False), _connector="OR"
                        ),
                        name="scan_known_by_its_code_has_a_page",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["about_kind", "about_id"], name="scans_of_what_was_signed"),
                ],
            },
        ),
    ]
