"""One small definition without fault or doubt, as plain values; tests plant one fault in it."""

from copy import deepcopy

from keqiao.core.programme import Programme

SOUND = {
    "id": "jiangzhou-2031",
    "title": "江州市2031年度科普项目申报指南",
    "year": 2031,
    "region": "江州市",
    "issuers": ["江州市科学技术协会"],
    "issue_date": "2031-03-01",
    "documents": [{"id": "notice", "title": "申报通知"}],
    "forms": [{"id": "form-1", "title": "申报书"}],
    "regulations": [{"id": "rule-book", "title": "《科普项目管理办法》"}],
    "base_figures": [{"id": "counties", "name": "县市区", "value": 6, "unit": "个"}],
    "office_list": [{"id": "office-1", "department": "科普部", "phones": ["0398-1234567"]}],
    "tracks": [{"id": "online", "name": "网上申报", "deadline": {"on": "2031-05-10"}}],
    "attachments": [{"title": "申报书", "form": "form-1"}],
    "applicants": {"kinds": ["市级学会"]},
    "opens": {"on": "2031-03-05"},
    "deadline": {"on": "2031-04-30", "source": {"clause": "三", "document": "notice"}},
    "completion": {"on": "2032-12-31"},
    "term": {"months": 12},
    "filing": {"copies": 3, "channels": ["paper"]},
    "offices": ["office-1"],
    "form": "form-1",
    "scorecard": {
        "criteria": [
            {
                "id": "merit",
                "name": "创新性",
                "points": 60,
                "parts": [{"id": "m1", "name": "选题", "points": 60}],
            },
            {"id": "plan", "name": "可行性", "points": 40},
        ],
        "integrity": "是否发现弄虚作假",
        "vetoes": [{"id": "v1", "name": "选题不在指南范围内"}],
        "experts": 5,
        "joined": "trimmed_mean",
        "tie_breaks": [{"by": "criterion", "criterion": "m1"}, {"by": "preference"}, {"by": "vote"}],
        "pass_mark": 60,
    },
    "rules": [
        {"id": "r1", "type": "publicity", "summary": "公示五个工作日", "days": 5, "day_kind": "working"},
        {"id": "r2", "type": "quota", "summary": "每单位限两项", "max": 2, "hedge": "原则上", "across": ["a"]},
        {"id": "r3", "type": "conform", "summary": "按办法执行", "to": "《办法》", "regulation": "rule-book"},
        {
            "id": "r4", "type": "choice", "summary": "选一类", "what": "类型",
            "options": ["音频", "视频"], "pick_min": 1,
        },
        {
            "id": "r5", "type": "person", "summary": "三十五岁以下", "role": "负责人",
            "attr": "birth", "born_after": "1996-01-01",
        },
        {"id": "r6", "type": "endorsement", "summary": "县科协审核", "steps": ["审核"], "chain": "chain-1"},
    ],
    "endorsement": [
        {
            "id": "chain-1",
            "steps": [
                {"words": "审核", "deadline": "2031-05-05", "office": "office-1"},
                {"words": "报送", "deadline": "2031-05-10"},
            ],
        }
    ],
    "categories": [
        {
            "id": "a",
            "name": "科普示范",
            "track": "online",
            "funding": {"kind": "envelope", "total_fen": 70_000_000},
            "places": {"count": 7},
            "per_unit_limit": {"max": 2},
            "categories": [
                {
                    "id": "a1",
                    "name": "示范基地",
                    "funding": {"kind": "fixed", "amount_fen": 10_000_000, "total_fen": 40_000_000},
                    "places": {"count": 4},
                    "per_unit_limit": {"max": 1},
                    "targets": [
                        {"id": "t1", "metric": "讲座", "comparator": ">=", "value": 24, "unit": "场"},
                        {
                            "id": "t2", "metric": "讲座", "comparator": ">=", "value": 4,
                            "unit": "场", "per": "每县市区",
                        },
                        {
                            "id": "t3", "metric": "农村讲座", "comparator": ">=", "value": 6,
                            "unit": "场", "part_of": "t1",
                        },
                        {
                            "id": "t4", "metric": "讲座", "comparator": "<=", "value": 30,
                            "unit": "场", "scope": "全年",
                        },
                        {
                            "id": "t5", "metric": "讲座", "comparator": ">=", "value": 20,
                            "unit": "场", "scope": "全年",
                        },
                        {"id": "t6", "metric": "挂图", "value": 3, "unit": "幅", "alternative_group": "甲"},
                        {"id": "t7", "metric": "短视频", "value": 3, "unit": "部", "alternative_group": "甲"},
                        {
                            "id": "t8", "metric": "咨询占比", "comparator": "<=", "value": 50,
                            "unit": "%", "relative_to": "t1",
                        },
                        {
                            "id": "t9",
                            "metric": "问卷",
                            "comparator": "==",
                            "value": 120,
                            "unit": "份",
                            "measure": {
                                "kind": "count",
                                "facts": "survey_form",
                                "group_floor": {"by": "county", "floor": 20, "groups": 6},
                            },
                        },
                    ],
                    "materials": [{"name": "协议", "form": "form-1"}],
                },
                {
                    "id": "a2",
                    "name": "工作室",
                    "funding": {"kind": "range", "min_fen": 5_000_000, "max_fen": 15_000_000, "total_fen": 30_000_000},
                    "places": {"count": 3},
                },
            ],
        },
        {
            "id": "b",
            "name": "试点县",
            "funding": {"kind": "none"},
            "bundle": {
                "children": [{"name": "科普示范", "category": "a"}],
                "which_of_several": {"categories": ["a"]},
            },
        },
    ],
}  # fmt: skip


def sound() -> Programme:
    """The definition without fault."""
    return Programme.model_validate(SOUND)


def with_change(at, value):
    """The definition with one value changed (or taken away: ``value`` is None)."""
    data = deepcopy(SOUND)
    part = data
    for step in at[:-1]:
        part = part[step] if isinstance(step, int) else part.setdefault(step, {})
    if value is None:
        del part[at[-1]]
    elif isinstance(part, list) and at[-1] == len(part):
        part.append(value)
    else:
        part[at[-1]] = value
    return Programme.model_validate(data)
