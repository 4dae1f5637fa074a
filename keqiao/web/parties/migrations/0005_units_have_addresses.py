"""Columns for the address and the postcode of a unit.

Why: forms ask for them, and whoever applied typed them again each time.
Touches: adds two columns with empty values. Again: safe. Back: what was filled in is lost. Order: after 0004.
"""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("parties", "0004_locked_numbers_and_profile")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="address",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="通讯地址"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="postcode",
            field=models.CharField(
                blank=True,
                default="",
                max_length=6,
                validators=[django.core.validators.RegexValidator("^[0-9]{6}$", "邮编是 6 位数字。")],
                verbose_name="邮编",
            ),
        ),
    ]
