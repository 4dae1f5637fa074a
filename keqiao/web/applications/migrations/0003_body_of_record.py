"""Keep with what is made ready in whose name the unit applies, so that limits count that body's projects too.

Why: two units of one host have the host's places together (以依托单位名义申报); the act of submitting has to know the host
to lock and count what it has in hand.
Touches: no rows. What was made ready before says nothing of a host; it is made ready anew before it is submitted, at
the latest after half an hour. Again: safe. Back: drops the column. Order: after 0002.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_submissions_stay"),
        ("parties", "0004_locked_numbers_and_profile"),
    ]

    operations = [
        migrations.AddField(
            model_name="prepared",
            name="of_record",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.organisation",
                verbose_name="名义申报单位",
            ),
        ),
    ]
