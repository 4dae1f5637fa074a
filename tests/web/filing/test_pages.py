"""Pages of mailboxes, filed mails, the register of paper and the file of an application."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from keqiao.core.identifiers.page_code import page_code
from keqiao.core.lifecycle.filed_mail import MailState
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application
from keqiao.web.applications.queries import answers_of
from keqiao.web.filing.collecting import read_mailbox
from keqiao.web.filing.models import Mail, Mailbox, PaperReceipt, SignaturePage
from keqiao.web.notifications.models import Message
from keqiao.web.parties.queries import local_day
from scripts.mail_server import MailServer
from tests.web import make
from tests.web.applications import makers
from tests.web.filing import mails
from tests.web.filing.test_collecting import Office, office

pytestmark = pytest.mark.django_db
__all__ = ["office"]


def typed(server: MailServer, **changes: Any) -> dict[str, Any]:
    """What an officer types about a mailbox."""
    wanted = mails.wanted(server, **changes)
    return {name: getattr(wanted, name) for name in wanted.__slots__}


@pytest.fixture
def officer(client: Client, office: Office) -> Client:
    client.force_login(make.officer(office.association))
    return client


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"password": "wrong"}, "登录被拒绝"),
        ({"folder": "没有这个"}, "邮箱中没有这个收件文件夹"),
        ({"host": "no-such-host.invalid"}, "找不到这台服务器"),
        ({"port": 9}, "服务器拒绝连接"),
        ({"security": "tls"}, "这个端口不支持所选的加密方式"),
    ],
)
def test_trying_a_mailbox_says_exactly_what_is_wrong(
    officer: Client, office: Office, mail_server: MailServer, changes: dict[str, Any], says: str
):
    address = reverse("filing:new_mailbox", args=[office.association.pk])

    page = officer.post(address, {**typed(mail_server, **changes), "try": "1"})

    assert page.status_code == 422
    assert says in page.content.decode()


def test_a_certificate_that_nobody_vouches_for_is_not_taken(
    officer: Client, office: Office, mail_server: MailServer, monkeypatch: Any
):
    address = reverse("filing:new_mailbox", args=[office.association.pk])
    said = typed(mail_server, host="localhost", port=mail_server.imaps_port, security="tls")

    refused = officer.post(address, {**said, "try": "1"})
    with mails.trusting(mail_server, monkeypatch):
        taken = officer.post(address, {**said, "try": "1"})

    assert "证书不可信" in refused.content.decode()
    assert taken.status_code == 200
    assert "连接正常" in taken.content.decode()


def test_a_mailbox_inside_the_own_network_needs_leave_of_the_installation(
    officer: Client, office: Office, mail_server: MailServer, settings: Any
):
    settings.MAILBOX_INSIDE = False

    page = officer.post(reverse("filing:new_mailbox", args=[office.association.pk]), typed(mail_server))

    assert "服务器在内网" in page.content.decode()
    assert Mailbox.objects.filter(association=office.association).count() == 1


def test_a_kept_password_is_encrypted_and_goes_to_no_other_server(
    officer: Client, office: Office, mail_server: MailServer
):
    address = reverse("filing:mailbox", args=[office.mailbox.pk])

    elsewhere = officer.post(address, {**typed(mail_server, host="localhost", password=""), "try": "1"})
    same = officer.post(address, {**typed(mail_server, password="", name="新名称")})

    assert "请填写密码或授权码" in elsewhere.content.decode()
    assert (same.status_code, same.url) == (302, reverse("filing:mailboxes"))
    kept = Mailbox.objects.get(pk=office.mailbox.pk)
    assert (kept.name, kept.password.plain()) == ("新名称", mail_server.password)
    assert mail_server.password not in officer.get(address).content.decode()


def test_a_closed_mailbox_forgets_its_password_and_is_read_no_more(officer: Client, office: Office):
    officer.post(reverse("filing:close_mailbox", args=[office.mailbox.pk]))

    kept = Mailbox.objects.get(pk=office.mailbox.pk)
    assert (kept.closed_at is not None, kept.password) == (True, "")
    assert read_mailbox(office.mailbox.pk, timezone.now()) == 0


def test_an_officer_settles_the_mail_of_a_stranger_for_a_unit(officer: Client, office: Office):
    (held,) = office.receives(mails.letter(mails.STRANGER, ("a.docx", office.form())), sender=mails.STRANGER)
    address = reverse("filing:mail", args=[held.pk])
    found = officer.get(address, {"unit": office.unit.name})
    assert office.applicant.display_name in found.content.decode()

    officer.post(address, {"unit": office.unit.name, "account": office.applicant.pk, "settle": "1"})

    held.refresh_from_db()
    assert (held.state, held.why) == (MailState.TAKEN.value, "draft_made")
    assert answers_of(held.application)["project"] == makers.ANSWERS["project"]
    assert Message.objects.filter(template="filing.taken", address=mails.UNIT).count() == 1


def test_an_officer_turns_a_mail_away_and_the_sender_is_told_why(officer: Client, office: Office):
    (held,) = office.receives(mails.letter(mails.STRANGER, ("a.docx", office.form())), sender=mails.STRANGER)

    officer.post(
        reverse("filing:mail", args=[held.pk]), {"reason": "请先注册单位账号，\n再报送。", "refuse": "1"}
    )

    held.refresh_from_db()
    assert (held.state, held.why) == (MailState.REFUSED.value, "refused")
    (answer,) = Message.objects.filter(template="filing.refused")
    assert (answer.address, answer.variables["why"]) == (mails.STRANGER, "请先注册单位账号， 再报送。")


def test_another_association_sees_neither_mailbox_nor_mail(client: Client, office: Office):
    (mail,) = office.receives(mails.letter(mails.UNIT, ("a.docx", office.form())))
    own = Client()
    own.force_login(make.officer(office.association))
    client.force_login(make.officer(make.association()))
    addresses = [
        reverse("filing:mailbox", args=[office.mailbox.pk]),
        reverse("filing:mail", args=[mail.pk]),
    ]

    assert [own.get(address).status_code for address in addresses] == [200, 200]
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def submitted(**filing: Any) -> Application:
    """A submitted application of a call that says how to file it."""
    says = {"copies": 5, "proof_copies": 1, "source": {"clause": "一（二）"}, **filing}
    last_day = local_day(makers.NOW) + timedelta(days=20)
    return makers.submitted(makers.call(filing=says, deadline={"on": last_day.isoformat()}))


def noted(client: Client, number: str, **said: Any) -> Any:
    """The quick entry of the register."""
    today = {"came_on": "2026-06-02", "way": "onsite", **said}
    return client.post(reverse("filing:papers"), {"number": number, **today}, follow=True)


def register_of(application: Application, client: Client) -> Client:
    client.force_login(make.officer(application.association))
    return client


def test_copies_are_noted_by_number_until_nothing_lacks(client: Client):
    application = submitted()
    register_of(application, client)
    before = client.get(reverse("filing:papers")).context["rows"][0]

    noted(client, application.number, copies=3)
    noted(client, f"https://example.org/x/{application.number}", copies=2, proofs=1)

    after = client.get(reverse("filing:papers")).context["rows"][0]
    assert [(row.copies_owed, row.copies_came, str(word)) for row, word, _chip in (before, after)] == [
        (5, 0, "未交齐"),
        (5, 5, "已交齐"),
    ]
    assert client.get(reverse("filing:papers"), {"papers": "lacks"}).context["rows"] == []


def test_the_code_of_a_signature_page_stands_for_its_application(client: Client):
    application = submitted()
    register_of(application, client)
    page = SignaturePage.objects.create(
        association=application.association,
        about_kind="applications.application",
        about_id=application.pk,
        fingerprint="ab" * 32,
        made_at=makers.NOW,
    )

    noted(client, page_code(page.pk, page.fingerprint, 0), copies=2)

    assert PaperReceipt.objects.get().application == application


def test_what_comes_after_the_day_of_the_deadline_is_noted_as_late(client: Client):
    application = submitted()
    register_of(application, client)

    noted(client, application.number, copies=1, came_on="2026-06-21")
    noted(client, application.number, copies=1, came_on="2026-06-22")

    assert list(PaperReceipt.objects.order_by("came_on").values_list("is_late", flat=True)) == [False, True]


def test_where_paper_is_kept_by_the_unit_nothing_is_owed(client: Client):
    application = submitted(own_keeping=True)
    register_of(application, client)

    (row,) = client.get(reverse("filing:papers")).context["rows"]

    assert (row[0].copies_owed, row[0].proofs_owed, row[1]) == (0, 0, "不须交纸质件")


def test_what_was_noted_wrongly_is_taken_back_and_stays_to_be_seen(client: Client):
    application = submitted()
    register_of(application, client)
    noted(client, application.number, copies=5)
    receipt = PaperReceipt.objects.get()

    client.post(reverse("filing:take_back", args=[receipt.pk]), {"reason": "登错了"})

    (row,) = client.get(reverse("filing:papers")).context["rows"]
    assert row[0].copies_came == 0
    assert "已撤销" in client.get(reverse("filing:papers_of", args=[application.pk])).content.decode()


def test_the_register_leaves_as_a_workbook(client: Client):
    application = submitted()
    register_of(application, client)

    file = client.get(reverse("filing:papers"), {"export": "xlsx"})

    assert file.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_register_and_the_file_ask_as_often_for_three_as_for_one(client: Client):
    application = submitted()
    register_of(application, client)
    addresses = [reverse("filing:papers"), reverse("filing:file", args=[application.pk])]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        return counts

    noted(client, application.number, copies=1)
    with_one = asked()
    for _ in range(2):
        makers.submitted(application.call)
        noted(client, application.number, copies=1)

    assert asked() == with_one


def test_the_file_shows_each_side_what_is_theirs(client: Client, office: Office):
    application = makers.submitted(office.call, office.applicant)
    office.receives(mails.letter(mails.UNIT, ("盖章.pdf", mails.STAMPED), subject=application.number))
    colleague = make.officer(office.association)
    address = reverse("filing:file", args=[application.pk])

    def titles(account: Any) -> list[str]:
        client.force_login(account)
        return [str(part.title) for part in client.get(address).context["parts"]]

    unit, staff = titles(office.applicant), titles(colleague)
    client.force_login(make.holder(Role.APPLICANT, makers.unit()))
    stranger = client.get(address)

    assert (unit, staff) == (
        ["提交", "邮件", "通知和来信答复", "历次版本", "办理经过"],
        ["提交", "邮件", "通知和来信答复", "办理经过"],
    )
    assert stranger.status_code == 404
    assert Mail.objects.get(application=application).why == "papers_added"
