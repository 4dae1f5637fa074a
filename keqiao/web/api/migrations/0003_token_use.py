"""When a token was last used, to the hour.

Why: the cache forgot it. Touches: a new table only. Again: safe. Back: it is dropped.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0002_webhooks"),
    ]

    operations = [
        migrations.CreateModel(
            name="TokenUse",
            fields=[
                (
                    "token",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="use",
                        serialize=False,
                        to="api.token",
                    ),
                ),
                ("used_at", models.DateTimeField(verbose_name="最近使用")),
            ],
        ),
    ]
