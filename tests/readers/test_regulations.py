"""The nine rules of the five shipped programmes that ask for a regulation, each with the one it names."""

from keqiao.core.programme import Programme, walk
from keqiao.core.programme.rules.conduct import Conform
from keqiao.readers.programmes import load, shipped

NINE = [
    ("henan-2023", "baihui.r2", "附件·三（二）2", "baihui-tongzhi"),
    ("henan-2023", "pingtai.r2", "附件·三（三）1", "chuangxinjidi-banfa"),
    ("henan-2023", "gongzuozhan.r3", "附件·三（三）2", "gongzuozhan-banfa"),
    ("hunan-2022", "general.r8", "二2", "kepu-zijin-banfa"),
    ("hunan-2022", "qikan.r1", "四（三）1（1）③", "yiliu-qikan-yijian"),
    ("hunan-2022", "lianghua.r1", "四（三）3（1）②", "shenhua-gaige-fangan"),
    ("sanmenxia-2023", "kepu.r7", "通知一（二）3", "kepu-zhinan"),
    ("sanmenxia-2023", "kechuang.r1", "通知二（二）", "kechuang-zhinan"),
    ("sanmenxia-2023", "chuangxinjidi.r2", "附件3·二（二）1", "chuangxinjidi-banfa"),
]
WITHOUT_ISSUER = {"gongzuozhan-banfa", "shenhua-gaige-fangan", "hunan-xingdong-fangan"}
"""The document does not say who issued them, and their ``reading`` says so."""


def conform_rules(programme: Programme) -> list[Conform]:
    nodes = [programme, *(category for _path, category in walk(programme)), *programme.tracks]
    return [rule for node in nodes for rule in node.rules if isinstance(rule, Conform)]


def test_each_of_the_nine_rules_names_a_regulation_of_its_programme():
    found = [
        (name, rule.id, rule.source.clause, rule.regulation)
        for name in shipped()
        for rule in conform_rules(load(name))
    ]

    assert sorted(found) == sorted(NINE)


def test_each_regulation_is_the_one_that_the_rule_says_in_words():
    for name, rule_id, _clause, regulation_id in NINE:
        programme = load(name)
        rule = next(rule for rule in conform_rules(programme) if rule.id == rule_id)
        regulation = next(entry for entry in programme.regulations if entry.id == regulation_id)
        said = rule.to.strip("《》").replace("三门峡市科协2023年度", "2023年度")
        assert said == regulation.title


def test_each_regulation_has_its_clause_and_its_issuer_or_says_that_none_is_named():
    for programme in map(load, shipped()):
        for regulation in programme.regulations:
            assert regulation.source.clause
            assert regulation.issued_by or (regulation.id in WITHOUT_ISSUER and regulation.reading)
            assert not (regulation.issued_by and regulation.id in WITHOUT_ISSUER)


def test_each_of_the_nine_says_its_requirements_or_that_the_document_does_not_state_them():
    stated = {
        entry.id: bool(entry.requirements or entry.by_kind)
        for name, _rule, _clause, regulation in NINE
        for entry in load(name).regulations
        if entry.id == regulation
    }

    assert [identifier for identifier, has_some in stated.items() if has_some] == [
        "baihui-tongzhi",
        "shenhua-gaige-fangan",
    ]
    without = {identifier for identifier, has_some in stated.items() if not has_some}
    for programme in map(load, shipped()):
        assert all(entry.reading for entry in programme.regulations if entry.id in without)
