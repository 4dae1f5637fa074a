"""Messages that are looked at before they go, that may have gone, that come too late; rules and choices of channels.

Why: an association decides which kinds an officer sees first and over which channels they go, people choose theirs,
and a message whose worker died while it was handed over must not go twice.
Touches: every message gets empty columns. Again: safe. Back: messages in review or of unknown fate have no state in
0003; settle them first. Order: after 0003.
"""

import datetime
import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0003_enclosures"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("account_id", models.UUIDField(unique=True, verbose_name="账号")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
            ],
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account_id", models.UUIDField(verbose_name="账号")),
                ("template", models.CharField(max_length=60, verbose_name="消息类别")),
                (
                    "channel",
                    models.CharField(
                        choices=[("mail", "邮件"), ("sms", "短信"), ("wecom", "企业微信")],
                        max_length=6,
                        verbose_name="渠道",
                    ),
                ),
                ("is_wanted", models.BooleanField(verbose_name="接收")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account_id", "template", "channel"), name="one_choice_per_kind_and_channel"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="QuietHours",
            fields=[
                ("association_id", models.UUIDField(primary_key=True, serialize=False, verbose_name="科协")),
                ("begins", models.TimeField(default=datetime.time(21, 30), verbose_name="静默开始")),
                ("ends", models.TimeField(default=datetime.time(7, 30), verbose_name="静默结束")),
            ],
        ),
        migrations.CreateModel(
            name="SendingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("association_id", models.UUIDField(verbose_name="科协")),
                ("template", models.CharField(max_length=60, verbose_name="消息类别")),
                ("is_reviewed", models.BooleanField(verbose_name="发送前由工作人员审核")),
                ("channels", models.JSONField(default=list, verbose_name="渠道")),
                ("to_group", models.BooleanField(default=False, verbose_name="同时发到企业微信群")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("association_id", "template"), name="one_sending_rule_per_kind"
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="WecomName",
            fields=[
                ("account_id", models.UUIDField(primary_key=True, serialize=False, verbose_name="账号")),
                ("member", models.CharField(max_length=64, verbose_name="企业微信账号")),
                (
                    "code_digest",
                    models.CharField(blank=True, default="", max_length=64, verbose_name="验证码摘要"),
                ),
                ("asked_at", models.DateTimeField(verbose_name="索取验证码时间")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="确认时间")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("member", ""), _negated=True), name="wecom_name_is_there"
                    ),
                ]
            },
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="settled_message_says_when",
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="message_has_where_to_go",
        ),
        migrations.AddField(
            model_name="message",
            name="association_id",
            field=models.UUIDField(blank=True, null=True, verbose_name="科协"),
        ),
        migrations.AddField(
            model_name="message",
            name="in_reply_to",
            field=models.CharField(blank=True, default="", max_length=250, verbose_name="所答复邮件的标识"),
        ),
        migrations.AddField(
            model_name="message",
            name="on_wire_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="交出时间"),
        ),
        migrations.AddField(
            model_name="message",
            name="parts_sent",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="已发段数"),
        ),
        migrations.AddField(
            model_name="message",
            name="until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="过时不发"),
        ),
        migrations.AlterField(
            model_name="message",
            name="channel",
            field=models.CharField(
                choices=[("in_app", "站内"), ("mail", "邮件"), ("sms", "短信"), ("wecom", "企业微信")],
                max_length=6,
                verbose_name="渠道",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("review", "待审发"),
                    ("queued", "待发送"),
                    ("sent", "已发送"),
                    ("failed", "发送失败"),
                    ("cancelled", "已取消"),
                    ("unsure", "是否送达不明"),
                ],
                default="queued",
                max_length=9,
                verbose_name="状态",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                fields=["association_id", "state", "-queued_at"], name="messages_of_an_association"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("channel", "in_app"), ("recipient_id__isnull", False)),
                    models.Q(
                        ("channel__in", ["mail", "sms", "wecom"]), models.Q(("address", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="message_has_where_to_go",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("state__in", ["review", "queued"])),
                    models.Q(
                        models.Q(("state__in", ["review", "queued"]), _negated=True),
                        ("settled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="settled_message_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on_wire_at__isnull", True),
                    models.Q(
                        models.Q(("channel", "in_app"), _negated=True),
                        models.Q(("state", "review"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_on_wire_left_the_site",
            ),
        ),
    ]
