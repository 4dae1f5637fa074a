"""Files come in pieces, with resume, within limits; what arrived damaged or of another kind is not kept."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.files import actions, permissions, store
from keqiao.web.files.collection import collect, objects
from keqiao.web.files.forms import UploadForm
from keqiao.web.files.models import FileState, Space, StoredFile
from keqiao.web.files.permissions import Purpose
from keqiao.web.files.verification import check_files, check_spaces
from tests.web import make

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF\n"
HERE = uuid4()


@pytest.fixture(autouse=True)
def paper(monkeypatch, settings, tmp_path):
    """A purpose of PDF and text files up to 1 MiB that everybody but 'nobody' may send, read by their senders."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(permissions, "_purposes", {})
    purpose = Purpose(
        code="paper",
        kinds=frozenset({"pdf", "txt"}),
        max_bytes=1 << 20,
        may_send=lambda viewer, association_id, _at: (
            viewer.display_name != "nobody" and association_id in (HERE, None)
        ),
        may_read=lambda viewer, file, _at: viewer.pk == file.uploaded_by_id,
    )
    permissions.register(purpose)
    return purpose


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def announce(client, size: int = len(PDF), name: str = "通知.pdf", **about: str):
    pairs = {"filename": name, "purpose": "paper", "association": str(HERE), **about}
    described = ",".join(f"{key} {coded(value)}" for key, value in pairs.items())
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": described}
    return client.post(reverse("files:uploads"), headers=headers)


def send(client, address: str, offset: int, content: bytes, **headers: str):
    given = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset), **headers}
    return client.patch(address, content, content_type="application/offset+octet-stream", headers=given)


def progress(client, address: str) -> int:
    return int(client.head(address, headers={"Tus-Resumable": "1.0.0"}).headers["Upload-Offset"])


@pytest.fixture
def sender(client):
    person = make.user()
    client.force_login(person)
    return person


def test_a_file_that_stopped_half_way_goes_on_where_it_stopped(client, sender):
    answer = announce(client)
    address = answer.headers["Location"]
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (201, "1.0.0")
    send(client, address, 0, PDF[:4000])
    assert progress(client, address) == 4000
    last = send(client, address, 4000, PDF[4000:])

    assert (last.status_code, last.headers["Keqiao-File-State"]) == (204, "stored")
    file = StoredFile.objects.get()
    digest = hashlib.sha256(PDF).hexdigest()
    assert (file.state, file.kind, file.sha256, file.name) == (FileState.STORED, "pdf", digest, "通知.pdf")
    assert store.object_path(digest).read_bytes() == PDF
    assert not store.arrival(file.pk).exists()
    assert check_files().faults == check_spaces().faults == ()


def test_a_piece_at_another_place_changes_nothing_that_arrived(client, sender):
    address = announce(client).headers["Location"]
    send(client, address, 0, PDF[:4000])
    assert send(client, address, 100, b"x" * 10).status_code == 409
    assert send(client, address, 5000, b"x" * 10).status_code == 409
    assert send(client, address, 4000, PDF[4000:]).status_code == 204
    assert StoredFile.objects.get().sha256 == hashlib.sha256(PDF).hexdigest()


def test_bytes_that_were_written_but_never_acknowledged_are_overwritten(client, sender):
    address = announce(client).headers["Location"]
    send(client, address, 0, PDF[:4000])
    with store.arrival(StoredFile.objects.get().pk).open("ab") as torn:
        torn.write(b"half a piece before the power went")
    send(client, address, 4000, PDF[4000:])
    assert StoredFile.objects.get().sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_piece_damaged_on_the_way_is_refused_and_can_be_sent_again(client, sender, algorithm):
    address = announce(client).headers["Location"]
    right = base64.b64encode(hashlib.new(algorithm, PDF).digest()).decode()
    damaged = b"X" + PDF[1:]
    assert send(client, address, 0, damaged, **{"Upload-Checksum": f"{algorithm} {right}"}).status_code == 460
    assert progress(client, address) == 0
    assert send(client, address, 0, PDF, **{"Upload-Checksum": f"{algorithm} {right}"}).status_code == 204
    assert StoredFile.objects.get().state == FileState.STORED


def test_more_than_was_announced_is_refused(client, sender):
    address = announce(client, size=100).headers["Location"]
    assert send(client, address, 0, PDF).status_code == 413
    assert progress(client, address) == 0


def test_a_second_request_cannot_write_the_same_file_at_once(client, sender):
    address = announce(client).headers["Location"]
    with store.appending(StoredFile.objects.get().pk):
        assert send(client, address, 0, PDF).status_code == 423
    assert send(client, address, 0, PDF).status_code == 204


@pytest.mark.parametrize(
    ("size", "about", "status"),
    [
        (0, {}, 422),
        ((1 << 20) + 1, {}, 413),
        (10, {"purpose": "unknown"}, 404),
        (10, {"association": str(uuid4())}, 404),
        (10, {"association": "not an id"}, 400),
    ],
)
def test_what_is_not_allowed_is_refused_before_a_byte_comes(client, sender, size, about, status):
    assert announce(client, size=size, **about).status_code == status
    assert StoredFile.objects.count() == 0
    assert sum(space.used_bytes for space in Space.objects.all()) == 0


def test_a_file_too_large_for_its_place_is_refused_before_a_byte_comes_and_the_limit_is_told(client, sender):
    within, beyond = announce(client, size=1 << 20, most="1"), announce(client, size=(1 << 20) + 1, most="1")

    assert (within.status_code, beyond.status_code) == (201, 413)
    assert beyond.content.decode() == "文件不得超过 1 MB。"
    assert StoredFile.objects.count() == 1


def test_a_place_cannot_take_more_than_its_purpose(client, sender):
    assert announce(client, size=1 << 40, most="99999").status_code == 413
    assert announce(client, most="-1").status_code == 400


@pytest.mark.parametrize(
    "header", [{"Upload-Length": "-1"}, {"Upload-Length": "x"}, {"Upload-Metadata": "filename !"}]
)
def test_malformed_headers_are_refused(client, sender, header):
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "5", "Upload-Metadata": "", **header}
    assert client.post(reverse("files:uploads"), headers=headers).status_code == 400


def test_another_version_and_another_type_are_refused(client, sender):
    address = announce(client).headers["Location"]
    assert send(client, address, 0, PDF, **{"Tus-Resumable": "0.2.2"}).status_code == 412
    wrong = client.patch(address, PDF, content_type="text/plain", headers={"Tus-Resumable": "1.0.0"})
    assert wrong.status_code == 415


def test_a_file_of_another_kind_than_its_name_says_is_not_kept(client, sender):
    page = b"<html><script>alert(1)</script>" + b" " * 100
    address = announce(client, size=len(page), name="通知.pdf").headers["Location"]
    answer = send(client, address, 0, page)
    assert (answer.status_code, answer.content.decode()) == (422, "不接受这种格式的文件。")
    file = StoredFile.objects.get()
    assert (file.state, file.refusal, list(objects())) == (FileState.REFUSED, "file.kind", [])
    assert Space.objects.get().used_bytes == 0


def test_an_upload_given_up_frees_its_space(client, sender, django_capture_on_commit_callbacks):
    address = announce(client).headers["Location"]
    send(client, address, 0, PDF[:10])
    assert Space.objects.get(pk=HERE).used_bytes == len(PDF)
    with django_capture_on_commit_callbacks(execute=True):
        assert client.delete(address, headers={"Tus-Resumable": "1.0.0"}).status_code == 204
    assert Space.objects.get(pk=HERE).used_bytes == 0
    assert not store.arrival(StoredFile.objects.get().pk).exists()


def test_nobody_goes_on_with_the_upload_of_somebody_else(client, sender):
    address = announce(client).headers["Location"]
    client.force_login(make.user())
    assert send(client, address, 0, PDF).status_code == 404
    assert client.head(address, headers={"Tus-Resumable": "1.0.0"}).status_code == 404


def test_the_space_of_an_association_is_never_exceeded(sender, settings):
    settings.FILES_SPACE_BYTES = 250
    wanted = actions.Announced("paper", "a.txt", 100, HERE)
    for _number in range(2):
        actions.announce(wanted, actor=sender, at=NOON)
    with pytest.raises(ValidationError) as refused:
        actions.announce(wanted, actor=sender, at=NOON)
    assert refused.value.code == "file.no_room"
    assert Space.objects.get().used_bytes == 200


def test_one_person_has_twenty_uploads_under_way_at_most(sender):
    wanted = actions.Announced("paper", "a.txt", 1, HERE)
    for _number in range(actions.UNDER_WAY_AT_ONCE):
        actions.announce(wanted, actor=sender, at=NOON)
    with pytest.raises(ValidationError) as refused:
        actions.announce(wanted, actor=sender, at=NOON)
    assert refused.value.code == "file.too_many"


class PaperForm(UploadForm):
    purpose = "paper"


def form_with(**given):
    upload = given.pop("upload", None)
    return PaperForm(given, {"file": upload} if upload else {})


def test_without_scripts_the_file_comes_with_the_form(sender):
    form = form_with(upload=SimpleUploadedFile("通知.pdf", PDF))
    assert form.is_valid()
    file = form.store(actor=sender, association_id=HERE, at=NOON)
    assert store.object_path(file.sha256).read_bytes() == PDF


def test_with_scripts_the_form_names_the_file_sent_before(client, sender):
    address = announce(client).headers["Location"]
    send(client, address, 0, PDF)
    form = form_with(sent=address.split("/")[-2])
    assert form.is_valid()
    assert form.store(actor=sender, association_id=HERE, at=NOON) == StoredFile.objects.get()
    with pytest.raises(ValidationError):
        form.store(actor=make.user(), association_id=HERE, at=NOON)
    with pytest.raises(ValidationError):
        form.store(actor=sender, association_id=uuid4(), at=NOON)


def test_a_form_without_a_file_says_so_and_a_wrong_kind_is_refused(sender):
    assert form_with().errors["file"] == ["请选择文件。"]
    form = form_with(upload=SimpleUploadedFile("a.pdf", b"<html><body>"))
    assert form.is_valid()
    with pytest.raises(ValidationError) as refused:
        form.store(actor=sender, association_id=HERE, at=NOON)
    assert refused.value.code == "file.kind"
    assert list(objects()) == []


def test_two_purposes_cannot_have_one_name(paper):
    permissions.register(paper)
    other = Purpose("paper", frozenset(), 1, lambda *_: True, lambda *_: True)
    with pytest.raises(ImproperlyConfigured):
        permissions.register(other)


def store_pdf(sender, content: bytes = PDF) -> StoredFile:
    wanted = actions.Announced("paper", "a.pdf", len(content), HERE)
    return actions.store_upload(SimpleUploadedFile("a.pdf", content), wanted, actor=sender, at=NOON)


def test_one_flipped_bit_in_the_store_is_found(sender):
    file = store_pdf(sender)
    path = store.object_path(file.sha256)
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[500] ^= 1
    path.write_bytes(bytes(content))
    assert [(fault.code, fault.about) for fault in check_files().faults] == [("file.altered", file.sha256)]
    path.unlink()
    assert [fault.code for fault in check_files().faults] == ["file.missing"]


def test_space_counted_wrongly_is_found(sender):
    store_pdf(sender)
    assert check_spaces().faults == ()
    Space.objects.update(used_bytes=0)
    assert [fault.code for fault in check_spaces().faults] == ["space.differs"]


def test_the_same_bytes_sent_twice_lie_in_the_store_once(sender):
    assert store_pdf(sender).sha256 == store_pdf(sender).sha256
    assert len(list(objects())) == 1


def test_a_kill_between_object_and_row_is_made_good(sender, django_capture_on_commit_callbacks):
    file = actions.announce(actions.Announced("paper", "a.pdf", len(PDF), HERE), actor=sender, at=NOON)
    actions.append(file, actions.Piece(0, [PDF]), at=NOON)
    store.keep(file.pk, hashlib.sha256(PDF).hexdigest())  # the object is there, the row does not say so yet
    abandoned = actions.announce(actions.Announced("paper", "b.pdf", 9, HERE), actor=sender, at=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        done = collect(NOON + timedelta(hours=25))
    assert (done.finished, done.given_up) == (1, 1)
    file.refresh_from_db()
    abandoned.refresh_from_db()
    assert (file.state, abandoned.state) == (FileState.STORED, FileState.REFUSED)
    assert check_files().faults == check_spaces().faults == ()


def test_bytes_without_a_row_are_removed_after_a_day_and_not_before(sender):
    kept = store_pdf(sender)
    orphan = store.object_path("ab" * 32)
    orphan.parent.mkdir()
    orphan.write_bytes(b"x")
    store.arrival(uuid4()).write_bytes(b"x")
    written = datetime.fromtimestamp(orphan.stat().st_ctime, UTC)

    assert collect(written + timedelta(hours=23)).objects_removed == 0
    done = collect(written + timedelta(hours=25))
    assert (done.objects_removed, done.arrivals_removed) == (1, 1)
    assert [path.name for path in objects()] == [kept.sha256]
