"""Let an association ask for a second person before anything is published; count the changes of what the public sees.

Why: some offices publish on one person's word, some do not; finished pages are kept until something public
changes. Touches: every association gets "no", as before.
Again: safe, the schema's own record keeps it from running twice. Back: the choice is lost. Order: after 0001.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="association",
            name="second_person_publishes",
            field=models.BooleanField(
                default=False,
                help_text="通知和修订由一人提交，另一人批准后发布",
                verbose_name="发布须经第二人审批",
            ),
        ),
        migrations.CreateModel(
            name="PublicEdition",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(default=0, verbose_name="变动次数")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_public_edition")
                ],
            },
        ),
    ]
