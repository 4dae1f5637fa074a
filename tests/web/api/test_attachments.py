"""Files sent by program: the same looks as on the pages, named in the answers at once, taken out again."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.web.api.scopes import Scope
from keqiao.web.applications import actions, queries
from keqiao.web.applications.models import Application
from keqiao.web.files import scanning
from keqiao.web.files.models import StoredFile
from tests.web.api.callers import program, sent
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def account():
    return makers.applicant(makers.unit())


@pytest.fixture
def draft(account):
    call = makers.call(deadline={"on": "2090-06-30"})
    unit = next(iter(queries.units_to_apply_for(account, makers.NOW)))
    return actions.start(makers.offer(call).pk, unit.pk, actor=account, at=makers.NOW)


def send(caller, draft, content=PDF, name="证明.pdf", field="proof"):
    file = SimpleUploadedFile(name, content)
    return caller.post(f"/api/v1/applications/{draft.pk}/attachments?field={field}", {"file": file})


def test_a_file_is_stored_attached_and_named(account, draft):
    caller = program(account)

    answer = send(caller, draft)

    said = answer.json()
    assert (answer.status_code, said["field"], said["name"], said["size"]) == (
        201,
        "proof",
        "证明.pdf",
        len(PDF),
    )
    assert said["digest"] == hashlib.sha256(PDF).hexdigest()
    assert sent(caller, "GET", f"/applications/{draft.pk}/attachments").json() == [said]
    named = sent(caller, "GET", f"/applications/{draft.pk}").json()["answers"]["proof"]
    assert [each["file"] for each in named] == [said["id"]]


def test_the_same_bytes_stand_in_a_slot_once(account, draft):
    caller = program(account)

    answers = [send(caller, draft), send(caller, draft, name="again.pdf"), send(caller, draft, PDF + b"\n")]

    assert [each.status_code for each in answers] == [201, 201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(sent(caller, "GET", f"/applications/{draft.pk}/attachments").json()) == 2


def test_what_was_typed_meanwhile_stays(account, draft):
    caller = program(account)
    sent(caller, "PUT", f"/applications/{draft.pk}/answers", {"version": 1, "answers": makers.ANSWERS})

    send(caller, draft)

    answers = sent(caller, "GET", f"/applications/{draft.pk}").json()["answers"]
    assert {key: answers[key] for key in makers.ANSWERS} == makers.ANSWERS


def test_a_file_is_taken_out_and_kept_with_the_version_that_named_it(account, draft):
    caller = program(account)
    pk = send(caller, draft).json()["id"]
    version = Application.objects.get(pk=draft.pk).version

    gone = sent(caller, "DELETE", f"/applications/{draft.pk}/attachments/{pk}")
    again = sent(caller, "DELETE", f"/applications/{draft.pk}/attachments/{pk}")

    assert (gone.status_code, gone.content, again.status_code) == (204, b"", 404)
    assert sent(caller, "GET", f"/applications/{draft.pk}/attachments").json() == []
    draft.refresh_from_db()
    assert [each["file"] for each in queries.answers_of(draft, version)["proof"]] == [pk]


@pytest.mark.parametrize(
    ("content", "name", "status"),
    [
        (b"", "empty.pdf", 422),
        (b"MZ" + b"\0" * 200, "program.pdf", 422),
        (b"<html><script>alert(1)</script>", "page.pdf", 422),
        (PDF + b"0" * (21 << 20), "large.pdf", 413),
    ],
)
def test_what_the_pages_refuse_is_refused(account, draft, content, name, status):
    caller = program(account)

    answer = send(caller, draft, content, name)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]
    assert sent(caller, "GET", f"/applications/{draft.pk}/attachments").json() == []


def test_a_kind_that_the_slot_does_not_take_is_refused(account, draft):
    folder = BytesIO()
    with ZipFile(folder, "w") as archive:
        archive.writestr("a.txt", "a")

    answer = send(program(account), draft, folder.getvalue(), "files.zip")

    assert answer.status_code == 422
    assert not Application.objects.get(pk=draft.pk).attachments.exists()


def test_a_virus_is_refused_and_a_scanner_that_is_away_is_said(account, draft, monkeypatch):
    caller = program(account)
    monkeypatch.setattr(scanning, "virus_in", lambda _path: "Eicar-Test-Signature")
    infected = send(caller, draft)

    def away(_path):
        raise scanning.NotScanned("nobody answers")

    monkeypatch.setattr(scanning, "virus_in", away)
    unknown = send(caller, draft)

    assert (infected.status_code, unknown.status_code) == (422, 503)
    assert not StoredFile.objects.filter(state="stored").exists()


def test_a_field_that_is_no_slot_is_refused(account, draft):
    answer = send(program(account), draft, field="project")

    assert answer.status_code == 409
    assert [each["code"] for each in answer.json()["findings"]] == ["application.no_such_field"]
    assert not StoredFile.objects.exists()


def test_after_submission_nothing_is_put_in_or_taken_out(account):
    call = makers.call(deadline={"on": "2090-06-30"})
    application = makers.submitted(call, account)

    assert send(program(account), application).status_code == 409
    assert not StoredFile.objects.exists()


def test_others_find_no_files_and_leave_none(account, draft):
    own = program(account)
    pk = send(own, draft).json()["id"]
    stranger = program(makers.applicant(makers.unit()))
    reader = program(account, Scope.APPLICATIONS_READ)

    assert send(stranger, draft).status_code == 404
    assert sent(stranger, "GET", f"/applications/{draft.pk}/attachments").status_code == 404
    assert sent(stranger, "DELETE", f"/applications/{draft.pk}/attachments/{pk}").status_code == 404
    assert send(reader, draft).status_code == 403
    assert len(sent(reader, "GET", f"/applications/{draft.pk}/attachments").json()) == 1
