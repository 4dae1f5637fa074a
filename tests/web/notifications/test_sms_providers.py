"""Text messages over Alibaba Cloud and Tencent Cloud: their published signatures, and stand-ins over real HTTP."""

import json
import threading
from datetime import UTC, datetime

import httpx
import pytest

from keqiao.web.notifications import web_requests
from keqiao.web.notifications.faults import NotTaken, Unsure
from keqiao.web.notifications.sms import aliyun, tencent
from keqiao.web.notifications.sms.texts import Text
from tests.web.notifications.web_server import HANG_UP, WebServer, web_server

MOMENT = datetime.fromtimestamp(1551113065, UTC)
TEXT = Text(
    "13800000000", "application.returned", {"number": "K2026-0001", "until": "2026-03-02"}, "", key="k-1"
)
TEMPLATES = {
    "application.returned": {"code": "T-1", "variables": ["until", "number"], "longest": {"number": 6}}
}
ACCOUNT = {
    "id": "testId",
    "secret": "testSecret",
    "sign": "三门峡市科协",
    "app": "1400006666",
    "templates": TEMPLATES,
}


@pytest.fixture
def server(settings):
    with web_server() as running:
        settings.SMS = {**ACCOUNT, "endpoint": running.url}
        yield running


def sent(gateway, marks: list[str] | None = None) -> None:
    marks = [] if marks is None else marks
    gateway().send(TEXT, lambda: marks.append("brink"))


def test_alibaba_cloud_signs_as_its_documentation_computes_it():
    """Source: help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature, the fixed example of
    RunInstances (AccessKeyId ``YourAccessKeyId``, AccessKeySecret ``YourAccessKeySecret``)."""
    at = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)
    nonce = "3156853299f313e23d1673dc12e1703d"
    headers = aliyun.headers_for(
        "RunInstances", "ecs.cn-shanghai.aliyuncs.com", at=at, nonce=nonce, version="2014-05-26"
    )
    query = {"RegionId": "cn-shanghai", "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"}

    assert aliyun.authorization(query, headers, key_id="YourAccessKeyId", secret="YourAccessKeySecret") == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;"
        "x-acs-date;x-acs-signature-nonce;x-acs-version,"
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_alibaba_cloud_spells_chinese_and_signs_of_punctuation_as_it_wants_them():
    """Source: the same page: UTF-8, RFC 3986, a blank as %20, ``*`` as %2A, ``~`` as it is."""
    assert aliyun.canonical_query({"b": "a b*~", "a": "阿+/="}) == "a=%E9%98%BF%2B%2F%3D&b=a%20b%2A~"


@pytest.mark.parametrize(
    ("headers", "key", "signature"),
    [
        (
            {"x-tc-action": "describeinstances"},
            ("AKID********************************", "********************************"),
            "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f",
        ),
        (
            {},
            ("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"),
            "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
        ),
    ],
)
def test_tencent_cloud_signs_as_its_documentation_computes_it(headers, key, signature):
    """Source: cloud.tencent.com/document/api/213/30654 (signature v3), the example of DescribeInstances; the first as
    it stands there now, with the key as it is masked there, the second as in the earlier and the international
    edition (tencentcloud.com/document/product/242/54220)."""
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    signed = {"content-type": "application/json; charset=utf-8", "host": "cvm.tencentcloudapi.com", **headers}

    assert tencent.authorization(body, signed, at=MOMENT, service="cvm", key=key) == (
        f"TC3-HMAC-SHA256 Credential={key[0]}/2019-02-25/cvm/tc3_request, "
        f"SignedHeaders={';'.join(sorted(signed))}, Signature={signature}"
    )


def test_alibaba_cloud_gets_the_approved_template_and_its_variables_and_no_free_words(server: WebServer):
    server.answer = lambda _came: (200, {"Code": "OK", "BizId": "1"})
    marks: list[str] = []
    sent(aliyun.AliyunGateway, marks)

    (came,) = server.received
    assert (came.method, came.path, came.body, marks) == ("POST", "/", b"", ["brink"])
    assert came.query == {
        "PhoneNumbers": "13800000000",
        "SignName": "三门峡市科协",
        "TemplateCode": "T-1",
        "TemplateParam": json.dumps(
            {"until": "2026-03-02", "number": "K2026…"}, ensure_ascii=False, separators=(",", ":")
        ),
        "OutId": "k-1",
    }
    signed = {
        name: came.headers[name] for name in came.headers if name.startswith("x-acs-") or name == "host"
    }
    assert came.headers["authorization"] == aliyun.authorization(
        came.query, signed, key_id="testId", secret="testSecret"
    )


def test_tencent_cloud_gets_the_approved_template_and_its_variables_in_their_order(server: WebServer):
    server.answer = lambda _came: (200, {"Response": {"SendStatusSet": [{"Code": "Ok"}]}})
    marks: list[str] = []
    sent(tencent.TencentGateway, marks)

    (came,) = server.received
    assert (came.headers["x-tc-action"], came.headers["x-tc-version"], marks) == (
        "SendSms",
        "2021-01-11",
        ["brink"],
    )
    assert came.said == {
        "PhoneNumberSet": ["+8613800000000"],
        "SmsSdkAppId": "1400006666",
        "SignName": "三门峡市科协",
        "TemplateId": "T-1",
        "TemplateParamSet": ["2026-03-02", "K2026…"],
        "SessionContext": "k-1",
    }
    at = datetime.fromtimestamp(int(came.headers["x-tc-timestamp"]), UTC)
    signed = {
        "content-type": came.headers["content-type"],
        "host": came.headers["host"],
        "x-tc-action": "sendsms",
    }
    assert came.headers["authorization"] == tencent.authorization(
        came.body, signed, at=at, service="sms", key=("testId", "testSecret")
    )


AGAIN, NEVER, PERHAPS = (NotTaken, False), (NotTaken, True), (Unsure, None)


@pytest.mark.parametrize(
    ("gateway", "answer", "means"),
    [
        (aliyun.AliyunGateway, (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL"}), AGAIN),
        (aliyun.AliyunGateway, (400, {"Code": "Throttling.User"}), AGAIN),
        (aliyun.AliyunGateway, (200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL"}), NEVER),
        (aliyun.AliyunGateway, (403, {"Code": "SignatureDoesNotMatch"}), NEVER),
        (aliyun.AliyunGateway, (200, {"Code": "isp.SYSTEM_ERROR"}), PERHAPS),
        (tencent.TencentGateway, (200, {"Response": {"Error": {"Code": "RequestLimitExceeded"}}}), AGAIN),
        (
            tencent.TencentGateway,
            (200, {"Response": {"Error": {"Code": "AuthFailure.SignatureFailure"}}}),
            NEVER,
        ),
        (
            tencent.TencentGateway,
            (200, {"Response": {"SendStatusSet": [{"Code": "LimitExceeded.PhoneNumberDailyLimit"}]}}),
            AGAIN,
        ),
        (
            tencent.TencentGateway,
            (200, {"Response": {"SendStatusSet": [{"Code": "InvalidParameterValue.IncorrectPhoneNumber"}]}}),
            NEVER,
        ),
        (tencent.TencentGateway, (200, {"Response": {"Error": {"Code": "InternalError.Other"}}}), PERHAPS),
        *(
            (gateway, answer, means)
            for gateway in (aliyun.AliyunGateway, tencent.TencentGateway)
            for answer, means in (
                ((429, b"slow down"), AGAIN),
                ((503, b"later"), AGAIN),
                ((404, b"<html>"), NEVER),
                ((302, b""), NEVER),
                ((500, b"oops"), PERHAPS),
                ((504, b"gateway"), PERHAPS),
                ((200, b"<html>"), PERHAPS),
                ((200, b"[1]"), PERHAPS),
                (HANG_UP, PERHAPS),
            )
        ),
    ],
)
def test_each_answer_says_whether_the_message_may_have_gone(server: WebServer, gateway, answer, means):
    server.answer = lambda _came: answer
    kind, for_good = means
    with pytest.raises(kind) as fault:
        sent(gateway)
    assert getattr(fault.value, "for_good", None) == for_good


@pytest.mark.parametrize("gateway", [aliyun.AliyunGateway, tencent.TencentGateway])
def test_a_server_that_is_not_there_has_nothing(settings, gateway):
    with web_server() as gone:
        settings.SMS = {**ACCOUNT, "endpoint": gone.url}
    with pytest.raises(NotTaken) as fault:
        sent(gateway)
    assert fault.value.for_good is False


@pytest.mark.parametrize("gateway", [aliyun.AliyunGateway, tencent.TencentGateway])
def test_a_server_that_does_not_answer_in_time_may_have_it(server: WebServer, gateway, monkeypatch):
    monkeypatch.setattr(web_requests, "TIME_OUT", httpx.Timeout(0.2))
    done = threading.Event()
    server.answer = lambda _came: (200, {"waited": done.wait(2)})
    with pytest.raises(Unsure) as fault:
        sent(gateway)
    done.set()
    assert fault.value.code == "ReadTimeout"


@pytest.mark.parametrize("gateway", [aliyun.AliyunGateway, tencent.TencentGateway])
def test_a_message_without_an_approved_template_is_not_offered_and_never_sent(server: WebServer, gateway):
    assert (gateway().knows("application.returned"), gateway().knows("approval.waiting")) == (True, False)
    with pytest.raises(NotTaken, match="no_approved_template"):
        gateway().send(Text("13800000000", "approval.waiting", {}, "words", key="k"), lambda: None)
    assert server.received == []
