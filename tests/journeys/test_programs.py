"""Who keeps a unit's other programs: makes a token and uses it, has an address told what happens, ends both."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.web.api import reaching
from keqiao.web.api.models import Delivery, Token, Webhook
from keqiao.web.api.tasks import tell_due
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import DESKTOP, PHONE, picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web.api.listening import HOST, Listening, certificate, listening
from tests.web.api.test_signing import verified
from tests.web.applications import makers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

UNIT = "三门峡市林学会"
NAME = "本单位业务系统"


@pytest.fixture
def receiver(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Listening]:
    """A program of this machine under a name that the operator allows, with a certificate that the system trusts."""
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with listening(pem) as told:
        settings.WEBHOOK_HOSTS = [f"{HOST}:{told.port}"]
        monkeypatch.setattr(reaching, "resolved", lambda _target: ["127.0.0.1"])
        monkeypatch.setattr(reaching, "is_public", lambda address: address == "127.0.0.1")
        yield told


def expect_sound(page: Page) -> None:
    """Accessible in both colours, on a desktop and on a phone, and nothing to push sideways."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], f"{page.url} is {width} wide"
        expect_accessible(page)


def copied(page: Page) -> str:
    """Press the button that copies, and return what it put on the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    words: str = page.evaluate("navigator.clipboard.readText()")
    return words


def asked(address: str, token: str) -> tuple[int, Any]:
    """Ask the interface as a program does, with nothing but its token."""
    try:
        with urlopen(Request(address, headers={"Authorization": f"Bearer {token}"})) as answer:
            return answer.status, json.loads(answer.read())
    except HTTPError as refused:
        return refused.code, None


def test_a_token_is_made_copied_used_and_revoked(page: Page, live_server: Any):
    unit = makers.unit(name=UNIT)
    log_in(page, makers.applicant(unit))
    page.goto("/account/tokens/")
    expect(page.get_by_text("还没有令牌")).to_be_visible()
    page.get_by_role("button", name="新建令牌").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect_sound(page)
    page.get_by_label("用途").fill(NAME)
    page.get_by_label("查询本单位的申报资格").check()
    page.get_by_label("限于单位").select_option(label=UNIT)
    expect_sound(page)
    picture(page, "token-new")
    page.get_by_role("button", name="新建令牌").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"“{NAME}”的令牌", timeout=PATIENCE_MS)
    expect_sound(page)
    picture(page, "token-made")
    secret = copied(page)
    assert asked(f"{live_server.url}/api/v1/units", secret) == (200, [{"id": str(unit.pk), "name": UNIT}])
    page.reload()
    expect(page.get_by_text("令牌只在新建后显示一次，不能再次显示。")).to_be_visible()
    expect(page.locator("#secret")).to_have_count(0)
    expect_sound(page)
    assert Token.objects.count() == 1

    page.get_by_role("link", name="返回我的令牌").click()
    row = page.get_by_role("row", name=NAME)
    expect(row).to_contain_text(UNIT)
    assert secret not in page.content()
    expect_sound(page)
    picture(page, "tokens")
    row.get_by_role("button", name="停用").click()
    expect(page.get_by_text("令牌已停用，立即失效。")).to_be_visible()
    expect(page.get_by_role("row", name=NAME)).to_contain_text("已停用")
    assert asked(f"{live_server.url}/api/v1/units", secret) == (401, None)


def test_an_address_is_set_up_tried_out_and_switched_off(page: Page, worker: None, receiver: Listening):
    log_in(page, makers.applicant(makers.unit(name=UNIT)))
    page.goto("/account/tokens/")
    page.get_by_role("link", name="事项推送").click()
    expect(page.get_by_text("还没有推送地址")).to_be_visible()
    page.get_by_label("用途").fill(NAME)
    page.get_by_role("textbox", name="推送地址").fill("https://elsewhere.example.org/")
    page.get_by_label("申报书已提交").check()
    page.get_by_role("button", name="新建推送地址").click()
    expect(page.locator("#id_url_error")).to_contain_text("这个网站不在管理员允许推送的名单里")
    expect(page.get_by_role("alert").get_by_role("link", name="推送地址")).to_be_visible()
    expect_sound(page)
    page.get_by_role("textbox", name="推送地址").fill(receiver.url)
    picture(page, "webhook-new")
    page.get_by_role("button", name="新建推送地址").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"“{NAME}”的签名密钥", timeout=PATIENCE_MS)
    expect_sound(page)
    picture(page, "webhook-made")
    secret = copied(page)
    page.reload()
    expect(page.get_by_text("签名密钥只在新建后显示一次，不能再次显示。")).to_be_visible()
    assert secret not in page.content()
    assert Webhook.objects.count() == 1

    page.get_by_role("link", name="去试推送").click()
    expect(page.get_by_text("还没有推送过")).to_be_visible()
    page.get_by_role("button", name="试推送").click()
    expect(page.get_by_text("试推送已排队，请稍后刷新查看结果。")).to_be_visible()
    tell_due(timezone.now())  # a beat of the worker
    while Delivery.objects.get().settled_at is None:
        page.wait_for_timeout(100)
    page.reload()
    expect(page.get_by_role("row", name="试推送")).to_contain_text("已送达", timeout=PATIENCE_MS)
    (came,) = receiver.received
    assert verified(secret, came.headers, came.body)
    assert not verified(secret, came.headers, came.body + b" ")
    assert json.loads(came.body)["data"] == {"webhook": str(Webhook.objects.get().pk)}
    expect_sound(page)
    picture(page, "webhook")

    page.get_by_role("button", name="停用").click()
    expect(page.get_by_text("推送地址已停用，密钥已删除。")).to_be_visible()
    expect(page.get_by_role("button", name="试推送")).to_have_count(0)
    expect_sound(page)
    page.get_by_role("link", name="事项推送").first.click()
    expect(page.get_by_role("row", name=NAME)).to_contain_text("已停用")
    expect_sound(page)
    picture(page, "webhooks")
