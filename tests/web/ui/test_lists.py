"""List pages: the same number of queries at any length, and nothing that is not on the lists."""

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy, override

from keqiao.core.query import Field, Kind
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page
from tests.web import make

User = get_user_model()

ACCOUNTS = ListKind(
    columns=[
        Column("name", "姓名", ("display_name",)),
        Column("mail", "邮箱"),
        Column("joined", "开户", ("-joined_at",)),
    ],
    default_sort="name",
    search=lambda word: Q(display_name__icontains=word) | Q(email__icontains=word),
    filters=[
        Filter("active", "启用", [("yes", "是"), ("no", "否")], lambda value: Q(is_active=value == "yes"))
    ],
    rows_per_page=2,
)

pytestmark = pytest.mark.django_db


def shown(address: str) -> list[str]:
    page = list_page(User.objects.all(), ACCOUNTS, QueryDict(address))
    return [account.display_name for account in page.page]


@pytest.fixture
def four() -> None:
    for name in ("甲", "乙", "丙", "甲乙"):
        make.user(name)
    User.objects.filter(display_name="丙").update(is_active=False)


@pytest.mark.parametrize("rows", [1, 3])
def test_one_row_and_three_rows_cost_the_same_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        make.user()

    with django_assert_num_queries(2):
        list(list_page(User.objects.all(), ACCOUNTS, QueryDict("")).page)


def test_all_words_must_fit(four):
    assert shown("q=甲 乙") == ["甲乙"]
    assert shown("q=example.org&sort=-name") == sorted(("甲", "乙", "丙", "甲乙"), reverse=True)[:2]


def test_filters_and_pages(four):
    assert shown("active=no") == ["丙"]
    assert shown("page=2&sort=name") == sorted(("甲", "乙", "丙", "甲乙"))[2:]
    assert shown("page=99&sort=name") == sorted(("甲", "乙", "丙", "甲乙"))[2:]


def test_what_is_not_on_the_lists_is_not_asked(four):
    plain = shown("")

    assert shown("sort=password") == plain
    assert shown("sort=mail") == plain
    assert shown("active=perhaps") == plain
    assert shown("display_name__startswith=甲") == plain


def test_the_head_says_how_it_is_sorted_and_what_a_click_does():
    columns = list_page(User.objects.none(), ACCOUNTS, QueryDict("sort=-name")).columns

    assert [(column.direction, column.next_sort) for column in columns] == [
        ("descending", "name"),
        ("", ""),
        ("", "joined"),
    ]


KEYED = ListKind(
    columns=ACCOUNTS.columns,
    default_sort="name",
    search=ACCOUNTS.search,
    filters=ACCOUNTS.filters,
    keys=[
        Key(Field("joined", ("开户日期",), Kind.DAY), column_condition("joined_at", is_moment=True)),
        Key(Field("phone", ("电话",), optional=True), column_condition("phone")),
        Key(Field("demo", ("演示",), Kind.TRUTH), column_condition("is_demonstration")),
    ],
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("甲 -乙", ["甲"]),
        ("甲 或 丙", ["丙", "甲", "甲乙"]),
        ("启用:否", ["丙"]),
        ("-启用:是", ["丙"]),
        ("active:no", ["丙"]),
        ("开户日期:2020", ["丙", "乙", "甲", "甲乙"]),
        ("开户日期>2020-01-01", []),
        ("开户日期:..2019", []),
        ("无:电话", ["丙", "乙", "甲", "甲乙"]),
        ("有:电话", []),
        ("演示:否 甲乙", ["甲乙"]),
        ("电话:138", []),
    ],
)
def test_the_box_takes_keys_and_words(four, typed, names):
    query = QueryDict(mutable=True)
    query["q"] = typed
    found = list_page(User.objects.all(), KEYED, query).narrowed

    assert [account.display_name for account in found] == sorted(names)


def test_what_is_not_understood_is_said_and_can_be_put_right_by_a_link(four):
    page = list_page(User.objects.all(), KEYED, QueryDict("q=甲 启动:否"))

    assert [(fault.finding.code, [fix.search for fix in fault.fixes]) for fault in page.faults] == [
        ("query.key_unknown", ["甲 启用:否"])
    ]
    assert [account.display_name for account in page.narrowed] == ["甲", "甲乙"]


def test_each_condition_can_be_taken_away_by_a_link(four):
    page = list_page(User.objects.all(), KEYED, QueryDict("q=甲 启用:是 -乙"))

    assert [(chip.words, chip.search) for chip in page.chips] == [
        ("甲", "启用:是 -乙"),
        ("启用:是", "甲 -乙"),
        ("-乙", "甲 启用:是"),
    ]


def test_what_can_be_typed_next_is_offered():
    def offered(typed: str) -> list[tuple[str, str]]:
        query = QueryDict(mutable=True)
        query["q"] = typed
        page = list_page(User.objects.none(), KEYED, query)
        return [(proposal.words, proposal.search) for proposal in page.proposals]

    assert offered("")[:2] == [("开户日期:", "开户日期:"), ("电话:", "电话:")]
    assert offered("甲 启") == [("启用:", "甲 启用:")]
    assert offered("启用:") == [("是", "启用:是"), ("否", "启用:否")]
    assert offered("甲")[0] == ("开户日期:", "甲 开户日期:")


IN_TWO_LANGUAGES = ListKind(
    columns=[Column("name", "姓名", ("display_name",))],
    default_sort="name",
    search=lambda word: Q(display_name__icontains=word),
    filters=[
        Filter("language", gettext_lazy("级别"), [("zh-hans", gettext_lazy("市级"))], lambda v: Q(language=v))
    ],
    keys=[
        Key(Field("mail", ("邮箱", "信箱", "Mail"), optional=True), column_condition("email")),
        Key(Field("active", ("启用", "Active"), Kind.TRUTH), column_condition("is_active")),
        Key(Field("money", ("经费", "Money"), Kind.MONEY), column_condition("pk")),
        Key(Field("joined", ("开户时间", "开户", "Joined"), Kind.DAY), column_condition("joined_at")),
    ],
)


def in_english(typed: str):
    with override("en"):
        return list_page(User.objects.all(), IN_TWO_LANGUAGES, QueryDict(f"q={typed}"))


def proposed(page) -> list[str]:
    return [each.words for each in page.proposals]


@pytest.mark.parametrize(
    ("typed", "english", "chinese"),
    [
        ("", "Mail: Active: Money: Joined:", "邮箱: 启用: 经费: 开户时间:"),
        ("active:", "yes no", "是 否"),
        ("money:", "50000..100000 50000..", "5万元..10万元 5万元.."),
        ("信", "Mail:", "邮箱:"),
        ("Mai", "Mail:", "邮箱:"),
    ],
)
def test_what_the_box_proposes_stands_in_the_language_of_the_page(typed, english, chinese):
    page = list_page(User.objects.all(), IN_TWO_LANGUAGES, QueryDict(f"q={typed}"))

    assert proposed(in_english(typed))[: len(english.split())] == english.split()
    assert proposed(page)[: len(chinese.split())] == chinese.split()


def test_no_chinese_stands_on_the_english_page_where_it_can_be_said_in_english():
    page = in_english("")

    assert [text for text in proposed(page) if not text.isascii()] == []


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("启用:是", "Active:yes"),
        ("无:信箱", "no:Mail"),
        ("(邮箱:a 或 -邮箱:b)", "Mail:a or -Mail:b"),
    ],
)
def test_the_conditions_that_hold_are_written_in_the_language_of_the_page(typed, english):
    chips = in_english(typed).chips

    assert [chip.words for chip in chips] == [english]
    assert in_english(english).chips == chips


def test_the_words_of_both_languages_are_understood_on_either_page(four):
    for typed in ("信箱:user 启用:是", "mail:user active:yes"):
        chinese = list_page(User.objects.all(), IN_TWO_LANGUAGES, QueryDict(f"q={typed}"))
        assert {account.pk for account in chinese.narrowed} == {
            account.pk for account in in_english(typed).narrowed
        }
        assert chinese.narrowed.count() == 3
