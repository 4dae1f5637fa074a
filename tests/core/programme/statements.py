"""Random statements of a call with realistic Chinese values: rules of every type, targets, papers."""

from datetime import date

from hypothesis import strategies as st
from pydantic import TypeAdapter

from keqiao.core.findings import Place, Source
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.targets import Target

RULE = TypeAdapter(AnyRule)

UNIT_KINDS = (
    "市级学会", "协会", "研究会", "县（市、区）科协", "高校科协", "企业科协", "医疗卫生机构科协",
    "科普教育基地",
    "科研院所", "农技协", "中小学校", "社区",
)  # fmt: skip
BODIES = ("市科协", "市财政局", "省科协", "市教育局", "县（区）人民政府", "全国学会", "专家评审组")
PLATFORMS = ("科创中国", "科普中国", "科技志愿服务信息平台", "智慧农技协平台")
CLAUSES = ("一、1", "一、（二）3", "二、（一）", "附件1·三", "附件2·序号4", "第三条")
HEDGES = ("原则上", "一般")

some_kinds = st.lists(st.sampled_from(UNIT_KINDS), min_size=1, max_size=3, unique=True)
some_bodies = st.lists(st.sampled_from(BODIES), min_size=1, max_size=2, unique=True)
body = st.sampled_from(BODIES)
few = st.integers(min_value=1, max_value=5)
days = st.dates(min_value=date(2022, 1, 1), max_value=date(2027, 12, 31))
sources = st.builds(
    Source,
    clause=st.sampled_from(CLAUSES),
    place=st.none() | st.builds(Place, line=st.integers(min_value=1, max_value=400)),
)


def words(*choices):
    """One of several wordings."""
    return st.sampled_from(choices)


def rule(kind, **parameters):
    """Parameters of one rule type."""
    return st.fixed_dictionaries({"type": st.just(kind), **parameters})


PARAMETERS = {
    "applicant_kind": rule(
        "applicant_kind", any_of=some_kinds, subject=st.none() | words("依托单位", "建站单位")
    ),
    "proxy": rule("proxy", kinds=some_kinds, in_name_of=words(["依托的高校", "企业"], ["主管单位"])),
    "legal_status": rule(
        "legal_status",
        legal_person=st.none() | st.just(True),
        registered_in=words("三门峡市", "江州市"),
        bank_account=st.none() | st.just("正常"),
        registered_years_min=st.none() | few,
    ),
    "recognition": rule(
        "recognition",
        register_name=words("市级科普示范社区", "市级科技小院", "省级科普教育基地"),
        by=some_bodies,
        grade=st.none() | st.just("优秀"),
        negate=st.booleans(),
        before=st.none() | days,
    ),
    "history": rule(
        "history",
        what=words(["换届", "年度检查"], ["专项资金资助项目"]),
        outcome=words("good", "none"),
        years_back=few,
    ),
    "person": rule(
        "person",
        role=words("项目负责人", "被托举人", "执行主席"),
        attr=st.just("age"),
        op=st.just("<="),
        value=st.integers(min_value=30, max_value=60),
        unit=st.just("周岁"),
        born_after=st.none() | days,
    ),
    "platform": rule(
        "platform",
        platform=st.sampled_from(PLATFORMS),
        action=words("join", "register", "upload", "join_and_upload"),
    ),
    "co_actor": rule(
        "co_actor",
        role=words("主办单位", "联合主办单位"),
        any_of=some_bodies,
        when=st.none() | st.just("国际性"),
    ),
    "joint": rule(
        "joint",
        mode=words("required", "allowed", "encouraged"),
        lead=some_kinds,
        with_any=some_kinds,
        min_units=st.none() | st.just(2),
        confirmed_before=st.none() | words("submitting", "forwarding"),
    ),
    "hosting": rule("hosting", host=body, roles=st.just(["承办单位", "协办单位"])),
    "count": rule(
        "count",
        metric=words("占地面积", "专职工作人员", "每年接待观众"),
        op=st.just(">="),
        value=st.integers(min_value=1, max_value=5000),
        unit=words("亩", "名", "人次"),
        per=st.none() | st.just("每年"),
    ),
    "choice": rule(
        "choice",
        what=words("重点工作", "选题方向"),
        options=st.just(["学术交流", "科学普及", "决策咨询"]),
        pick_min=st.just(1),
        pick_max=words(2, 3),
    ),
    "place": rule("place", where=words("江州市", "河南省")),
    "series": rule("series", into=words("江州科创论坛", "科普讲堂")),
    "split": rule("split", unit=words("场次", "期"), min=st.just(1)),
    "self_set_kpi": rule("self_set_kpi", by=st.just(["申报单位"]), quantified=st.booleans()),
    "declared": rule(
        "declared",
        about=words("capacity", "content", "commitment"),
        items=words([], ["场地", "设备"]),
        evidence=words([], ["活动记录"]),
    ),
    "conform": rule(
        "conform", to=words("《江州市科普示范基地管理办法》", "《科普经费管理规定》"), by=some_bodies
    ),
    "conduct": rule(
        "conduct", require=words([], ["本级执行"]), forbid=words(["转包"], ["商业性行为", "经营性行为"])
    ),
    "ip": rule(
        "ip",
        owner=st.just("申报单位"),
        share_with=st.just(["市科协"]),
        rights=words(["使用权", "传播权"], ["独立版权"]),
    ),
    "finance": rule(
        "finance", separate_accounting=st.none() | st.just(True), matching=words("required", "encouraged")
    ),
    "material": rule(
        "material",
        name=words("推荐函", "合作协议", "代表作品"),
        min=st.none() | st.just(1),
        unit=words("份", "部"),
    ),
    "text_limit": rule(
        "text_limit",
        field=words("实施方案", "选题说明"),
        value=words(200, 500, 800),
        needs_data=st.booleans(),
    ),
    "filing": rule(
        "filing",
        form=words("项目申报书", "推荐表"),
        copies=few,
        stamped=st.booleans(),
        deliver=words(["post"], ["onsite", "email"]),
    ),
    "endorsement": rule(
        "endorsement",
        applies_to=some_kinds,
        steps=words(["县科协审核盖章", "统一报送市科协"], ["直接报送市科协"]),
    ),
    "deadline": rule(
        "deadline", date=days, hour=st.none() | words("12:00", "17:30"), late=st.none() | st.just("不予受理")
    ),
    "period": rule("period", years=st.none() | few, finish_by=st.none() | days),
    "quota": rule(
        "quota",
        at=words("apply", "undertake"),
        max=st.none() | few,
        unit=st.just("项"),
        per=words(["单位"], ["单位", "年度"]),
    ),
    "sanction": rule(
        "sanction",
        trigger=words(["弄虚作假"], ["验收不合格"]),
        effect=st.just("ban"),
        years=few,
        subjects=words(["单位"], ["单位", "项目负责人"]),
    ),
    "continuation": rule(
        "continuation", previous=st.just("上一年度同类项目"), requires=st.just(["进展报告"])
    ),
    "review": rule("review", by=some_bodies, principle=words(["公开公正"], ["择优"])),
    "publicity": rule(
        "publicity",
        days=words(5, 7),
        day_kind=st.none() | words("working", "calendar"),
        first_day_counts=st.none() | st.booleans(),
    ),
    "publish": rule("publish", what=st.just(["项目名单"]), where=words("市科协网站", "面向社会")),
    "recommend_up": rule(
        "recommend_up", to=words(["省科协"], ["省科协", "中国科协"]), who=st.just(["优秀项目"])
    ),
}


@st.composite
def rules(draw, identifier):
    """One rule of any of the 34 types, or two of them as alternatives."""
    kind = draw(st.sampled_from([*PARAMETERS, "any"]))
    if kind == "any":
        parts = [stated(draw, draw(st.sampled_from(sorted(PARAMETERS))), f"{identifier}.{n}") for n in (1, 2)]
        return RULE.validate_python(
            {"id": identifier, "summary": "具备下列条件之一", "type": "any", "of": parts}
        )
    return RULE.validate_python(stated(draw, kind, identifier))


def stated(draw, kind, identifier):
    """The parameters of a rule with what all rules have."""
    parameters = {key: value for key, value in draw(PARAMETERS[kind]).items() if value is not None}
    hedge = draw(st.none() | st.sampled_from(HEDGES))
    summary = draw(st.sampled_from(("申报单位须符合要求", "按规定执行", "不得违反规定")))
    head = {"id": identifier, "summary": summary, "source": draw(sources)}
    return head | parameters | ({"hedge": hedge} if hedge else {})


METRICS = (
    ("科普活动", "场"), ("参加人数", "人次"), ("科普讲座", "次"), ("服务企业", "家"), ("发布资讯", "条"),
    ("满意度调查表", "份"),
    ("原创科普短视频", "部"), ("调研报告", "篇"), ("培训科技志愿者", "人"),
    ("服务覆盖率", "%"),
)  # fmt: skip
PERS = ("每场", "每年", "每县市区", "每部")
SCOPES = ("全年", "项目实施期内", "市域")


@st.composite
def targets(draw, prefix):
    """Some targets of one node: floors, bare numbers, caps, ranges, parts, alternatives, shares."""
    chosen = draw(st.lists(st.sampled_from(METRICS), max_size=4, unique=True))
    found = [target(draw, f"{prefix}.t{n}", metric, unit) for n, (metric, unit) in enumerate(chosen, start=1)]
    if len(found) > 1 and draw(st.booleans()):
        found[0], found[1] = (t.model_copy(update={"alternative_group": "任选其一"}) for t in found[:2])
    if found and found[0].comparator == ">=" and draw(st.booleans()):
        whole = found[0]
        part = {
            "id": f"{prefix}.p1",
            "metric": f"其中{whole.metric}",
            "part_of": whole.id,
            "alternative_group": None,
        }
        found.append(whole.model_copy(update=part))
        found.append(
            whole.model_copy(update={"id": f"{prefix}.m1", "comparator": "<=", "value": whole.value + 2})
        )
    return tuple(found)


def target(draw, identifier, metric, unit):
    """One target in words."""
    return Target(
        id=identifier,
        metric=metric,
        comparator=draw(st.sampled_from((">=", "==", ">=", "<=", "~"))),
        value=draw(st.integers(min_value=1, max_value=100)),
        unit=unit,
        per=draw(st.none() | st.sampled_from(PERS)),
        scope=draw(st.none() | st.sampled_from(SCOPES)),
        optional=draw(st.booleans()),
        source=draw(sources),
    )
