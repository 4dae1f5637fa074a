"""Views of lists that people saved. A new table; nothing that stands is touched."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("owner_id", models.UUIDField(verbose_name="账号")),
                ("association_id", models.UUIDField(blank=True, null=True, verbose_name="科协")),
                ("list_code", models.CharField(max_length=60, verbose_name="列表")),
                ("name", models.CharField(max_length=20, verbose_name="名称")),
                ("asked", models.CharField(max_length=2000, verbose_name="条件")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
            ],
            options={
                "ordering": ["saved_at"],
                "indexes": [models.Index(fields=["list_code", "owner_id"], name="views_of_a_list")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner_id", "list_code", "name"), name="one_view_per_name"
                    )
                ],
            },
        ),
    ]
