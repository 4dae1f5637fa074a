"""The profile of an association: what officers write there shows to the public, in mails and on documents."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from keqiao.web.accounts.roles import Role
from keqiao.web.audit.queries import timeline
from keqiao.web.notifications.actions import Letter, queue_mail
from keqiao.web.notifications.delivery import mail_from
from keqiao.web.parties.models import Association
from keqiao.web.parties.profile.forms import number_example
from keqiao.web.parties.queries import public_edition
from tests.web import make

pytestmark = pytest.mark.django_db

SAID = {
    "site_name": "三门峡市科协",
    "document_mark": "三科协",
    "number_pattern": "{mark}〔{year}〕{number}号",
    "mail_sender": "三门峡市科协项目办",
    "reply_to": "office@example.org",
    "icp_number": "豫ICP备12345678号-1",
    "police_number": "豫公网安备 41120202000001号",
    "complaints": "0398-1234567",
}


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "stored"


@pytest.fixture
def association():
    made = make.association("三门峡市科学技术协会", "sanmenxia")
    Association.objects.filter(pk=made.pk).update(keeps_the_site=True)
    return made


@pytest.fixture
def page(client, association):
    client.force_login(make.officer(association))
    return reverse("parties:profile", args=[association.pk])


def picture(kind="PNG", size=(1200, 600), **more):
    target = BytesIO()
    Image.new("RGB", size, "green").save(target, kind, **more)
    return SimpleUploadedFile(f"logo.{kind.lower()}", target.getvalue())


def test_what_is_saved_shows_at_the_foot_of_public_pages_with_links_to_the_registers(
    client, page, association
):
    client.get("/")
    before = public_edition()

    assert client.post(page, SAID).status_code == 302
    client.logout()
    home = client.get("/").text

    assert public_edition() == before + 1
    for words in (
        "三门峡市科学技术协会",
        "0398-1234567",
        "豫ICP备12345678号-1",
        "豫公网安备 41120202000001号",
    ):
        assert words in home
    assert 'href="https://beian.miit.gov.cn/"' in home
    assert "https://beian.mps.gov.cn/#/query/webSearch?code=41120202000001" in home
    (event,) = [event for event in timeline(association) if event.act == "described"]
    assert "icp_number" in event.data["columns"]


def test_a_site_without_a_keeper_has_no_such_lines(client):
    make.association("另一科协")

    assert "主办单位" not in client.get("/").text


def test_mails_come_from_the_association_and_answers_go_to_it(client, page):
    client.post(page, SAID)
    letter = Letter("account.unknown", address="somebody@example.org", variables={"site": "x"})
    (message,) = queue_mail(letter, key="k", at=make.LONG_AGO)

    mail = mail_from(message)

    assert mail.message()["From"].startswith("=?utf-8?")
    assert mail.reply_to == ["office@example.org"]


def test_the_first_number_of_the_year_is_shown(client, page):
    client.post(page, SAID)

    assert number_example("{mark}〔{year}〕{number}号", "三科协", 2026) == "三科协〔2026〕1号"
    assert "三科协〔" in client.get(page).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("icp_number", "12345678"),
        ("icp_number", "某ICP备12345678号"),
        ("police_number", "豫公网安备 4112号"),
        ("number_pattern", "{mark}{number}"),
        ("reply_to", "nobody"),
        ("site_name", ""),
    ],
)
def test_what_is_malformed_is_said_and_nothing_saved(client, page, association, field, value):
    answer = client.post(page, SAID | {field: value})

    association.refresh_from_db()
    assert (answer.status_code, association.icp_number) == (422, "")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_drawn_anew_smaller_and_shown_to_everybody(client, page, association, kind):
    exif = Image.Exif()
    exif[0x010F] = "canary camera"
    more = {} if kind == "PNG" else {"exif": exif}

    assert client.post(page, SAID | {"logo_file": picture(kind, **more)}).status_code == 302
    client.logout()
    answer = client.get(reverse("parties:logo", args=["sanmenxia"]))

    content = b"".join(answer.streaming_content)
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "image/png",
        "nosniff",
    )
    assert b"canary" not in content
    assert Image.open(BytesIO(content)).size == (512, 256)
    assert reverse("parties:logo", args=["sanmenxia"]) in client.get("/").text


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("logo.png", b"no picture"),
        SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64),
        SimpleUploadedFile("logo.gif", b"GIF89a" + b"\0" * 64),
        SimpleUploadedFile("big.png", b"\0" * ((2 << 20) + 1)),
        picture("PNG", (5000, 4000)),
    ],
    ids=["text", "svg", "damaged", "gif", "large", "many-pixels"],
)
def test_what_is_no_logo_is_refused(client, page, association, upload):
    upload.seek(0)

    answer = client.post(page, SAID | {"logo_file": upload})

    association.refresh_from_db()
    assert (answer.status_code, association.logo_id, association.complaints) == (422, None, "")


def test_a_logo_can_be_taken_away(client, page, association):
    client.post(page, SAID | {"logo_file": picture()})
    client.post(page, SAID | {"drop_logo": "on"})

    association.refresh_from_db()
    assert association.logo_id is None
    assert client.get(reverse("parties:logo", args=["sanmenxia"])).status_code == 404


def test_others_have_no_such_page(client, page, association):
    assert client.get(page).status_code == 200

    for viewer in (
        make.officer(make.association()),
        make.holder(Role.LEADER, association.organisation),
        make.holder(Role.SYSTEM_ADMIN),
    ):
        client.force_login(viewer)
        assert (client.get(page).status_code, client.post(page, SAID).status_code) == (404, 404)
