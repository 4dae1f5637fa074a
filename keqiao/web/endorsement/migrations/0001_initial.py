"""Tables of the room: queues and their seats, passages, opinions, batches and their lines.

Why: applications go to the association through those who endorse them. Touches: no rows. Again: safe.
Back: drops the tables. Order: after the applications.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("applications", "0004_joinings"),
        ("parties", "0004_locked_numbers_and_profile"),
        ("programmes", "0005_cancelled_calls"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("ordinal", models.PositiveIntegerField(verbose_name="批次")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待会签"),
                            ("agreed", "已会签"),
                            ("refused", "会签未通过"),
                            ("void", "已作废"),
                            ("forwarded", "已上报"),
                            ("recalled", "已撤回"),
                        ],
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("declined", models.PositiveIntegerField(default=0, verbose_name="不推荐数")),
                ("made_at", models.DateTimeField(verbose_name="提出时间")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="会签时间")),
                (
                    "decision",
                    models.CharField(blank=True, default="", max_length=400, verbose_name="会签意见"),
                ),
                ("scan_id", models.UUIDField(blank=True, null=True, verbose_name="会签盖章页")),
                ("forwarded_at", models.DateTimeField(blank=True, null=True, verbose_name="上报时间")),
                ("recalled_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="会签人",
                    ),
                ),
                (
                    "forwarded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上报人",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="经办人",
                    ),
                ),
            ],
            options={
                "ordering": ["queue", "-ordinal"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["agreed", "forwarded", "proposed", "recalled", "refused", "void"])
                        ),
                        name="batch_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["forwarded", "recalled"]), _negated=True),
                            models.Q(("forwarded_at__isnull", False), ("forwarded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="forwarded_batch_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "recalled"), ("recalled_at__isnull", True), _connector="XOR"
                        ),
                        name="recalled_batch_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Queue",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("node", models.CharField(blank=True, default="", max_length=80, verbose_name="类别标识")),
                ("chain", models.CharField(max_length=80, verbose_name="上报链")),
                ("stage", models.PositiveSmallIntegerField(verbose_name="环节")),
                ("co_signing", models.CharField(blank=True, default="", max_length=120, verbose_name="会签")),
                ("quota", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="名额")),
                ("deadline_at", models.DateTimeField(blank=True, null=True, verbose_name="上报截止时间")),
                ("is_ranked", models.BooleanField(default=False, verbose_name="须排序")),
                ("opened_at", models.DateTimeField(verbose_name="开始时间")),
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
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
                (
                    "co_signer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="会签单位",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.revision",
                        verbose_name="通知版本",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="推荐单位",
                    ),
                ),
            ],
            options={
                "ordering": ["call_id", "chain", "stage"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("call", "chain", "stage", "taker"), name="one_queue_per_stage_and_taker"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__gte", 1)), name="queue_stage_starts_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("co_signer__isnull", True),
                            models.Q(("co_signing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="queue_co_signer_only_where_one_signs",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["taker", "call"], name="queues_of_a_taker"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("chain", models.CharField(blank=True, default="", max_length=80, verbose_name="上报链")),
                ("stage", models.PositiveSmallIntegerField(default=1, verbose_name="环节")),
                (
                    "manner",
                    models.CharField(
                        choices=[
                            ("queue", "系统内办理"),
                            ("paper", "纸质办理"),
                            ("unassigned", "待指定办理单位"),
                        ],
                        default="queue",
                        max_length=10,
                        verbose_name="办理方式",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待审核"),
                            ("recommended", "拟推荐"),
                            ("declined", "不推荐"),
                            ("returned", "退回修改"),
                            ("filed", "已报送"),
                            ("received", "已受理"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("place", models.PositiveIntegerField(blank=True, null=True, verbose_name="次序")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("since", models.DateTimeField(verbose_name="到达时间")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="开始办理时间")),
                ("told_at", models.DateTimeField(blank=True, null=True, verbose_name="告知时间")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passage",
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
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.call",
                        verbose_name="通知",
                    ),
                ),
                (
                    "came_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="endorsement.batch",
                        verbose_name="随批次到达",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programmes.revision",
                        verbose_name="通知版本",
                    ),
                ),
                (
                    "taker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="办理单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="申报单位",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passages",
                        to="endorsement.queue",
                        verbose_name="推荐队列",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "declined",
                                    "filed",
                                    "received",
                                    "recommended",
                                    "returned",
                                    "waiting",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="passage_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("manner__in", ["paper", "queue", "unassigned"])),
                        name="passage_manner_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__gte", 1)), name="passage_stage_starts_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("manner", "queue"), ("queue__isnull", False), ("taker__isnull", False)),
                            models.Q(models.Q(("manner", "queue"), _negated=True), ("queue__isnull", True)),
                            _connector="OR",
                        ),
                        name="passage_lies_in_a_queue_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("place__isnull", True), ("queue__isnull", False), _connector="OR"
                        ),
                        name="passage_has_a_place_in_a_queue",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("place__isnull", False)),
                        fields=("queue", "place"),
                        name="one_passage_per_place",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["call", "state"], name="passages_of_a_call"),
                    models.Index(fields=["queue", "state"], name="passages_in_a_queue"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Endorsement",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("stage", models.PositiveSmallIntegerField(verbose_name="环节")),
                ("ordinal", models.PositiveIntegerField(verbose_name="次数")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("recommend", "推荐"),
                            ("decline", "不推荐"),
                            ("reconsider", "重新审核"),
                            ("sign", "纸质签章"),
                        ],
                        max_length=10,
                        verbose_name="意见类别",
                    ),
                ),
                ("words", models.CharField(blank=True, default="", max_length=400, verbose_name="意见")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("responsibility", models.PositiveSmallIntegerField(verbose_name="责任文本版本")),
                ("scan_id", models.UUIDField(blank=True, null=True, verbose_name="盖章页")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("on", models.DateField(verbose_name="日期")),
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
                    "given_by",
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
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="签署单位",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="endorsement.passage",
                        verbose_name="上报件",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="endorsement.queue",
                        verbose_name="推荐队列",
                    ),
                ),
            ],
            options={
                "ordering": ["passage", "ordinal"],
                "constraints": [
                    models.UniqueConstraint(fields=("passage", "ordinal"), name="one_opinion_per_ordinal"),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["decline", "recommend", "reconsider", "sign"])),
                        name="opinion_act_is_known",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="batch",
            name="queue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="batches",
                to="endorsement.queue",
                verbose_name="推荐队列",
            ),
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
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
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="endorsement.queue",
                        verbose_name="推荐队列",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("queue", "number"), name="one_seat_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="seat_number_starts_at_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rank", models.PositiveIntegerField(verbose_name="排序")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("stands", models.BooleanField(default=False, verbose_name="有效")),
                ("is_limited", models.BooleanField(default=False, verbose_name="占名额")),
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
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="endorsement.batch",
                        verbose_name="批次",
                    ),
                ),
                (
                    "endorsement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="endorsement.endorsement",
                        verbose_name="意见",
                    ),
                ),
                (
                    "passage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="endorsement.passage",
                        verbose_name="上报件",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="endorsement.queue",
                        verbose_name="推荐队列",
                    ),
                ),
                (
                    "seat",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="endorsement.seat",
                        verbose_name="名额",
                    ),
                ),
            ],
            options={
                "ordering": ["batch", "rank"],
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "passage"), name="line_stands_on_a_list_once"),
                    models.UniqueConstraint(fields=("batch", "rank"), name="one_line_per_rank"),
                    models.UniqueConstraint(
                        condition=models.Q(("stands", True)),
                        fields=("queue", "passage"),
                        name="passage_is_forwarded_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seat__isnull", True), ("stands", False)),
                            models.Q(("is_limited", True), ("seat__isnull", False), ("stands", True)),
                            models.Q(("is_limited", False), ("seat__isnull", True), ("stands", True)),
                            _connector="OR",
                        ),
                        name="forwarded_passage_holds_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rank__gte", 1)), name="line_rank_starts_at_one"
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(fields=("queue", "ordinal"), name="one_batch_per_ordinal"),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["agreed", "proposed"])),
                fields=("queue",),
                name="one_list_at_the_co_signer",
            ),
        ),
    ]
