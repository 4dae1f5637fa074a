"""Pages of doubles: proposed, compared, merged, set apart again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keqiao.web.accounts.roles import Role
from keqiao.web.parties.models import DistinctPair, Merge, TieKind
from tests.web import make
from tests.web.parties.rolls import NOW, address, person, tie

pytestmark = pytest.mark.django_db
SOMEBODY = "11010519491231002X"


def test_doubles_are_proposed_compared_merged_and_set_apart_again(client, officer):
    one, other = make.organisation("果树（苹果）学会"), make.organisation("果树(苹果)学会")
    applicant = make.holder(Role.APPLICANT, other)
    compare = address("compare", *sorted((one.pk, other.pk)))
    assert compare in client.get(address("duplicates")).content.decode()
    assert client.get(compare).status_code == 200
    assert client.post(compare, {"kept": str(one.pk)}).status_code == 422
    answer = client.post(compare, {"kept": str(one.pk), "reason": "重复导入"})
    assert answer.url == one.get_absolute_url()

    old = client.get(other.get_absolute_url())
    assert (old.status_code, old.url) == (302, one.get_absolute_url())
    undo = address("undo_merge", Merge.objects.get().pk)
    assert undo in client.get(one.get_absolute_url()).content.decode()
    assert [row.pk for row in client.get(address("list"), {"q": "苹果"}).context["list"].page] == [one.pk]
    assert applicant.organisations_as("applicant", NOW) == {one.pk}
    client.post(undo, {"reason": "并非同一单位"})
    assert client.get(other.get_absolute_url()).status_code == 200


def test_a_merge_that_cannot_be_undone_says_how_much_has_come(client, officer, association):
    one, other = make.organisation(), make.organisation()
    client.post(address("compare", one.pk, other.pk), {"kept": str(one.pk), "reason": "重复"})
    tie(one, association.organisation, TieKind.AFFILIATION)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "合并后已新增 1 条记录、办理 1 次变更，不能撤销" in page
    answer = client.post(address("undo_merge", Merge.objects.get().pk), {"reason": "错了"})
    assert answer.status_code == 422


def test_two_that_are_two_are_not_proposed_again(client, officer):
    one, other = make.organisation("果树学会"), make.organisation("果树 学会")
    client.post(address("tell_apart", one.pk, other.pk))
    assert DistinctPair.objects.count() == 1
    assert (
        address("compare", *sorted((one.pk, other.pk)))
        not in client.get(address("duplicates")).content.decode()
    )


def test_people_who_may_be_one_are_compared_with_masked_numbers(client, officer):
    one, other = person(phone="13812345678", identity_number=SOMEBODY), person(phone="13812345678")
    compare = address("compare", *sorted((one.pk, other.pk)))
    page = client.get(compare).content.decode()
    assert ("110105********002X" in page, SOMEBODY in page) == (True, False)
    client.post(compare, {"kept": str(other.pk), "reason": "同一人"})
    assert client.get(one.get_absolute_url()).url == other.get_absolute_url()


def test_doubles_are_searched_and_those_of_people_stand_on_a_list_of_their_own(client, officer):
    for name in ("果树学会", "苹果学会"):
        make.organisation(name), make.organisation(f"{name[:2]} {name[2:]}")
    one, other = person("张伟", phone="13812345678"), person("张伟", phone="13812345678")

    def rows(page: str, **asked: str) -> list[tuple[str, list[str]]]:
        answer = client.get(address(page), asked)
        return [(row.name, [str(why) for _pair, why in pairs]) for row, pairs in answer.context["rows"]]

    assert [why for _name, why in rows("duplicates")] == [["名称"], ["名称"]]
    assert [name.replace(" ", "") for name, _why in rows("duplicates", q="苹果")] == ["苹果学会"]
    assert rows("duplicate_people") == [("张伟", ["姓名和手机号码"])]
    assert rows("duplicate_people", q="有:出生日期") == []
    answer = client.post(address("tell_apart", *sorted((one.pk, other.pk))))
    assert answer.url == address("duplicate_people")
    assert rows("duplicate_people") == []


def test_doubles_cost_the_same_with_one_pair_and_with_three(client, officer):
    def cost() -> int:
        client.get(address("duplicates"))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("duplicates"))
        return len(queries)

    counts = []
    for more in (1, 2):
        for number in range(more):
            make.organisation(f"第{more}{number}会"), make.organisation(f"第{more}{number} 会")
        counts.append(cost())
    assert counts[0] == counts[1]
