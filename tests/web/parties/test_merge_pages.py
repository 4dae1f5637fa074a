"""Pages of doubles: proposed, compared, merged, set apart again."""

import pytest

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
