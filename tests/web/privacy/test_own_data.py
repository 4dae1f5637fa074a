"""Own data: seen, copied whole, corrected on request; consents given per version and taken back as easily."""

import json
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.accounts.models import User
from keqiao.web.accounts.roles import Role
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.privacy import actions, queries
from keqiao.web.privacy.catalogue import tables
from keqiao.web.privacy.copying import make_copy_at
from keqiao.web.privacy.models import Consent, ConsentKind, ConsentText, RequestKind, RequestState
from tests.web import make
from tests.web.accounts.registering import registered as register_unit
from tests.web.registers import makers

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "stored"


@pytest.fixture
def me(client):
    account = make.user("王五", phone="13812341234")
    client.force_login(account)
    return account


def test_my_page_shows_what_is_kept_of_me_and_nothing_of_others(client, me):
    make.user("赵六", email="other@example.org")

    page = client.get(reverse("privacy:own"))

    assert all(words in page.text for words in ("王五", me.email, "13812341234"))
    assert "other@example.org" not in page.text
    assert "no-store" in page.headers["Cache-Control"]


def test_a_copy_has_every_declared_column_and_the_files(client, me):
    register(Purpose("test-paper", frozenset({"txt"}), 1 << 20, lambda *_: True, lambda *_: True))
    upload = SimpleUploadedFile("材料.txt", "科普活动材料".encode())
    store_upload(upload, Announced("test-paper", "材料.txt", upload.size), actor=me, at=MONDAY)
    asked = actions.ask(me, RequestKind.COPY, "", at=MONDAY)

    make_copy_at(asked.pk, MONDAY)
    make_copy_at(asked.pk, MONDAY)  # the worker was killed after it had finished

    answer = client.get(reverse("privacy:download", args=[asked.pk]))
    archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    data = json.loads(archive.read("data.json"))
    assert set(data["tables"]) == {table.label for table in tables() if table.own}
    (account,) = data["tables"]["accounts.user"]
    assert (account["display_name"], account["email"], account["phone"]) == ("王五", me.email, "13812341234")
    for table in tables():
        for row in data["tables"].get(table.label, []):
            assert set(row) == {"id", *(field.name for field in table.fields)}
    (name,) = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(name).decode() == "科普活动材料"


def test_nobody_else_can_fetch_my_copy(client, me):
    asked = actions.ask(me, RequestKind.COPY, "", at=MONDAY)
    make_copy_at(asked.pk, MONDAY)
    assert client.get(reverse("privacy:download", args=[asked.pk])).status_code == 200

    client.force_login(make.holder(Role.SECURITY_ADMIN))

    assert client.get(reverse("privacy:download", args=[asked.pk])).status_code == 404


def test_a_request_has_a_last_day_and_is_answered_by_the_security_administrator(client, me):
    client.post(reverse("privacy:ask"), {"kind": "correct", "words": "姓名应为王伍"})
    (asked,) = queries.requests_of(me.pk)
    assert (asked.due_on - queries.day_of(asked.received_at)).days == 21
    guard = make.holder(Role.SECURITY_ADMIN)
    client.force_login(guard)
    assert "王五" in client.get(reverse("privacy:requests")).text

    answer = client.post(reverse("privacy:request", args=[asked.pk]), {"state": "done", "words": "已更正"})

    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.settled_by_id) == ("done", "已更正", guard.pk)


def test_who_answers_a_person_sees_what_every_association_keeps_of_the_person(client, me):
    """The security administrator works for no association: behind the walls of PostgreSQL rows would be missing."""
    association, person = make.association(), makers.person()
    User.objects.filter(pk=me.pk).update(person_id=person.pk)
    makers.recognition(makers.scheme(association), person)
    register_unit(association, address=me.email)
    asked = actions.ask(me, RequestKind.EXPLAIN, "", at=MONDAY)
    kept = {"accounts.user", "accounts.registration", "parties.person", "registers.recognition"}
    assert kept <= {values.table.label for values in client.get(reverse("privacy:own")).context["values"]}

    client.force_login(make.holder(Role.SECURITY_ADMIN))

    page = client.get(reverse("privacy:request", args=[asked.pk]))
    assert kept <= {values.table.label for values in page.context["values"]}


def test_fifteen_weekdays_after_a_monday_is_a_monday():
    assert queries.last_day_to_answer(MONDAY) == date(2026, 3, 23)


def test_a_refusal_without_a_ground_is_refused(client, me):
    asked = actions.ask(me, RequestKind.ERASE, "删除我的登录记录", at=MONDAY)
    client.force_login(make.holder(Role.SECURITY_ADMIN))

    answer = client.post(reverse("privacy:request", args=[asked.pk]), {"state": "refused", "words": " "})

    asked.refresh_from_db()
    assert (answer.status_code, asked.state) == (422, "open")


def test_nobody_settles_the_own_request():
    guard = make.holder(Role.SECURITY_ADMIN)
    asked = actions.ask(guard, RequestKind.EXPLAIN, "", at=MONDAY)

    with pytest.raises(ValidationError):
        actions.settle(asked.pk, actions.Answer(RequestState.DONE, ""), actor=guard, at=MONDAY)


def test_an_empty_correction_and_a_second_open_request_are_refused(client, me):
    assert client.post(reverse("privacy:ask"), {"kind": "correct", "words": ""}).status_code == 422
    assert client.post(reverse("privacy:ask"), {"kind": "explain", "words": ""}).status_code == 302
    assert client.post(reverse("privacy:ask"), {"kind": "explain", "words": ""}).status_code == 422


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN])
def test_other_administrators_have_no_such_pages(client, me, role):
    asked = actions.ask(me, RequestKind.EXPLAIN, "", at=MONDAY)
    client.force_login(make.holder(role))

    pages = [
        reverse("privacy:requests"),
        reverse("privacy:request", args=[asked.pk]),
        reverse("privacy:consent_texts"),
    ]

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_the_wordings_that_come_with_the_program_are_published_once():
    actions.publish_shipped_texts(MONDAY)
    actions.publish_shipped_texts(MONDAY)

    assert sorted(ConsentText.objects.values_list("kind", "version")) == [
        ("publicity", 1),
        ("registration", 1),
        ("sensitive", 1),
    ]


def test_a_consent_names_its_version_and_a_newer_one_ends_it(client, me):
    actions.publish_shipped_texts(MONDAY)
    client.post(reverse("privacy:agree", args=["publicity"]))
    first = Consent.objects.get(subject_id=me.pk)
    actions.publish_text(ConsentKind.PUBLICITY, ("新的文本", ""), actor=None, role="tests", at=MONDAY)

    client.post(reverse("privacy:agree", args=["publicity"]))

    first.refresh_from_db()
    latest = Consent.objects.get(subject_id=me.pk, withdrawn_at__isnull=True)
    assert (first.text.version, latest.text.version, first.withdrawn_at is None) == (1, 2, False)


def test_a_consent_is_taken_back_by_its_giver_alone(client, me):
    actions.publish_shipped_texts(MONDAY)
    client.post(reverse("privacy:agree", args=["publicity"]))
    consent = Consent.objects.get(subject_id=me.pk)
    client.force_login(make.user())
    assert client.post(reverse("privacy:withdraw", args=[consent.pk])).status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_at is None

    client.force_login(me)
    client.post(reverse("privacy:withdraw", args=[consent.pk]))

    consent.refresh_from_db()
    assert consent.withdrawn_at is not None


def test_the_same_wording_is_not_published_twice(client):
    client.force_login(make.holder(Role.SECURITY_ADMIN))
    said = {"kind": "publicity", "text_zh": "文本", "text_en": ""}

    assert client.post(reverse("privacy:consent_texts"), said).status_code == 302
    assert client.post(reverse("privacy:consent_texts"), said).status_code == 422
    assert ConsentText.objects.filter(kind="publicity").count() == 1
