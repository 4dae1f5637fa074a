"""Files go out to be saved, under a safe type and name, to those their purpose names."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.audit.log import Chain
from keqiao.web.audit.queries import timeline
from keqiao.web.files import actions, permissions, store
from keqiao.web.files.kinds import KINDS, media_type
from keqiao.web.files.names import NAMELESS, named_after, shown_name
from tests.web import make

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TEXT = "关于组织申报的通知\n".encode()
PAGE = b"<html><body><script>alert(1)</script></body></html>"


@pytest.fixture(autouse=True)
def _purpose(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(permissions, "_purposes", {})
    kinds = frozenset({"txt", "html", "pdf"})
    permissions.register(
        permissions.Purpose(
            "paper",
            kinds,
            1 << 20,
            lambda *_: True,
            lambda viewer, file, _at: viewer.pk == file.uploaded_by_id,
        )
    )


def stored(sender, content: bytes = TEXT, name: str = "通知.txt"):
    wanted = actions.Announced("paper", name, len(content))
    return actions.store_upload(SimpleUploadedFile("x", content), wanted, actor=sender, at=NOON)


def address_of(file) -> str:
    return reverse("files:download", args=[file.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "kind"), [(TEXT, "text/plain"), (PAGE, "application/octet-stream")])
def test_a_file_is_sent_to_be_saved_and_can_do_nothing_in_a_browser(client, content, kind):
    sender = make.user()
    client.force_login(sender)
    response = client.get(address_of(stored(sender, content)))

    assert b"".join(response.streaming_content) == content
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E9%80%9A%E7%9F%A5.txt"
    assert response.headers["Content-Type"] == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    policy = "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert response.headers["Content-Security-Policy"] == policy
    assert response.headers["Cache-Control"] == "no-store"
    assert "Content-Range" not in response.headers


@pytest.mark.django_db
def test_part_of_a_file_is_not_sent(client):
    sender = make.user()
    client.force_login(sender)
    response = client.get(address_of(stored(sender)), headers={"Range": "bytes=0-3"})
    assert (response.status_code, b"".join(response.streaming_content)) == (200, TEXT)


@pytest.mark.django_db
def test_others_cannot_tell_that_a_file_exists(client):
    file = stored(make.user())
    client.force_login(make.user())
    assert client.get(address_of(file)).status_code == 404
    client.logout()
    assert client.get(address_of(file)).status_code == 302


@pytest.mark.django_db
def test_a_file_whose_purpose_nobody_registered_is_read_by_nobody(client, monkeypatch):
    sender = make.user()
    client.force_login(sender)
    file = stored(sender)
    monkeypatch.setattr(permissions, "_purposes", {})
    assert client.get(address_of(file)).status_code == 404


@pytest.mark.django_db
def test_a_quarantined_original_is_kept_and_goes_out_as_plain_bytes(client):
    sender = make.user()
    client.force_login(sender)
    file = stored(sender)
    actions.quarantine(file.pk, "unreadable.zip_bomb", at=NOON)
    response = client.get(address_of(file))
    assert response.headers["Content-Type"] == "application/octet-stream"
    acts = [event.act for event in timeline(Chain("files.storedfile", str(file.pk)))]
    assert acts == ["stored", "quarantined"]


def test_no_media_type_is_one_that_browsers_run():
    sent = {media_type(kind) for kind in (*KINDS, "html", "unknown")}

    assert not {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"} & sent


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("通知.docx", "通知.docx"),
        ("..\\..\\windows\\system32\\a.exe", "a.exe"),
        ("/etc/passwd", "passwd"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        ("  a   b .pdf. ", "a b .pdf"),
        ("..", NAMELESS),
        ("", NAMELESS),
        ("😀.txt", "😀.txt"),
        ("长" * 300 + ".docx", "长" * 195 + ".docx"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_names_lose_paths_control_and_direction_marks(given, shown):
    assert shown_name(given) == shown


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../../x", "..\\x", "/x", "\x00", "a" * 3000, "CON", "%2e%2e/x"])
def test_no_name_leads_out_of_the_store(name, settings):
    file = stored(make.user(), name=name)
    inside = {path for path in store.root().rglob("*") if path.is_file()}
    assert inside == {store.object_path(file.sha256), store.root() / store.LOCK}
    assert {path.name for path in store.root().parent.iterdir()} == {"files"}


def test_a_name_made_after_a_title_keeps_the_words_behind_a_slash():
    assert named_after("2023/2024年度指南", "pdf") == "2023／2024年度指南.pdf"
