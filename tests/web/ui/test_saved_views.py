"""A search can be kept under a name: by its owner, and with colleagues of one association."""

import pytest
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.ui.models import SavedView
from keqiao.web.ui.queries import views_for
from tests.web import make

pytestmark = pytest.mark.django_db
LIST = "parties.organisations"


def kept(client, name: str = "省级学会", **details: str):
    details = {"list_code": LIST, "page": reverse("parties:list"), "asked": "q=级别:省级&page=3", **details}
    return client.post(reverse("ui:keep_view"), {"name": name, **details})


@pytest.fixture
def association():
    return make.association()


def names_for(user, arrived_at) -> list[str]:
    return [view.name for view in views_for(user, LIST, arrived_at)]


def test_a_view_is_kept_without_the_page_and_leads_back_to_the_list(client, association, arrived_at):
    officer = make.officer(association)
    client.force_login(officer)

    response = kept(client)

    query = "q=%E7%BA%A7%E5%88%AB%3A%E7%9C%81%E7%BA%A7"
    assert (response.status_code, response.url) == (302, f"{reverse('parties:list')}?{query}")
    assert [(view.name, view.asked) for view in SavedView.objects.all()] == [("省级学会", query)]
    assert names_for(officer, arrived_at) == ["省级学会"]


def test_the_same_name_is_the_same_view(client, association):
    client.force_login(make.officer(association))

    kept(client)
    kept(client, asked="q=市级")

    assert SavedView.objects.count() == 1


def test_colleagues_see_a_shared_view_and_nobody_else_does(client, association, arrived_at):
    mine, colleague = make.officer(association), make.officer(association)
    stranger = make.officer(make.association())
    client.force_login(mine)

    kept(client, "自己的")
    kept(client, "共用的", is_shared="on")

    assert names_for(mine, arrived_at) == ["自己的", "共用的"]
    assert names_for(colleague, arrived_at) == ["共用的"]
    assert names_for(stranger, arrived_at) == []


def test_only_the_owner_removes_a_view(client, association):
    mine, colleague = make.officer(association), make.officer(association)
    client.force_login(mine)
    kept(client, is_shared="on")
    view = SavedView.objects.get()
    address, back = reverse("ui:drop_view", args=[view.pk]), {"page": reverse("parties:list")}

    client.force_login(colleague)
    assert client.post(address, back).status_code == 404
    client.force_login(mine)
    assert client.post(address, back).status_code == 302
    assert SavedView.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": "https://elsewhere.example/"},
        {"page": "//elsewhere.example/"},
        {"page": "/no/such/page/"},
        {"list_code": "Robert'); drop"},
        {"asked": "q=" + "长" * 2000},
        {"name": ""},
    ],
)
def test_a_view_leads_to_pages_of_this_site_only_and_nothing_typed_is_lost(client, association, wrong):
    client.force_login(make.officer(association))

    response = kept(client, **{"name": "省级", **wrong})

    assert response.status_code == 422
    assert SavedView.objects.count() == 0
    assert response.context["form"].data["list_code"] == wrong.get("list_code", LIST)


def test_nobody_shares_without_an_association(client):
    client.force_login(make.holder(Role.SYSTEM_ADMIN))

    assert kept(client, is_shared="on").status_code == 409
    assert SavedView.objects.count() == 0


def test_there_is_an_end_to_views(client, association):
    officer = make.officer(association)
    client.force_login(officer)
    for number in range(20):
        assert kept(client, f"视图{number}").status_code == 302

    assert kept(client, "再一个").status_code == 409
    assert kept(client, "视图3", asked="q=甲").status_code == 302


def test_visitors_keep_nothing(client):
    assert kept(client).status_code == 302
    assert SavedView.objects.count() == 0
