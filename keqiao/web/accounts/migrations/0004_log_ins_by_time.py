"""Find log-ins by their time alone.

Why: the worker asks at each beat which accounts rest, and once a day which log-ins have served their time.
Touches: an index only. Again: safe. Back: drops it. Order: after 0003.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_registrations_and_invitations"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="login",
            index=models.Index(fields=["at"], name="log_ins_by_time"),
        ),
    ]
