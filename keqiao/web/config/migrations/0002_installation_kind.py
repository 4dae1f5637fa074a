"""One row that says whether this is a real installation or a demonstration; written at the first start.

Touches: nothing that exists. Again: safe. Back: the next start says it anew, from what is in the database.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("config", "0001_worker_beat"),
    ]

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("real", "正式使用"), ("demonstration", "演示")],
                        max_length=13,
                        verbose_name="用途",
                    ),
                ),
                ("marked_at", models.DateTimeField(verbose_name="首次启动")),
                ("backed_up_at", models.DateTimeField(blank=True, null=True, verbose_name="最近备份")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_installation")
                ],
            },
        ),
    ]
