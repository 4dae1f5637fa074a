"""What goes along with every answer: headers, cookies, language, the stamp of arrival, the end of sessions."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import include, path, reverse

from keqiao.web.access import PUBLIC, opens_to
from keqiao.web.ui import pages
from tests.web import make

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@opens_to(PUBLIC)
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError


@opens_to(PUBLIC)
def arrival(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"at": request.arrived_at.isoformat(), "language": request.LANGUAGE_CODE})


@opens_to(PUBLIC)
def kept_longer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("feed", headers={"Cache-Control": "public, max-age=3600"})


urlpatterns = [
    path("broken", broken),
    path("arrival", arrival),
    path("kept", kept_longer),
    path("", include("keqiao.web.config.urls")),
]
handler404, handler500 = pages.not_found, pages.server_error
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def member(client):
    client.force_login(make.user())
    return client


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/", 200),
        ("get", "/absent", 404),
        ("get", "/broken", 500),
        ("post", "/arrival", 403),
        ("get", "/desk/", 302),
        ("get", "/account/login/", 200),
        ("get", "/static/ui/app.js", 200),
        ("get", "/arrival", 200),
    ],
)
def test_every_kind_of_answer_carries_the_headers(visitor, method, address, status):
    response = getattr(visitor, method)(address)

    assert response.status_code == status
    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    if not address.startswith("/static/"):
        assert {name: response[name] for name in EVERYWHERE} == EVERYWHERE


def test_the_health_probe_carries_them_too(visitor):
    response = visitor.get("/healthz")

    assert set(response["Content-Security-Policy"].split("; ")) == POLICY
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_public_pages_are_free_of_cookies_and_may_be_kept_a_minute(visitor):
    response = visitor.get("/")

    assert (response["Cache-Control"], response.has_header("Vary"), len(response.cookies)) == (
        "public, max-age=60",
        False,
        0,
    )
    assert visitor.get("/kept")["Cache-Control"] == "public, max-age=3600"
    assert visitor.get("/absent")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/", "/desk/", "/absent", "/kept", "/account/login/"])
def test_nothing_that_a_signed_in_person_sees_is_kept(member, address):
    response = member.get(address)

    assert response["Cache-Control"] == "no-store"
    assert "Cookie" in response["Vary"]


def test_a_static_file_that_is_not_there_is_absent_for_a_signed_in_person_too(member):
    member.raise_request_exception = False

    assert member.get("/static/absent.css").status_code == 404
    assert member.get("/static/%2e%2e/%2e%2e/etc/passwd").status_code == 404


def test_the_session_cookie_is_closed_to_scripts_and_other_sites(visitor):
    visitor = Client()
    account = make.user()
    visitor.post(reverse("account_login"), {"login": account.email, "password": make.PASSWORD})
    cookie = visitor.cookies["keqiao-session"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_requests_are_stamped_on_arrival(client):
    before = datetime.now(UTC)
    stamp = datetime.fromisoformat(client.get("/arrival").json()["at"])
    after = datetime.now(UTC)

    assert before - timedelta(milliseconds=1) <= stamp <= after + timedelta(milliseconds=1)
    assert stamp.utcoffset() == timedelta(0)


def test_the_address_chooses_the_language_then_the_person_then_chinese(client):
    def spoken(address: str) -> str:
        response = client.get(address, headers={"Accept-Language": "en"})
        assert response["Content-Language"] == response.json()["language"]
        return response.json()["language"]

    assert [spoken("/arrival"), spoken("/arrival?lang=en"), spoken("/arrival?lang=xx")] == [
        "zh-hans",
        "en",
        "zh-hans",
    ]
    account = make.user()
    account.language = "en"
    account.save()
    client.force_login(account)
    assert [spoken("/arrival"), spoken("/arrival?lang=zh-hans")] == ["en", "zh-hans"]


def sees_the_desk(client: Client) -> bool:
    return client.get(reverse("portal:desk")).status_code == 200


def set_back(client: Client, **times: timedelta) -> None:
    """Make the session look as if it had been begun or seen so much earlier."""
    session = client.session
    for name, by in times.items():
        session[name] = (datetime.fromisoformat(session[name]) - by).isoformat()
    session.save()


@pytest.mark.parametrize(
    ("idle", "open_still"), [(timedelta(minutes=29), True), (timedelta(minutes=30), False)]
)
def test_a_session_ends_after_thirty_idle_minutes(member, idle, open_still):
    assert sees_the_desk(member)
    set_back(member, seen_at=idle)

    assert sees_the_desk(member) is open_still


@pytest.mark.parametrize(("age", "open_still"), [(timedelta(hours=11), True), (timedelta(hours=12), False)])
def test_a_session_ends_after_twelve_hours_however_busy(member, age, open_still):
    assert sees_the_desk(member)
    set_back(member, began_at=age)

    assert sees_the_desk(member) is open_still


def test_being_seen_keeps_a_session_open_and_is_written_once_a_minute(member):
    assert sees_the_desk(member)
    first = member.session["seen_at"]
    assert sees_the_desk(member)
    assert member.session["seen_at"] == first
    set_back(member, seen_at=timedelta(minutes=2))
    assert sees_the_desk(member)
    assert member.session["seen_at"] > first


def test_the_log_names_the_route_and_not_the_address(client, caplog):
    with caplog.at_level("INFO", logger="keqiao.request"):
        client.get("/?q=李明")

    line = caplog.records[-1].msg
    assert (line["event"], line["route"], line["status"], line["method"]) == (
        "request",
        "portal:home",
        200,
        "GET",
    )
    assert "李明" not in json.dumps(line, ensure_ascii=False, default=str)
