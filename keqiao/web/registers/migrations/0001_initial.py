"""The registers of dated facts about parties, each line with its owner, its source and the steps of its life."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        ("parties", "0002_second_person_publishes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SharingPolicy",
            fields=[
                (
                    "association",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="parties.association",
                        verbose_name="科协",
                    ),
                ),
                (
                    "shares_debarments",
                    models.BooleanField(default=False, verbose_name="向其他科协共享禁止申报名册"),
                ),
                (
                    "heeds_debarments",
                    models.BooleanField(default=False, verbose_name="采用其他科协共享的禁止申报名册"),
                ),
                ("publishes_debarments", models.BooleanField(default=False, verbose_name="公开禁止申报名册")),
            ],
        ),
        migrations.CreateModel(
            name="Debarment",
            fields=[
                ("valid_from", models.DateField(verbose_name="起始日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("decision", models.UUIDField(verbose_name="决定")),
                ("cause", models.CharField(max_length=200, verbose_name="事由")),
                ("basis", models.CharField(max_length=200, verbose_name="依据文件")),
                ("clause", models.CharField(blank=True, default="", max_length=80, verbose_name="条款")),
                ("scope", models.CharField(blank=True, default="", max_length=80, verbose_name="限制范围")),
                ("source", models.CharField(blank=True, default="", max_length=120, verbose_name="来源")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "执行中"),
                            ("appealed", "申诉中（继续执行）"),
                            ("stayed", "申诉中（暂停执行）"),
                            ("lifted", "已提前解除"),
                            ("annulled", "决定已撤销"),
                        ],
                        default="in_force",
                        max_length=12,
                        verbose_name="状态",
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        verbose_name="决定文件",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="主体",
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="debarment_period_in_order",
                    ),
                    models.UniqueConstraint(
                        fields=("decision", "party"), name="a_decision_debars_a_party_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", ""), _negated=True), models.Q(("basis", ""), _negated=True)
                        ),
                        name="debarment_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["in_force", "appealed", "stayed", "lifted", "annulled"])
                        ),
                        name="debarment_state_is_known",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["party", "association"], name="debarments_of_a_party"),
                    models.Index(fields=["association", "valid_until"], name="debarments_by_end"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DebarmentStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("act", models.CharField(max_length=24, verbose_name="事项")),
                ("state", models.CharField(max_length=12, verbose_name="状态")),
                ("on", models.DateField(verbose_name="生效日期")),
                ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="依据")),
                ("reason", models.CharField(blank=True, default="", max_length=400, verbose_name="理由")),
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
                    "debarment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="registers.debarment",
                        verbose_name="禁止申报",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("debarment", "number"), name="one_debarment_step_per_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Holding",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "taken_back_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="撤回理由"),
                ),
                ("project", models.CharField(max_length=64, verbose_name="项目编号")),
                ("title", models.CharField(max_length=200, verbose_name="项目名称")),
                ("call", models.CharField(blank=True, default="", max_length=80, verbose_name="通知编号")),
                ("path", models.JSONField(blank=True, default=list, verbose_name="类别路径")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "stage",
                    models.CharField(
                        choices=[("applied", "已申报"), ("undertaken", "承担")],
                        max_length=10,
                        verbose_name="阶段",
                    ),
                ),
                ("mark", models.CharField(blank=True, default="", max_length=40, verbose_name="标记")),
                ("since", models.DateField(verbose_name="起始日期")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="退出日期")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="牵头单位",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
                        verbose_name="项目负责人",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1950), ("year__lte", 2200)),
                        name="holding_year_is_plausible",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at", None)),
                        fields=("association", "party", "project", "stage"),
                        name="one_holding_per_project_and_stage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_reason", "")),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                models.Q(("taken_back_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="holding_taking_back_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["applied", "undertaken"])),
                        name="holding_stage_is_known",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["party", "association", "year"], name="holdings_of_a_party"),
                    models.Index(fields=["person", "association", "year"], name="holdings_of_a_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "taken_back_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="撤回理由"),
                ),
                ("what", models.CharField(max_length=60, verbose_name="事件类别")),
                ("on", models.DateField(verbose_name="发生日期")),
                ("words", models.CharField(blank=True, default="", max_length=400, verbose_name="情况")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="单位",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.region",
                        verbose_name="地区",
                    ),
                ),
            ],
            options={
                "ordering": ["-on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party__isnull", False), ("region__isnull", True)),
                            models.Q(("party__isnull", True), ("region__isnull", False)),
                            _connector="OR",
                        ),
                        name="incident_has_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_reason", "")),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                models.Q(("taken_back_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="incident_taking_back_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="incident_says_what"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["party", "association"], name="incidents_of_a_party"),
                    models.Index(fields=["region", "association"], name="incidents_of_a_region"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformAccount",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "taken_back_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="撤回理由"),
                ),
                ("platform", models.CharField(max_length=40, verbose_name="平台")),
                (
                    "number",
                    models.CharField(blank=True, default="", max_length=80, verbose_name="账号或编号"),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="入驻日期")),
                ("until", models.DateField(blank=True, null=True, verbose_name="注销日期")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        verbose_name="证明材料",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="主体",
                    ),
                ),
            ],
            options={
                "ordering": ["platform", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None), ("taken_back_at", None)),
                        fields=("association", "party", "platform", "number"),
                        name="one_open_platform_account",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_reason", "")),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                models.Q(("taken_back_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="platform_account_taking_back_is_whole",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["party", "association"], name="platforms_of_a_party"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformCount",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "taken_back_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="撤回理由"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("members", "注册成员（人）"),
                            ("uploads", "上传信息（条）"),
                            ("posts", "发布资讯（条）"),
                            ("views", "浏览传播（次）"),
                            ("activities", "发布活动（场）"),
                        ],
                        max_length=12,
                        verbose_name="指标",
                    ),
                ),
                ("value", models.PositiveBigIntegerField(verbose_name="数值")),
                ("on", models.DateField(verbose_name="统计日期")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counts",
                        to="registers.platformaccount",
                        verbose_name="平台账号",
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                        verbose_name="证明材料",
                    ),
                ),
            ],
            options={
                "ordering": ["-on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["members", "uploads", "posts", "views", "activities"])
                        ),
                        name="platform_count_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_reason", "")),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                models.Q(("taken_back_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="platform_count_taking_back_is_whole",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["account", "kind", "on"], name="counts_of_an_account"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionScheme",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("name", models.CharField(max_length=80, verbose_name="名册名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("title", "称号、基地认定"),
                            ("assessment", "考核评估等次"),
                            ("term", "人员聘任"),
                            ("award", "表彰奖励"),
                            ("list", "上级认定名单"),
                        ],
                        max_length=10,
                        verbose_name="名册类别",
                    ),
                ),
                (
                    "holder_kind",
                    models.CharField(
                        choices=[("organisation", "单位"), ("person", "人员"), ("region", "地区")],
                        max_length=12,
                        verbose_name="登记对象",
                    ),
                ),
                ("issuer", models.CharField(blank=True, default="", max_length=80, verbose_name="认定机关")),
                (
                    "basis",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="管理办法或依据"),
                ),
                ("grades", models.JSONField(blank=True, default=list, verbose_name="等次")),
                (
                    "validity_years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="有效期（年）"),
                ),
                (
                    "number_pattern",
                    models.CharField(blank=True, default="", max_length=40, verbose_name="编号格式"),
                ),
                ("public", models.BooleanField(default=False, verbose_name="可公开查询")),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("association", "name"), name="one_register_per_name"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="register_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("validity_years", None), ("validity_years__gte", 1), _connector="OR"
                        ),
                        name="register_validity_is_a_year_or_more",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                ("valid_from", models.DateField(verbose_name="起始日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="截止日期")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("item", models.CharField(blank=True, default="", max_length=120, verbose_name="项目或内容")),
                ("number", models.CharField(blank=True, default="", max_length=60, verbose_name="编号")),
                ("grade", models.CharField(blank=True, default="", max_length=20, verbose_name="等次")),
                ("batch", models.CharField(blank=True, default="", max_length=40, verbose_name="批次")),
                ("issuer", models.CharField(blank=True, default="", max_length=80, verbose_name="认定机关")),
                (
                    "basis",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="认定文件及文号"),
                ),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "拟认定"),
                            ("publicised", "公示中"),
                            ("valid", "有效"),
                            ("rectifying", "限期整改"),
                            ("declined", "未予认定"),
                            ("revoked", "已撤销"),
                            ("expired", "已到期"),
                            ("renewed", "已续期"),
                            ("transferred", "已变更持有者"),
                            ("merged", "已并入"),
                            ("struck", "登记有误，已作废"),
                        ],
                        max_length=12,
                        verbose_name="状态",
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
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
                    "followed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follows",
                        to="registers.recognition",
                        verbose_name="后续登记",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="持有者",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.region",
                        verbose_name="地区",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="registers.recognitionscheme",
                        verbose_name="名册",
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("party__isnull", False), ("region__isnull", True)),
                            models.Q(("party__isnull", True), ("region__isnull", False)),
                            _connector="OR",
                        ),
                        name="recognition_has_one_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True),
                            ("valid_until__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="recognition_period_in_order",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("number", ""), _negated=True),
                            models.Q(("state__in", ["merged", "renewed", "transferred"]), _negated=True),
                        ),
                        fields=("scheme", "number"),
                        name="one_current_recognition_per_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "proposed",
                                    "publicised",
                                    "valid",
                                    "rectifying",
                                    "declined",
                                    "revoked",
                                    "expired",
                                    "renewed",
                                    "transferred",
                                    "merged",
                                    "struck",
                                ],
                            )
                        ),
                        name="recognition_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("followed_by__isnull", False),
                                ("state__in", ["merged", "renewed", "transferred"]),
                            ),
                            models.Q(
                                models.Q(("state__in", ["merged", "renewed", "transferred"]), _negated=True),
                                ("followed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="recognition_is_followed_exactly_when_led_on",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("followed_by", None),
                            models.Q(("followed_by", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="recognition_does_not_follow_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True), name="recognition_says_its_source"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["party", "association"], name="recognitions_of_a_party"),
                    models.Index(fields=["region", "association"], name="recognitions_of_a_region"),
                    models.Index(fields=["number"], name="recognitions_by_number"),
                    models.Index(fields=["association", "valid_until"], name="recognitions_by_end"),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptRegister",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "register",
                    models.CharField(
                        choices=[
                            ("recognitions", "认定名册"),
                            ("debarments", "禁止申报名册"),
                            ("results", "以往项目及完成情况"),
                            ("holdings", "在手项目"),
                            ("affairs", "学会事务"),
                            ("platforms", "外部平台账号"),
                            ("incidents", "不良事件"),
                        ],
                        max_length=12,
                        verbose_name="名册",
                    ),
                ),
                ("part", models.CharField(blank=True, default="", max_length=120, verbose_name="限于")),
                ("since", models.DateField(blank=True, null=True, verbose_name="自何日起完整")),
                ("reason", models.CharField(max_length=200, verbose_name="依据")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="收回时间")),
                (
                    "ended_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="收回理由"),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "scheme",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="registers.recognitionscheme",
                        verbose_name="认定名册",
                    ),
                ),
            ],
            options={
                "ordering": ["register", "part"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("part", ""), ("register", "recognitions"), ("scheme__isnull", False)),
                            models.Q(models.Q(("register", "recognitions"), _negated=True), ("scheme", None)),
                            _connector="OR",
                        ),
                        name="kept_statement_names_a_scheme_for_recognitions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="kept_statement_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), ("ended_at__gte", models.F("entered_at")), _connector="OR"
                        ),
                        name="kept_statement_ends_after_it_began",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("scheme__isnull", False)),
                        fields=("scheme",),
                        name="one_kept_statement_in_force_per_scheme",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None), ("scheme", None)),
                        fields=("association", "register", "part"),
                        name="one_kept_statement_in_force_per_register",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecognitionStep",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("act", models.CharField(max_length=24, verbose_name="事项")),
                ("state", models.CharField(max_length=12, verbose_name="状态")),
                ("on", models.DateField(verbose_name="生效日期")),
                ("basis", models.CharField(blank=True, default="", max_length=200, verbose_name="依据")),
                ("reason", models.CharField(blank=True, default="", max_length=400, verbose_name="理由")),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "recognition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="registers.recognition",
                        verbose_name="认定",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recognition", "number"), name="one_recognition_step_per_number"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SocietyAffair",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "taken_back_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="撤回理由"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("election", "换届"),
                            ("inspection", "年度检查"),
                            ("party_branch", "党组织建设"),
                        ],
                        max_length=12,
                        verbose_name="事项",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="所属年度")),
                ("on", models.DateField(verbose_name="日期")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "完成较好（合格）"),
                            ("poor", "完成不好（不合格）"),
                            ("unfinished", "未完成"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("words", models.CharField(blank=True, default="", max_length=200, verbose_name="结果说明")),
                ("next_due", models.DateField(blank=True, null=True, verbose_name="下次应办日期")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.organisation",
                        verbose_name="学会",
                    ),
                ),
            ],
            options={
                "ordering": ["-on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1950), ("year__lte", 2200)),
                        name="society_affair_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "good", "poor", "unfinished"])),
                        name="society_affair_outcome_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at", None)),
                        fields=("association", "party", "kind", "year", "on"),
                        name="one_society_affair_per_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_back_at", None), ("taken_back_reason", "")),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                models.Q(("taken_back_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="society_affair_taking_back_is_whole",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["party", "association", "kind"], name="affairs_of_a_society"),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrackRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True, verbose_name="撤回时间")),
                (
                    "taken_back_reason",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="撤回理由"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("project", "项目"), ("topic", "选题")],
                        default="project",
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="项目名称")),
                ("family", models.CharField(max_length=120, verbose_name="项目类别")),
                ("call", models.CharField(blank=True, default="", max_length=80, verbose_name="通知编号")),
                ("path", models.JSONField(blank=True, default=list, verbose_name="类别路径")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "amount_fen",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="经费（分）"),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("good", "完成较好（合格）"),
                            ("poor", "完成不好（不合格）"),
                            ("unfinished", "未完成"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="完成情况",
                    ),
                ),
                ("concluded_on", models.DateField(blank=True, null=True, verbose_name="结论日期")),
                ("conclusion", models.CharField(blank=True, default="", max_length=200, verbose_name="结论")),
                ("source", models.CharField(max_length=120, verbose_name="来源")),
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
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.person",
                        verbose_name="项目负责人",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="承担单位",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1950), ("year__lte", 2200)),
                        name="past_project_year_is_plausible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "good", "poor", "unfinished"])),
                        name="past_project_outcome_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at", None)),
                        fields=("association", "party", "kind", "family", "year", "title"),
                        name="one_past_project_per_title_and_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("family", ""), _negated=True)
                        ),
                        name="past_project_names_itself",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["party", "association", "year"], name="past_projects_of_a_party"),
                ],
            },
        ),
    ]
