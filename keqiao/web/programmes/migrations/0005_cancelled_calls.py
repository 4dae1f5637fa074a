"""When and why a call was cancelled, for its public page.

Why: cancelling has a page now, and whoever looks a cancelled call up must read the reason.
Touches: no rows; no published call could be cancelled before.
Again: safe, the schema's own record keeps it from running twice. Back: times and reasons are lost, the events stay.
Order: after 0004.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_steps_stay")]
    operations = [
        migrations.AddField(
            "call",
            "cancelled_at",
            models.DateTimeField(blank=True, null=True, verbose_name="取消时间"),
        ),
        migrations.AddField(
            "call",
            "cancelled_because",
            models.CharField(blank=True, default="", max_length=400, verbose_name="取消原因"),
        ),
        migrations.AddConstraint(
            "call",
            models.CheckConstraint(
                name="public_cancellation_says_when_and_why",
                condition=~models.Q(state="cancelled")
                | models.Q(slug__isnull=True)
                | (models.Q(cancelled_at__isnull=False) & ~models.Q(cancelled_because="")),
            ),
        ),
    ]
