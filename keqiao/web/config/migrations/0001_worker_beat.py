"""The workers' signs of life: one row for each worker that runs. Safe to undo: the rows tell nothing later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                (
                    "worker_id",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="后台进程"
                    ),
                ),
                ("beat_at", models.DateTimeField(verbose_name="最近心跳")),
            ],
        ),
    ]
