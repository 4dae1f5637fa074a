"""Error pages say what happened and what to do, in both languages, and tell nothing that must not be known."""

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.ui import pages


@opens_to(PUBLIC)
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret of the house")


@opens_to(PUBLIC)
def hidden(request: HttpRequest) -> HttpResponse:
    raise Http404("there is such a thing, but not for you")


@opens_to(PUBLIC)
def changed(request: HttpRequest) -> HttpResponse:
    return pages.conflict(request, "李明 14:02 已修改。")


@opens_to(PUBLIC)
def ruled_out(request: HttpRequest) -> HttpResponse:
    return pages.refused(request)


urlpatterns = [
    path("broken", broken),
    path("hidden", hidden),
    path("changed", changed),
    path("ruled-out", ruled_out),
    path("", include("keqiao.web.config.urls")),
]
handler404, handler500 = pages.not_found, pages.server_error

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("address", "status", "chinese", "english"),
    [
        ("/broken", 500, "系统出错，未能完成", "Something went wrong on our side"),
        ("/nothing-here", 404, "页面不存在", "There is no such page"),
        ("/changed", 409, "内容已被他人修改", "Somebody else has changed this"),
        ("/ruled-out", 422, "不符合规定，未能办理", "The rules do not allow this"),
    ],
)
def test_the_page_says_what_happened_in_the_language_asked_for(visitor, address, status, chinese, english):
    for language, title in (("zh-hans", chinese), ("en", english)):
        response = visitor.get(address, {"lang": language})
        assert response.status_code == status
        assert f"<h1>{title}</h1>" in response.content.decode()


def test_a_form_without_its_token_is_told_that_the_page_had_expired(visitor):
    response = visitor.post("/changed", {})

    assert response.status_code == 403
    assert "<h1>页面已过期，未提交成功</h1>" in response.content.decode()


def test_our_fault_shows_the_number_in_the_log_and_nothing_of_the_error(visitor):
    text = visitor.get("/broken").content.decode()

    assert "secret of the house" not in text
    assert text.count("<code>") == 1


def test_hidden_and_absent_pages_look_alike(visitor):
    assert visitor.get("/hidden").content == visitor.get("/absent").content


def test_advice_of_the_act_comes_first(visitor):
    text = visitor.get("/changed").content.decode()

    assert text.index("李明 14:02 已修改。") < text.index("刷新页面，查看最新内容后再操作。")
