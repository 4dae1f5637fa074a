"""Columns for ID numbers and bank accounts, locked by room privacy, and the profile of an association.

Why: persons are told apart by their ID number, units are paid to an account, and the law wants the filing numbers and
a contact for complaints on public pages. In the database the locked columns are plain text that holds ciphertext.
Touches: adds columns with empty values. Again: safe. Back: what was filled in is lost. Order: after 0003.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_initial"),
        ("parties", "0003_units_and_people"),
    ]

    operations = [
        migrations.AddField(
            model_name="association",
            name="complaints",
            field=models.CharField(
                blank=True,
                default="",
                help_text="电话或邮箱，显示在公开页面底部",
                max_length=120,
                verbose_name="投诉举报方式",
            ),
        ),
        migrations.AddField(
            model_name="association",
            name="icp_number",
            field=models.CharField(
                blank=True,
                default="",
                help_text="例如：豫ICP备12345678号-1",
                max_length=40,
                verbose_name="ICP备案号",
            ),
        ),
        migrations.AddField(
            model_name="association",
            name="keeps_the_site",
            field=models.BooleanField(default=False, verbose_name="网站主办单位"),
        ),
        migrations.AddField(
            model_name="association",
            name="mail_sender",
            field=models.CharField(
                blank=True,
                default="",
                help_text="邮件中显示的发件人；留空则用网站名称",
                max_length=60,
                verbose_name="发件人名称",
            ),
        ),
        migrations.AddField(
            model_name="association",
            name="police_number",
            field=models.CharField(
                blank=True,
                default="",
                help_text="例如：豫公网安备 41010502000001号",
                max_length=40,
                verbose_name="公安联网备案号",
            ),
        ),
        migrations.AddField(
            model_name="association",
            name="reply_to",
            field=models.EmailField(
                blank=True,
                default="",
                help_text="收件人回复邮件时寄到这里",
                max_length=254,
                verbose_name="回复地址",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="bank_account",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="银行账号"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="bank_name",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="开户银行"),
        ),
        migrations.AddField(
            model_name="person",
            name="identity_number",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="身份证号码"),
        ),
        migrations.AddConstraint(
            model_name="association",
            constraint=models.UniqueConstraint(
                condition=models.Q(("keeps_the_site", True)),
                fields=("keeps_the_site",),
                name="one_association_keeps_the_site",
            ),
        ),
    ]
