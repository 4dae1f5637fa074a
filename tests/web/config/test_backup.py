"""Backup and restore bring back every row and every byte, or refuse before they touch anything."""

import base64
import json
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection

from keqiao.web.config.backup import tables
from keqiao.web.config.beats import beat, forget_beats, since_last_beat
from keqiao.web.config.models import WorkerBeat
from keqiao.web.privacy.keyring import draw_ring, ring
from keqiao.web.privacy.keys import establish, fingerprints_needed
from tests.web.walls import as_application, as_before

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def by_the_owner():
    """Copies are made and brought back by the owner of the tables: they are dropped and made anew."""
    as_before()
    yield
    as_application()


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "stored"
    (settings.MEDIA_ROOT / "ab").mkdir(parents=True)
    (settings.MEDIA_ROOT / "ab" / "call.docx").write_bytes(b"\0call\xff" * 1000)
    return settings.MEDIA_ROOT


@pytest.fixture
def copy(stored, tmp_path, old_beat):
    call_command("backup", tmp_path / "copy", verbosity=0)
    return tmp_path / "copy"


@pytest.fixture
def session():
    return Session.objects.create(session_key="kept", expire_date="2030-01-01T00:00:00Z")


@pytest.fixture
def old_beat():
    WorkerBeat.objects.create(worker_id="long ago", beat_at="2026-01-01T00:00:00Z")


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def rows_without_beats():
    return tables.row_counts() | {WorkerBeat._meta.db_table: 0}


def test_what_is_restored_equals_what_was_copied(session, copy, stored):
    rows, bytes_before = rows_without_beats(), files(stored)
    session.delete()
    (stored / "ab" / "call.docx").write_bytes(b"changed")
    (stored / "later.pdf").write_bytes(b"added")

    call_command("restore", copy, replace=True)

    assert rows_without_beats() == rows
    assert Session.objects.get().session_key == "kept"
    assert files(stored) == bytes_before


def test_the_workers_of_the_copied_program_do_not_seem_to_run(stored, tmp_path):
    beat("worker of the copied program")
    call_command("backup", tmp_path / "copy", verbosity=0)
    forget_beats()

    call_command("restore", tmp_path / "copy", replace=True)

    assert since_last_beat() is None


def test_the_manifest_counts_rows_and_knows_every_file(copy):
    manifest = json.loads((copy / "manifest.json").read_text())

    assert manifest["engine"] == connection.vendor
    assert manifest["rows"] == tables.row_counts()
    assert manifest["rows"]["config_workerbeat"] == 1
    listed = {file["path"] for file in manifest["files"]}
    assert listed == set(files(copy)) - {"manifest.json"}
    assert "files/ab/call.docx" in listed


def test_a_backup_is_never_written_over_another(copy):
    with pytest.raises(CommandError, match=r"不是空的。.* / .*is not empty") as refused:
        call_command("backup", copy)
    assert refused.value.returncode == 2


def test_a_target_that_holds_something_is_not_replaced_unasked(copy):
    with pytest.raises(CommandError, match="add --replace"):
        call_command("restore", copy)


def test_a_running_program_is_not_restored_over(copy):
    beat("living")
    with pytest.raises(CommandError, match="Keqiao is running"):
        call_command("restore", copy, replace=True)
    assert WorkerBeat.objects.count() == 2


def test_one_changed_bit_is_noticed_before_anything_is_replaced(copy, stored):
    file = copy / "files" / "ab" / "call.docx"
    content = bytearray(file.read_bytes())
    content[2500] ^= 1
    file.write_bytes(content)
    WorkerBeat.objects.all().delete()

    with pytest.raises(CommandError, match=r"1 files .* first files/ab/call.docx"):
        call_command("restore", copy, replace=True)

    assert not WorkerBeat.objects.exists()


@pytest.mark.parametrize("spoil", ["missing", "extra"])
def test_missing_and_unknown_files_are_noticed(copy, spoil):
    if spoil == "missing":
        (copy / "files" / "ab" / "call.docx").unlink()
    else:
        (copy / "files" / "unknown.exe").write_bytes(b"x")
    with pytest.raises(CommandError, match="missing, changed or unknown"):
        call_command("restore", copy, replace=True)


def test_an_unfinished_backup_is_not_restored(copy):
    (copy / "manifest.json").unlink()
    with pytest.raises(CommandError, match="holds no finished backup"):
        call_command("restore", copy, replace=True)


def test_a_backup_of_the_other_engine_is_refused(copy):
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["engine"] = "oracle"
    path.write_text(json.dumps(manifest))
    with pytest.raises(CommandError, match="backup of oracle"):
        call_command("restore", copy, replace=True)


@pytest.fixture
def own_ring(settings, tmp_path):
    settings.KEYRING_FILE = tmp_path / "keys" / "keyring.json"
    establish(NOW)
    return settings.KEYRING_FILE


def test_a_backup_holds_no_key_and_says_so(own_ring, stored, tmp_path, capsys):
    call_command("backup", tmp_path / "copy")

    secrets = [key.secret for key in ring().all()]
    texts = [base64.b64encode(secret) for secret in secrets]
    assert not any(
        part in content for content in files(tmp_path / "copy").values() for part in (*secrets, *texts)
    )
    said = capsys.readouterr().out
    assert "其中没有密钥。" in said
    assert "The keys are not in it." in said
    assert json.loads((tmp_path / "copy" / "manifest.json").read_text())["keys"] == fingerprints_needed()


def test_what_is_restored_without_its_keys_is_refused_before_anything_changes(own_ring, session, copy):
    rows = rows_without_beats()
    own_ring.unlink()
    draw_ring()

    with pytest.raises(CommandError, match=r"Put back the copy of keyring\.json .* Nothing was restored"):
        call_command("restore", copy, replace=True)

    assert rows_without_beats() == rows


def test_a_backup_with_keys_brings_them_where_there_are_none(own_ring, stored, tmp_path, old_beat):
    call_command("backup", tmp_path / "copy", with_keys=True)
    held = own_ring.read_bytes()
    own_ring.unlink()

    call_command("restore", tmp_path / "copy", replace=True)

    assert own_ring.read_bytes() == held
    assert own_ring.stat().st_mode & 0o777 == 0o600
