"""List pages: the same number of queries at any length, and nothing that is not on the lists."""

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import QueryDict

from keqiao.web.ui.lists import Column, Filter, ListKind, list_page
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
