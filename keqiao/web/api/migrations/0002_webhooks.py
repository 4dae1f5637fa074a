"""Addresses of other programs that are told what happens, and what was told them.

Why: systems of offices and units want to know when to ask.
Touches: new tables only. Again: safe. Back: they are dropped.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_initial"),
        ("parties", "0004_locked_numbers_and_profile"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=60, verbose_name="用途")),
                ("url", models.CharField(max_length=400, verbose_name="推送地址")),
                ("kinds", models.JSONField(default=list, verbose_name="推送的事项")),
                ("secret", models.TextField(blank=True, default="", editable=False, verbose_name="签名密钥")),
                ("made_at", models.DateTimeField(verbose_name="创建时间")),
                ("failing_since", models.DateTimeField(blank=True, null=True, verbose_name="连续失败始于")),
                ("rests_until", models.DateTimeField(blank=True, null=True, verbose_name="暂停至")),
                ("disabled_at", models.DateTimeField(blank=True, null=True, verbose_name="自动停推时间")),
                ("stopped_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="设置人",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="所属单位",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("url__startswith", "https://")), name="webhook_is_https"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stopped_at__isnull", True), ("secret", ""), _connector="XOR"),
                        name="webhook_keeps_its_secret_while_it_is_there",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("disabled_at__isnull", True), ("stopped_at__isnull", True)),
                        fields=["organisation"],
                        name="webhooks_to_tell",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("association_id", models.UUIDField(verbose_name="科协")),
                ("organisation_id", models.UUIDField(verbose_name="所属单位")),
                ("kind", models.CharField(max_length=40, verbose_name="事项")),
                ("body", models.TextField(verbose_name="内容")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "待推送"),
                            ("sent", "已送达"),
                            ("failed", "推送失败"),
                            ("unsure", "是否送达不明"),
                        ],
                        default="queued",
                        max_length=6,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("may_have_gone", models.BooleanField(default=False, verbose_name="可能已送达")),
                ("queued_at", models.DateTimeField(verbose_name="入队时间")),
                ("due_at", models.DateTimeField(verbose_name="应推时间")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="占用至")),
                ("on_wire_at", models.DateTimeField(blank=True, null=True, verbose_name="交出时间")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("fault", models.CharField(blank=True, default="", max_length=60, verbose_name="最近的问题")),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="api.webhook",
                    ),
                ),
            ],
            options={
                "ordering": ["-queued_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "queued"), ("settled_at__isnull", False), _connector="XOR"
                        ),
                        name="settled_delivery_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "sent", "failed", "unsure"])),
                        name="delivery_state_is_known",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["due_at"], name="deliveries_to_make"
                    ),
                    models.Index(fields=["webhook", "-queued_at"], name="deliveries_of_a_webhook"),
                    models.Index(fields=["settled_at"], name="deliveries_by_age"),
                ],
            },
        ),
    ]
