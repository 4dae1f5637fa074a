"""Which person of the register an account belongs to, as proposed and as its holder answered.

Why: accounts were tied to people by registration and invitation only.
Touches: a new table only. Again: safe, the schema's own record keeps it from running twice. Back: drops it; what holds
stands in the accounts. Order: after 0004.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_log_ins_by_time"),
        ("parties", "0004_locked_numbers_and_profile"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pairing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
                ("declined_at", models.DateTimeField(blank=True, null=True, verbose_name="否认时间")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
                        verbose_name="人员档案",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提出人",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairings",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "ordering": ["-proposed_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True),
                            ("declined_at__isnull", True),
                            ("withdrawn_at__isnull", True),
                        ),
                        fields=("user",),
                        name="one_unanswered_pairing_per_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("declined_at__isnull", True)),
                            models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                            models.Q(("declined_at__isnull", True), ("withdrawn_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="pairing_is_answered_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("user", models.F("proposed_by")), _negated=True),
                        name="nobody_pairs_their_own_account",
                    ),
                ],
            },
        ),
    ]
