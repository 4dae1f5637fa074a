"""Keep the days by which everybody counts apart from who overrode them and why.

Why: on PostgreSQL other associations read the whole row of an override, its free-text reasons included; now they read
the days alone. Touches: one row per override in force, some tens. Again: safe, what is there is left.
Back: drops the table; overrides hold everything. Order: after 0001.
"""

import django.db.models.deletion
from django.db import migrations, models


def count_days_in_force(apps, _schema_editor):
    """Write the days of every override that is in force."""
    there = apps.get_model("calendars", "CountedDays")
    for row in apps.get_model("calendars", "Override").objects.filter(taken_back_at=None):
        days = {"first": row.first, "last": row.last, "works": row.works}
        there.objects.get_or_create(pk=row.pk, defaults={"association_id": row.association_id, **days})


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_initial"),
        ("parties", "0004_locked_numbers_and_profile"),
    ]

    operations = [
        migrations.CreateModel(
            name="CountedDays",
            fields=[
                (
                    "override",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="calendars.override",
                        verbose_name="本地安排",
                    ),
                ),
                ("first", models.DateField(verbose_name="起始日期")),
                ("last", models.DateField(verbose_name="截止日期")),
                ("works", models.BooleanField(verbose_name="当天上班")),
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
                "ordering": ["first"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last__gte", models.F("first"))), name="counted_days_in_order"
                    )
                ],
            },
        ),
        migrations.RunPython(count_days_in_force, migrations.RunPython.noop),
    ]
