"""Let a message name the papers that go with its mail.

Why: a receipt goes with its mail as PDF; it is made when the mail goes, and never stands in the row.
Touches: every row gets an empty list. Again: safe. Back: drops the column. Order: after 0002.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_text_messages")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="encloses",
            field=models.JSONField(blank=True, default=list, verbose_name="附件"),
        ),
    ]
