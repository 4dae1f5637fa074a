"""Every fault of a form is told, at its place, with its clause; and each check fails on a planted fault."""

import pytest

from keqiao.core.findings import Weight
from keqiao.core.forms.checking import Attached, faults, field_faults
from keqiao.readers.messages import say
from tests.core.forms.made import specification, told

CLEAN_CODE = "91110000600037341L"
CLEAN_NUMBER = "11010519491231002X"


TABLE = {"kind": "table", "columns": [{"id": "c", "label": "列"}]}


def found(asked, value, **more):
    """The faults of one field with this value."""
    stated = specification({"id": "a", "label": "甲", **asked}, **more)
    return faults(stated, {} if value is None else {"a": value})


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ({"kind": "text", "max_chars": 4}, "科普活动"),
        ({"kind": "long_text", "max_chars": 4}, "科普\n\n活动\n"),
        ({"kind": "long_text", "min_chars": 4}, "科普活动"),
        ({"kind": "long_text", "needs_data": True}, "举办三场讲座"),
        ({"kind": "long_text", "needs_data": True}, "受益５０人次"),
        ({"kind": "number", "least": 1, "most": 5}, 1),
        ({"kind": "number", "least": 1, "most": 5, "decimals": 2}, "4.25"),
        ({"kind": "money", "unit": "万元", "decimals": 2}, 1_230_000),
        ({"kind": "money", "unit": "元", "least_fen": 1, "most_fen": 500}, 500),
        ({"kind": "date"}, "2028-02-29"),
        ({"kind": "date", "precision": "month"}, "2026-02"),
        ({"kind": "period", "precision": "month"}, {"from": "2026-03", "to": "2026-03"}),
        ({"kind": "choice", "options": ["甲", "乙"]}, ["乙"]),
        ({"kind": "choice", "options": ["甲", "乙"], "other": True, "most_picks": 2}, ["乙", "社区居民"]),
        ({"kind": "region", "level": "county"}, "411221"),
        ({"kind": "region", "level": "county"}, "411221100"),
        ({"kind": "region", "level": "county"}, "411221100201"),
        ({"kind": "region", "level": "county"}, "441900003"),  # a town of Dongguan, which has no counties
        ({"kind": "region", "level": "county"}, "419001"),  # Jiyuan stands directly under the province
        ({"kind": "region", "level": "township"}, "411221100"),  # a town of Mianchi
        ({"kind": "region", "level": "township"}, "411221100201"),
        ({"kind": "region", "level": "prefecture"}, "411221100"),
        ({"kind": "region", "level": "county"}, "441900"),
        ({"kind": "region", "level": "prefecture"}, "411200"),
        ({"kind": "region", "level": "province"}, "410000"),
        ({"kind": "person", "parts": ["name", "phone"]}, {"name": "张三", "phone": "13800000000、0398-3162998"}),
        ({"kind": "person", "parts": ["id_number", "birth_date"]},
         {"id_number": CLEAN_NUMBER, "birth_date": "1949-12-31"}),
        ({"kind": "person", "parts": ["id_number"]}, {"id_number": "E12345678"}),
        ({"kind": "person", "parts": ["name", "signature", "member_number"]}, {"name": "张三"}),
        ({"kind": "unit", "parts": ["credit_code", "postcode"]}, {"credit_code": CLEAN_CODE}),
        ({"kind": "unit", "parts": ["account_number"]}, {"account_number": "6222 0000 1111 2222 333"}),
        ({**TABLE, "least": 1, "most": 2}, [{}, {"c": "一"}]),
        ({"kind": "table", "columns": [{"id": "c", "label": "列", "required": False}], "rows": ["一", "二"]},
         [{}, {"c": "x"}]),
        ({"kind": "file", "accepts": ["pdf"], "least": 0}, None),
        ({"kind": "file", "numbered": True}, [{"file": "f", "name": "函.pdf", "number": "1号", "date": "2026-01-05"}]),
        ({"kind": "pledge", "words": ["属实"], "version": "2"}, {"version": "2", "by": "u", "on": "2026-11-22"}),
        ({"kind": "text", "required": False}, None),
        ({"kind": "text", "office_only": True}, None),
        ({"kind": "computed", "sum_of": ["a"]}, None),
        ({"kind": "heading"}, None),
    ],
)  # fmt: skip
def test_what_is_right_has_no_fault(asked, value):
    assert told(found(asked, value)) == []


@pytest.mark.parametrize(
    ("asked", "value", "faulty"),
    [
        ({"kind": "text"}, None, [("form.missing", ("a",))]),
        ({"kind": "text"}, "  ", [("form.missing", ("a",))]),
        ({"kind": "text", "max_chars": 4}, "科普活动！", [("form.text_long", ("a",))]),
        ({"kind": "text"}, "长" * 1_001, [("form.text_long", ("a",))]),
        ({"kind": "text"}, "一\x00二", [("form.text_unprintable", ("a",))]),
        ({"kind": "text"}, "\ud83d", [("form.text_unprintable", ("a",))]),
        ({"kind": "text"}, 5, [("form.shape", ("a",))]),
        ({"kind": "long_text", "min_chars": 4}, "科普\n\n活", [("form.text_short", ("a",))]),
        ({"kind": "long_text", "needs_data": True}, "效果很好，统一安排，第一流",
         [("form.text_without_figures", ("a",))]),
        ({"kind": "number", "least": 1, "most": 5}, 0, [("form.number_low", ("a",))]),
        ({"kind": "number", "least": 1, "most": 5}, 6, [("form.number_high", ("a",))]),
        ({"kind": "number"}, "1.5", [("form.number_places", ("a",))]),
        ({"kind": "number"}, "约十场", [("form.number_unreadable", ("a",))]),
        ({"kind": "number"}, True, [("form.number_unreadable", ("a",))]),
        ({"kind": "number"}, 1.5, [("form.number_unreadable", ("a",))]),
        ({"kind": "money", "unit": "万元", "decimals": 2}, 1_230_100, [("form.money_places", ("a",))]),
        ({"kind": "money", "least_fen": 100}, 99, [("form.money_low", ("a",))]),
        ({"kind": "money", "most_fen": 100}, 101, [("form.money_high", ("a",))]),
        ({"kind": "money"}, "约5万元", [("form.money_unreadable", ("a",))]),
        ({"kind": "money"}, -1, [("form.money_unreadable", ("a",))]),
        ({"kind": "date"}, "2027-02-29", [("form.date_unreadable_day", ("a",))]),
        ({"kind": "date"}, "2026-02", [("form.date_unreadable_day", ("a",))]),
        ({"kind": "date", "precision": "year"}, "0226", [("form.date_far", ("a",))]),
        ({"kind": "period"}, {"from": "2026-04", "to": "2026-03"}, [("form.period_backwards", ("a",))]),
        ({"kind": "period"}, {"from": "2026-04"}, [("form.period_open", ("a",))]),
        ({"kind": "period"}, "2026年", [("form.period_unreadable", ("a",))]),
        ({"kind": "choice", "options": ["甲"]}, ["丙"], [("form.choice_strange", ("a",))]),
        ({"kind": "choice", "options": ["甲"]}, "甲", [("form.choice_unreadable", ("a",))]),
        ({"kind": "choice", "options": ["甲", "乙"]}, ["甲", "乙"], [("form.choice_many", ("a",))]),
        ({"kind": "choice", "options": ["甲", "乙"], "least_picks": 2, "most_picks": 2}, ["甲"],
         [("form.choice_few", ("a",))]),
        ({"kind": "choice", "options": ["甲"], "other": True}, ["其他"], [("form.choice_other_empty", ("a",))]),
        ({"kind": "choice", "options": ["甲"], "other": True, "most_picks": None}, ["丙", "丁"],
         [("form.choice_other_many", ("a",))]),
        ({"kind": "region", "level": "county"}, "411200", [("form.region_coarse", ("a",))]),
        ({"kind": "region", "level": "prefecture"}, "410000", [("form.region_coarse", ("a",))]),
        ({"kind": "region", "level": "township"}, "411221", [("form.region_coarse", ("a",))]),
        ({"kind": "region", "level": "township"}, "411221000", [("form.region_coarse", ("a",))]),
        ({"kind": "region", "level": "township"}, "411221000000", [("form.region_coarse", ("a",))]),
        ({"kind": "region", "level": "township"}, "411200-G1", [("form.region_coarse", ("a",))]),
        ({"kind": "region", "level": "county"}, "411200000", [("form.region_coarse", ("a",))]),
        ({"kind": "region", "level": "prefecture"}, "410000000000", [("form.region_coarse", ("a",))]),
        ({"kind": "region"}, "三门峡", [("identifier.region_code_shape", ("a",))]),
        ({"kind": "person", "parts": ["name", "phone"]}, {"name": "张三"}, [("form.part_missing", ("a", "phone"))]),
        ({"kind": "person", "parts": ["phone"]}, {"phone": "12345"}, [("form.phone_shape", ("a", "phone"))]),
        ({"kind": "person", "parts": ["phone"]}, {"phone": "1380000000"}, [("form.phone_shape", ("a", "phone"))]),
        ({"kind": "person", "parts": ["email"]}, {"email": "a@b"}, [("form.email_shape", ("a", "email"))]),
        ({"kind": "person", "parts": ["id_number"]}, {"id_number": "110105194912310021"},
         [("identifier.identity_check", ("a", "id_number"))]),
        ({"kind": "person", "parts": ["id_number", "birth_date"]},
         {"id_number": CLEAN_NUMBER, "birth_date": "1949-12-30"},
         [("form.birth_date_differs", ("a", "birth_date"))]),
        ({"kind": "person"}, "张三", [("form.shape", ("a",))]),
        ({"kind": "unit", "parts": ["credit_code"]}, {"credit_code": "91110000600037342L"},
         [("identifier.credit_code_check", ("a", "credit_code"))]),
        ({"kind": "unit", "parts": ["credit_code"]}, {"credit_code": "91110000600037341O"},
         [("identifier.credit_code_characters", ("a", "credit_code"))]),
        ({"kind": "unit", "parts": ["account_number"]}, {"account_number": "12345"},
         [("form.account_shape", ("a", "account_number"))]),
        ({"kind": "unit", "parts": ["name", "postcode"]}, {"name": "某", "postcode": "47200"},
         [("identifier.postcode_shape", ("a", "postcode"))]),
        ({**TABLE, "least": 2}, [{"c": "一"}, {}], [("form.rows_few", ("a",))]),
        ({**TABLE, "most": 1}, [{"c": "一"}, {"c": "二"}], [("form.rows_many", ("a",))]),
        ({"kind": "table", "columns": [{"id": "c", "label": "列"}, {"id": "d", "label": "行"}]}, [{"d": "一"}],
         [("form.cell_missing", ("a", 0, "c"))]),
        ({"kind": "table", "columns": [{"id": "c", "label": "列", "max_chars": 2}]}, [{}, {"c": "一二三"}],
         [("form.text_long", ("a", 1, "c"))]),
        ({"kind": "table", "columns": [{"id": "n", "label": "数", "kind": "number"}]}, [{"n": "十余"}],
         [("form.number_unreadable", ("a", 0, "n"))]),
        ({"kind": "table", "columns": [{"id": "phone", "label": "电话"}]}, [{"phone": "12"}],
         [("form.phone_shape", ("a", 0, "phone"))]),
        ({**TABLE, "rows": ["一", "二"]}, [{"c": "x"}], [("form.row_missing", ("a", 1))]),
        ({**TABLE, "rows": ["一"]}, [{"c": "x"}, {"c": "y"}], [("form.rows_strange", ("a", 1))]),
        (TABLE, ["x"], [("form.shape", ("a", 0))]),
        ({"kind": "file"}, None, [("form.files_missing", ("a",))]),
        ({"kind": "file", "least": 2, "most": 3, "required": False}, [{"file": "f"}],
         [("form.files_missing", ("a",))]),
        ({"kind": "file"}, [{"file": "f"}, {"file": "g"}], [("form.files_many", ("a",))]),
        ({"kind": "file", "numbered": True}, [{"file": "f"}],
         [("form.file_unnumbered", ("a", 0)), ("form.file_undated", ("a", 0))]),
        ({"kind": "file"}, ["f"], [("form.shape", ("a", 0))]),
        ({"kind": "pledge", "words": ["属实"]}, None, [("form.pledge_missing", ("a",))]),
        ({"kind": "pledge", "words": ["属实"]}, {"version": "1"}, [("form.pledge_missing", ("a",))]),
        ({"kind": "pledge", "words": ["属实"], "version": "2"}, {"version": "1", "by": "u", "on": "2026"},
         [("form.pledge_version", ("a",))]),
    ],
)  # fmt: skip
def test_a_planted_fault_is_found_where_it_stands(asked, value, faulty):
    findings = found(asked, value)

    assert told(findings) == faulty
    for finding in findings:
        assert finding.source is not None
        assert finding.source.clause == "附件1"
        assert say(finding, "zh") != say(finding, "en")


def test_all_faults_are_told_at_once_in_the_order_of_the_form():
    stated = specification(
        {"id": "name", "kind": "text", "label": "名称"},
        {"id": "times", "kind": "number", "label": "场次", "least": 5},
        {"id": "pledge", "kind": "pledge", "label": "承诺", "words": ["属实"]},
    )

    assert told(faults(stated, {"times": 3})) == [
        ("form.missing", ("name",)),
        ("form.number_low", ("times",)),
        ("form.pledge_missing", ("pledge",)),
    ]
    assert told(field_faults(stated, {"times": 3}, "times")) == [("form.number_low", ("times",))]


def test_a_sentence_says_what_is_wrong_how_much_and_what_to_do():
    [fault] = found({"kind": "long_text", "label": "实施方案", "max_chars": 500}, "字" * 523)

    assert say(fault) == "“实施方案”限500字，现有523字，请删去23字。"
    assert say(fault, "en") == "“实施方案” takes 500 characters; it has 523. Please cut 23."


def test_the_part_of_a_block_is_named_in_both_languages():
    [fault] = found({"kind": "person", "label": "负责人", "parts": ["phone"]}, {"phone": "12"})

    assert say(fault) == "“负责人”的“电话”不是手机号码，也不是带区号的电话号码。请核对。"
    assert (
        say(fault, "en")
        == "The “telephone” of “负责人” is neither a mobile nor a telephone number. Please check it."
    )


def test_a_limit_that_a_rule_states_is_told_with_the_clause_of_the_rule():
    rule = {
        "id": "r",
        "type": "text_limit",
        "field": "甲",
        "value": 2,
        "summary": "限2字",
        "source": {"clause": "附件3·一"},
    }

    [fault] = found({"kind": "text", "max_chars": 2, "rule": "r"}, "一二三", category={"rules": [rule]})

    assert fault.source is not None
    assert fault.source.clause == "附件3·一"


FILES = {
    "kind": "file",
    "label": "作品",
    "accepts": ["video"],
    "most": 3,
    "most_mb": 1,
}
STORED = Attached("video", 1024 * 1024, "d1")


@pytest.mark.parametrize(
    ("entry", "stored", "code"),
    [
        ({"file": "f", "digest": "d1"}, STORED, None),
        ({"file": "f"}, STORED, None),
        ({"file": "f"}, None, "form.file_gone"),
        ({"file": "f"}, Attached("video", 5, "d1", is_whole=False), "form.file_gone"),
        ({"file": "f", "digest": "d2"}, STORED, "form.file_changed"),
        ({"file": "f"}, Attached("pdf", 5, "d1"), "form.file_kind"),
        ({"file": "f"}, Attached("video", 1024 * 1024 + 1, "d1"), "form.file_large"),
    ],
)
def test_files_are_compared_with_what_the_store_has(entry, stored, code):
    stated = specification({"id": "a", **FILES})

    findings = faults(stated, {"a": [entry]}, attachments={"f": stored} if stored else {})

    assert told(findings) == ([(code, ("a", 0))] if code else [])
    assert told(faults(stated, {"a": [entry]})) == []


def test_a_condition_alone_decides_whether_a_file_is_needed():
    stated = specification(
        {"id": "joint", "kind": "choice", "label": "方式", "options": ["独立", "联合"]},
        {
            "id": "a",
            "kind": "file",
            "label": "协议",
            "required_if": {"kind": "chosen", "field": "joint", "options": ["联合"]},
        },
    )

    assert told(faults(stated, {"joint": ["独立"]})) == []
    assert told(faults(stated, {"joint": ["联合"]})) == [("form.files_missing", ("a",))]
    assert told(faults(stated, {})) == [("form.missing", ("joint",))]


def test_papers_of_the_category_get_slots_where_the_form_has_none_and_warn():
    papers = [
        {"name": "党委政府推荐函", "source": {"clause": "附件·三（四）2"}},
        {"name": "申报书", "form": "f"},
    ]
    stated = specification({"id": "a", "kind": "text", "label": "甲"}, category={"materials": papers})
    own = specification({"id": "a", "kind": "file", "label": "甲"}, category={"materials": papers})

    [slot] = stated.from_materials
    [fault] = faults(stated, {"a": "x"})

    assert (fault.code, fault.weight, fault.at) == ("form.paper_missing", Weight.WARN, (slot,))
    assert fault.source is not None
    assert fault.source.clause == "附件·三（四）2"
    assert told(faults(stated, {"a": "x", slot: [{"file": "f", "name": "函.pdf"}]})) == []
    assert own.from_materials == frozenset()


def test_no_personal_number_stands_in_a_sentence():
    asked = {"kind": "person", "label": "负责人", "parts": ["name", "id_number", "birth_date", "phone"]}
    value = {
        "name": "张三",
        "id_number": "110105194912310021",
        "birth_date": "1950-01-01",
        "phone": "1380000111",
    }

    findings = found(asked, value)

    assert len(findings) == 2
    assert not any(number in say(each) for each in findings for number in ("19491231", "1380000111", "0021"))


def test_a_condition_that_names_no_field_is_told_to_the_organiser_and_stops_nobody():
    stated = specification(
        {"id": "a", "kind": "text", "label": "甲", "shown_if": {"kind": "filled", "field": "gone"}},
        checks=[{"id": "k", "says": "一致", "at": "a", "holds": {"kind": "filled", "field": "nowhere"}}],
    )

    findings = faults(stated, {"a": "x"})

    assert {(finding.code, finding.weight) for finding in findings} == {
        ("form.condition_unaskable", Weight.ASK)
    }
    assert len(findings) == 2
