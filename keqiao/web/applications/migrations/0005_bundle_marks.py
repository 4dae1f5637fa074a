"""Which of several applications of one child category goes into a pilot.

Why: a pilot brings its children with it; where two stand in one child category exactly one is marked.
Touches: no rows. Again: safe. Back: drops the marks; the register of what is in hand keeps them. Order: after 0004.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_joinings"),
        ("parties", "0004_locked_numbers_and_profile"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BundleMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("child", models.CharField(max_length=80, verbose_name="子项目类别")),
                ("marked_at", models.DateTimeField(verbose_name="标注时间")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mark",
                        to="applications.application",
                        verbose_name="纳入试点的申报书",
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
                    "marked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="标注人",
                    ),
                ),
                (
                    "pilot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="applications.application",
                        verbose_name="试点申报书",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pilot", "child"), name="one_of_a_child_goes_into_a_pilot"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("child", ""), _negated=True), name="mark_names_a_child"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pilot", models.F("application")), _negated=True),
                        name="a_pilot_is_not_its_own_child",
                    ),
                ],
            },
        ),
    ]
