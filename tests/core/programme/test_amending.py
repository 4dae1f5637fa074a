"""Which call a notice means, and what accepted changes make of it."""

from datetime import date, time

import pytest

from keqiao.core.programme.amending.applying import Accepted, Gone, Notice, amended
from keqiao.core.programme.amending.asked import Moment, Money
from keqiao.core.programme.amending.calls import About, Published, Reason, plain_choice, rank
from keqiao.core.programme.amending.spots import Address
from keqiao.core.programme.differences import differences
from keqiao.core.programme.papers import Document
from keqiao.core.programme.validation import validate
from keqiao.readers.programmes import load

TITLE = "关于组织申报2023年度科普项目的通知"
THIS = Published("this", TITLE, "三科协〔2023〕12号", date(2023, 3, 25), ("三门峡市科学技术协会",), 2023)
LAST = Published(
    "last", TITLE.replace("2023", "2022"), "三科协〔2022〕9号", date(2022, 3, 20), THIS.issuers, 2022
)
OTHER = Published("other", "关于征集2023年科技智库选题的通知", "三科协〔2023〕14号", None, THIS.issuers, 2023)
MONEY = {"kind": "fixed", "amount_fen": 3_000_000}
ALL = (THIS, LAST, OTHER)


@pytest.mark.parametrize(
    ("about", "chosen"),
    [
        (About(document_number="三科协[2023]12号"), "this"),
        (About(title=TITLE), "this"),
        (About(title="关于申报2023年度科普项目的通知", year=2023), "this"),
        (About(title="关于申报2022年度科普项目的通知", year=2022), "last"),
        (About(title="关于组织申报科普项目的通知"), None),  # of which year?
        (About(issuers=THIS.issuers, year=2023), None),
        (About(title="关于举办科技节的通知", year=2023), None),
        (About(), None),
    ],
)
def test_the_call_is_chosen_only_where_number_or_title_say_which(about: About, chosen: str | None):
    assert plain_choice(rank(about, ALL)) == chosen


def test_a_number_weighs_more_than_a_title():
    matches = rank(About(title=LAST.title, document_number=THIS.document_number, year=2023), ALL)
    assert [match.key for match in matches] == ["this"]
    assert matches[0].reasons[0] == Reason.NUMBER


def test_a_new_deadline_rewords_the_rule_that_names_the_day_and_drops_the_remark_on_the_old_words():
    programme = load("sanmenxia-2023")
    after = Moment(date(2023, 5, 15), time(17, 0))
    changed = amended(
        programme,
        [
            Accepted(Address("kepu-track", "deadline"), after),
            Accepted(Address("kepu", "rules", "kepu.r8", "date"), after),
        ],
    )
    (track,) = (track for track in changed.tracks if track.id == "kepu-track")
    rule = next(r for r in changed.categories[0].rules if r.id == "kepu.r8")
    assert (track.deadline.on, track.deadline.at, track.deadline.reading) == (after.on, after.at, None)
    assert (rule.date, rule.hour, rule.summary) == (
        after.on,
        "17:00",
        "科普项目申报材料5月15日前送达，逾期不受理",
    )


def test_what_a_notice_changed_names_it_as_its_source():
    programme = load("jining-2023")
    notice = Notice(Document(id="amendment-1", title="关于延长申报时间的通知"), "延期通知")
    after = Moment(date(2022, 12, 10))
    changed = amended(programme, [Accepted(Address("", "deadline"), after)], notice)
    assert (changed.deadline.source.document, changed.deadline.source.clause) == ("amendment-1", "延期通知")
    assert changed.documents == (*programme.documents, notice.document)
    assert {f.code for f in validate(changed)} - {f.code for f in validate(programme)} == set()


def test_changes_of_two_fields_of_one_statement_are_both_made():
    programme = load("hunan-2022")
    node = next(c for c in programme.categories if c.funding or c.categories)
    each, total = Address(node.id, "funding", "", "each"), Address(node.id, "funding", "", "total")
    changed = amended(
        programme, [Accepted(each, Money(100_00, 100_00)), Accepted(total, Money(900_00, 900_00))]
    )
    funding = next(c for c in changed.categories if c.id == node.id).funding
    assert (funding.kind, funding.amount_fen, funding.total_fen) == ("fixed", 100_00, 900_00)


def test_an_added_category_gets_an_id_of_its_own_and_a_removed_one_is_gone():
    programme = load("sanmenxia-2023")
    changed = amended(
        programme,
        [
            Accepted(Address("shehuihua", "categories"), entry={"name": "科普研学", "funding": MONEY}),
            Accepted(Address("shouxi", ""), removes=True),
        ],
    )
    names = {(d.change.value, d.path) for d in differences(programme, changed)}
    assert names == {
        ("added", ("kepu", "shehuihua", "shehuihua.c5")),
        ("removed", ("kepu", "shehuihua", "shouxi")),
    }
    assert {f.code for f in validate(changed)} - {f.code for f in validate(programme)} == set()


def test_a_part_that_is_not_there_is_told():
    with pytest.raises(Gone):
        amended(load("jining-2023"), [Accepted(Address("nowhere", "deadline"), Moment(date(2023, 1, 1)))])
