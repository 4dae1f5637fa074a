"""Words of the field for random calls: names, metrics with their units, rules with their parameters."""

REGIONS = ("江州市", "云岭市", "松河县", "海宁区", "东河省")
FIELDS = (
    "基层科普",
    "学术交流",
    "科技服务",
    "企业创新",
    "乡村振兴",
    "青少年科学教育",
    "科技智库",
    "人才成长",
    "“科创江河”",
)
FORMS = (
    "示范社区",
    "服务站",
    "协同创新平台",
    "品牌活动",
    "专家工作室",
    "论坛",
    "能力提升计划",
    "特色基地",
    "志愿服务行动",
    "创作中心",
)
KINDS = (
    "市级学会",
    "高校科协",
    "企业科协",
    "科普教育基地",
    "医疗卫生机构科协",
    "农技协",
    "科研院所",
    "志愿服务组织",
    "中小学校",
    "科技馆",
)
COUNTED = (
    ("科普讲座", "场"), ("专家咨询活动", "次"), ("科普短视频", "部"), ("调研报告", "篇"), ("受益群众", "人次"),
    ("科技志愿者", "人"), ("服务企业", "家"), ("科普挂图", "幅"), ("技术需求", "项"), ("媒体报道", "次"),
    ("学术论坛", "期"), ("专题培训班", "期"), ("参会人员", "人"), ("典型案例", "个"), ("决策建议", "份"),
)  # fmt: skip
EACH = (
    ("参加人数", "人", "每场"),
    ("活动时长", "小时", "每次"),
    ("科普沙龙", "次", "每月"),
    ("工作简报", "期", "每季度"),
    ("作品时长", "分钟", "每部"),
    ("科技下乡活动", "场", "每县"),
)
SHARES = ("服务对象满意度", "科普活动覆盖率", "注册志愿者占常住人口", "科普设施占行政村总数")
PARTS = {
    "场": "农村专场",
    "次": "进校园服务",
    "部": "竖版作品",
    "篇": "专项研究",
    "期": "线上专题",
    "人": "青年骨干",
}
SCOPES = ("全年", "项目实施期内", "年度内")
DEPARTMENTS = ("科普部", "学会部", "办公室", "企业创新部", "组织人事部")
PEOPLE = ("王敏", "李国强", "赵晓宁", "孙立", "周文博")

GENERAL = (
    {"type": "sanction", "trigger": ["结项验收不合格"], "effect": "ban", "years": 3, "subjects": ["单位", "负责人"]},
    {"type": "sanction", "trigger": ["弄虚作假"], "effect": "revoke", "what": "申报资格"},
    {"type": "quota", "at": "undertake", "max": 2, "unit": "项", "per": ["单位", "年度"], "hedge": "原则上"},
    {"type": "quota", "max": None},
    {"type": "publicity", "days": 5, "day_kind": "working"},
    {"type": "publicity", "days": 7, "day_kind": "calendar"},
    {"type": "publicity"},
    {"type": "legal_status", "legal_person": True, "registered_in": "江州市"},
    {"type": "period", "years": 1},
    {"type": "period", "years": 2, "finish_by": "2031-12-31"},
    {"type": "joint", "mode": "encouraged", "lead": ["市级学会"], "with_any": ["高校科协"]},
    {"type": "text_limit", "field": "实施方案", "value": 500},
)  # fmt: skip
CONDITIONS = (
    {"type": "legal_status", "legal_person": True, "registered_years_min": 3},
    {"type": "person", "role": "项目负责人", "attr": "age", "op": "<=", "value": 45},
    {"type": "person", "role": "被托举人", "attr": "age", "op": "<=", "value": 35, "born_after": "1990-01-01"},
    {"type": "recognition", "register_name": "市级科普教育基地", "by": ["市科协"]},
    {"type": "recognition", "register_name": "市级示范站", "by": ["市科协"], "before": "2021-06-30"},
    {"type": "proxy", "kinds": ["高校科协", "企业科协"], "in_name_of": ["依托的高校", "企业"]},
    {"type": "joint", "mode": "required", "lead": ["市级学会"], "with_any": ["企业科协"]},
    {"type": "material", "name": "合作协议"},
    {"type": "declared", "about": "capacity", "summary": "有固定的活动场地和必要设备"},
    {"type": "declared", "about": "content", "summary": "科普内容科学准确、通俗易懂"},
)  # fmt: skip
