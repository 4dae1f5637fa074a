"""One table of kinds: what forms ask for, under which type a file goes out, and how films and sound come in."""

import base64
from datetime import UTC, datetime
from typing import get_args

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.core.programme.forms.fields import FileField
from keqiao.readers.kind import ZIP_SIGNS
from keqiao.readers.recordings import recording_kind
from keqiao.web.files import actions, kinds, permissions
from keqiao.web.files.models import StoredFile
from tests.readers import recordings_made as made
from tests.web import make

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def sender(monkeypatch, settings, tmp_path):
    """Somebody who may send films and sound, and reads them."""
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(permissions, "_purposes", {})
    taken = kinds.of_families("video", "audio")
    mine = lambda viewer, file, _at: viewer.pk == file.uploaded_by_id  # noqa: E731
    permissions.register(permissions.Purpose("works", taken, 1 << 20, lambda *_: True, mine))
    return make.user()


def test_forms_ask_for_the_families_of_the_store():
    (asked,) = get_args(FileField.model_fields["accepts"].annotation)[:1]

    assert get_args(asked) == kinds.FORM_FAMILIES
    assert {kind.family for kind in kinds.KINDS.values()} - {""} == set(kinds.FORM_FAMILIES)


def test_every_family_is_known_to_people_by_an_ending():
    assert kinds.in_words("pdf", "word", "image") == "PDF、OFD、DOCX、DOC、WPS、JPG、PNG"
    assert all(kinds.in_words(family) for family in kinds.FORM_FAMILIES)


def test_every_kind_of_office_file_in_the_table_is_one_that_the_reader_tells():
    told = {kind for _sign, kind in ZIP_SIGNS}

    assert {"docx", "xlsx", "pptx", "ofd"} <= told & set(kinds.KINDS)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("防灾小课堂.mp4", made.film(b"vide", b"soun"), ("mp4", "video/mp4", "video")),
        ("手机.mov", made.film(b"vide", brand=b"qt  "), ("mov", "video/quicktime", "video")),
        ("录屏.webm", made.matroska(1, 2), ("webm", "video/webm", "video")),
        ("急救十讲.mp3", made.mp3(tag=b"TIT2"), ("mp3", "audio/mpeg", "audio")),
        ("录音.m4a", made.film(b"soun", brand=b"M4A "), ("m4a", "audio/mp4", "audio")),
        ("录音.wav", made.wav(), ("wav", "audio/vnd.wave", "audio")),
        ("录音.flac", made.FLAC, ("flac", "audio/flac", "audio")),
        ("其实是录音.mp4", made.mp3(), ("mp3", "audio/mpeg", "audio")),
    ],
)
@pytest.mark.django_db
def test_a_recording_comes_in_pieces_and_goes_out_to_be_saved(client, sender, name, content, told):
    client.force_login(sender)
    pairs = {"filename": name, "purpose": "works"}
    described = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items())
    tus = {"Tus-Resumable": "1.0.0"}
    begun = client.post(
        reverse("files:uploads"),
        headers={**tus, "Upload-Length": str(len(content)), "Upload-Metadata": described},
    )
    address, half = begun.headers["Location"], len(content) // 2
    for offset, piece in ((0, content[:half]), (half, content[half:])):
        last = client.patch(
            address,
            piece,
            content_type="application/offset+octet-stream",
            headers={**tus, "Upload-Offset": str(offset)},
        )
    file = StoredFile.objects.get()

    assert last.headers["Keqiao-File-State"] == "stored"
    sent = client.get(reverse("files:download", args=[file.pk]))
    assert b"".join(sent.streaming_content) == content
    assert (file.kind, sent.headers["Content-Type"], kinds.family_of(file.kind)) == told
    assert sent.headers["Content-Disposition"].startswith("attachment; ")
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    assert sent.headers["Content-Security-Policy"].endswith("; sandbox")


@pytest.mark.parametrize(
    "content", [made.box(b"ftyp", b"isom") + b"<html><script>alert(1)</script>", b"%PDF-1.4\n", made.film()]
)
@pytest.mark.django_db
def test_what_is_only_called_a_film_is_not_taken(sender, content):
    wanted = actions.Announced("works", "作品.mp4", len(content))

    with pytest.raises(actions.ValidationError) as refused:
        actions.store_upload(SimpleUploadedFile("作品.mp4", content), wanted, actor=sender, at=NOON)

    assert refused.value.code == "file.kind"


def test_every_recording_in_the_table_has_a_family_and_a_type_of_its_own():
    said = (recording_kind.__doc__ or "").replace("``", " ").split()
    recordings = kinds.of_families("video", "audio")

    assert recordings <= set(said)
    assert len({kinds.media_type(each) for each in recordings}) == len(recordings)
