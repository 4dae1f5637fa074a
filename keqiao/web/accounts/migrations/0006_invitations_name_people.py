"""An invitation may say which person of the register is meant. A new column; may run again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_pairings"),
        ("parties", "0004_locked_numbers_and_profile"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.person",
                verbose_name="人员档案",
            ),
        ),
    ]
