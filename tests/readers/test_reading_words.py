"""The words of a reading stay tied to the statements that were made from them."""

from keqiao.readers.reading import programme_from_reading, words_of

FACT = {
    "path": ["甲"],
    "kind": "funding",
    "confidence": "soft",
    "words": "每项3万元",
    "place": {"line": 7, "start": 3},
}
FLAT = {
    "document": {
        "title": "通知",
        "contacts": [{"name": "张三", "phones": ["0000-5550101"], "cite": "L9「联系人：张三」"}],
        "general_rules": [
            {
                "text_summary_zh": "截止",
                "formal": {"type": "deadline", "date": "2026-06-30"},
                "cite": "L8「6月30日前」",
            }
        ],
    },
    "categories": [
        {
            "path": ["甲"],
            "cite": "L5「一、甲」",
            "funding": {"kind": "fixed", "amount_yuan": 30000},
            "kpis": [
                {
                    "metric_zh": "场次",
                    "comparator": ">=",
                    "value": 5,
                    "unit": "场",
                    "cite": "L6「不少于5场」",
                },
                {
                    "metric_zh": "人数",
                    "comparator": ">=",
                    "value": 50,
                    "unit": "人",
                    "cite": "L6「每场50人」",
                },
            ],
        }
    ],
    "report": {
        "facts": [FACT, {"path": ["甲"], "kind": "target", "words": "每场50人", "place": {"line": 6}}]
    },
}


def tied():
    return words_of(FLAT, programme_from_reading(FLAT, id="x"))


def test_each_statement_has_its_words_under_its_key():
    words = {key: found.words for key, found in tied().items()}

    assert words == {
        "r1": "6月30日前",
        "office-1": "联系人：张三",
        ":deadline": "6月30日前",
        "c1": "一、甲",
        "c1.t1": "不少于5场",
        "c1.t2": "每场50人",
        "c1:funding": "每项3万元",
    }


def test_place_and_doubt_come_from_the_report():
    found = tied()["c1:funding"]

    assert (found.place, found.confidence) == ({"line": 7, "start": 3}, "soft")
    assert (tied()["c1.t2"].where, tied()["c1.t2"].place) == ("L6", {"line": 6})


def test_a_reading_without_a_report_still_ties_cited_words():
    flat = {key: value for key, value in FLAT.items() if key != "report"}

    assert words_of(flat, programme_from_reading(flat, id="x"))["c1.t1"].words == "不少于5场"
