"""Mailboxes that filings are read from, the mails that came, and the register of paper.

Why: calls ask for filing by e-mail and on paper, beside the site.
Touches: new tables only. Again: safe. Back: they are dropped.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0003_body_of_record"),
        ("files", "0001_initial"),
        ("filing", "0001_stamped_pages"),
        ("parties", "0004_locked_numbers_and_profile"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("address", models.EmailField(max_length=254, verbose_name="邮箱地址")),
                ("host", models.CharField(max_length=253, verbose_name="收信服务器")),
                ("port", models.PositiveIntegerField(default=993, verbose_name="端口")),
                (
                    "security",
                    models.CharField(
                        choices=[
                            ("tls", "加密（SSL/TLS，一般用 993 端口）"),
                            ("starttls", "先连接后加密（STARTTLS，一般用 143 端口）"),
                            ("plain", "不加密（只用于本机）"),
                        ],
                        default="tls",
                        max_length=8,
                        verbose_name="连接方式",
                    ),
                ),
                ("user_name", models.CharField(max_length=254, verbose_name="登录名")),
                (
                    "password",
                    models.TextField(blank=True, default="", editable=False, verbose_name="密码或授权码"),
                ),
                ("folder", models.CharField(default="INBOX", max_length=120, verbose_name="收件文件夹")),
                ("done_folder", models.CharField(max_length=120, verbose_name="收妥后移入")),
                ("read_from", models.DateTimeField(verbose_name="自何时起的邮件")),
                (
                    "uid_validity",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="编号批次"),
                ),
                ("last_uid", models.PositiveBigIntegerField(default=0, verbose_name="已读到的编号")),
                ("due_at", models.DateTimeField(verbose_name="下次收取")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="最近收取")),
                ("fault", models.CharField(blank=True, default="", max_length=40, verbose_name="最近的问题")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="设置人",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("host", "user_name", "folder"),
                        name="a_folder_is_read_by_one_mailbox",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("port__gte", 1), ("port__lte", 65535)),
                        name="mailbox_port_is_a_port",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("folder", models.F("done_folder")), _negated=True),
                        name="mailbox_moves_to_another_folder",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=["due_at"],
                        name="mailboxes_to_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("identity", models.CharField(max_length=64, verbose_name="标识")),
                ("uid_validity", models.PositiveBigIntegerField(verbose_name="编号批次")),
                ("uid", models.PositiveBigIntegerField(verbose_name="编号")),
                (
                    "message_id",
                    models.CharField(blank=True, default="", max_length=250, verbose_name="邮件标识"),
                ),
                ("sender", models.CharField(max_length=254, verbose_name="发件地址")),
                (
                    "sender_name",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="发件人"),
                ),
                ("subject", models.CharField(blank=True, default="", max_length=250, verbose_name="主题")),
                ("text", models.TextField(blank=True, default="", verbose_name="正文")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小（字节）")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("arrived_at", models.DateTimeField(verbose_name="到达时间")),
                ("taken_at", models.DateTimeField(verbose_name="收取时间")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "已收取"),
                            ("held", "待核对"),
                            ("refused", "未受理"),
                            ("repeated", "重复"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("why", models.CharField(max_length=40, verbose_name="结果")),
                ("read", models.JSONField(blank=True, default=list, verbose_name="读出情况")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("moved_at", models.DateTimeField(blank=True, null=True, verbose_name="移出时间")),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发件账号",
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="applications.application",
                        verbose_name="申报书",
                    ),
                ),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
                (
                    "mailbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to="filing.mailbox",
                        verbose_name="报送邮箱",
                    ),
                ),
            ],
            options={
                "ordering": ["-arrived_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["held", "refused", "repeated", "taken"])),
                        name="mail_state_is_known",
                    ),
                    models.UniqueConstraint(fields=("mailbox", "identity"), name="one_row_per_mail"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken"), _negated=True),
                            ("application__isnull", False),
                            _connector="OR",
                        ),
                        name="mail_that_was_taken_belongs_to_an_application",
                    ),
                ],
                "indexes": [
                    models.Index(
                        fields=["association", "state", "-arrived_at"], name="mails_of_an_association"
                    ),
                    models.Index(
                        condition=models.Q(("moved_at__isnull", True)),
                        fields=["mailbox"],
                        name="mails_to_move",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperReceipt",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("copies", models.PositiveSmallIntegerField(default=0, verbose_name="申报书份数")),
                ("proofs", models.PositiveSmallIntegerField(default=0, verbose_name="证明材料份数")),
                ("came_on", models.DateField(verbose_name="收到日期")),
                (
                    "way",
                    models.CharField(
                        choices=[("onsite", "现场报送"), ("post", "寄送"), ("ems", "邮政特快（EMS）")],
                        max_length=6,
                        verbose_name="送达方式",
                    ),
                ),
                ("is_late", models.BooleanField(default=False, verbose_name="逾期")),
                ("note", models.CharField(blank=True, default="", max_length=200, verbose_name="备注")),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="撤销时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="applications.application",
                        verbose_name="申报书",
                    ),
                ),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤销人",
                    ),
                ),
            ],
            options={
                "ordering": ["-came_on", "-noted_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("copies__gte", 1), ("proofs__gte", 1), _connector="OR"),
                        name="paper_receipt_is_of_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("copies__lte", 200), ("proofs__lte", 200)),
                        name="paper_receipt_counts_stay_small",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at__isnull", True), ("taken_back_by__isnull", True)),
                            models.Q(("taken_back_at__isnull", False), ("taken_back_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="paper_taken_back_says_by_whom_and_when",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["application", "taken_back_at"], name="papers_of_an_application"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enclosure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小（字节）")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                (
                    "part",
                    models.CharField(
                        choices=[("form", "填好的表格"), ("paper", "盖章文件"), ("other", "其他")],
                        default="other",
                        max_length=5,
                        verbose_name="用途",
                    ),
                ),
                ("refusal", models.CharField(blank=True, default="", max_length=40, verbose_name="未收原因")),
                (
                    "association",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                        verbose_name="文件",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosures",
                        to="filing.mail",
                        verbose_name="邮件",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [models.Index(fields=["association", "digest"], name="enclosures_by_digest")],
                "constraints": [
                    models.UniqueConstraint(fields=("mail", "position"), name="one_enclosure_per_place"),
                    models.CheckConstraint(
                        condition=models.Q(("file__isnull", True), ("refusal", ""), _connector="XOR"),
                        name="enclosure_is_kept_or_refused",
                    ),
                ],
            },
        ),
    ]
