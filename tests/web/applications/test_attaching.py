"""Files of an application: the same bytes in a slot are kept once, and what nothing refers to is cleared away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from keqiao.web.applications import actions
from keqiao.web.applications.models import Application, Attachment
from keqiao.web.applications.papers import PURPOSE
from keqiao.web.applications.queries import answers_of
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.collection import collect, objects
from keqiao.web.files.models import FileState, Space, StoredFile
from keqiao.web.files.verification import check_files, check_spaces
from tests.web.applications import makers

PAPER = b"%PDF-1.4\n% one\n%%EOF\n"
OTHER = b"%PDF-1.4\n% two, and longer\n%%EOF\n"


@pytest.fixture
def draft(db: Any, settings: Any, tmp_path: Any) -> Application:
    settings.MEDIA_ROOT = tmp_path / "files"
    return makers.draft(makers.call())


def send(client: Client, draft: Application, content: bytes = PAPER) -> int:
    address = reverse("applications:files", args=[draft.pk, "proof"])
    return client.post(address, {"file": SimpleUploadedFile("证明.pdf", content)}).status_code


def stored(draft: Application, content: bytes = PAPER) -> StoredFile:
    wanted = Announced(PURPOSE, "证明.pdf", len(content), draft.association_id)
    return store_upload(
        SimpleUploadedFile("证明.pdf", content), wanted, actor=draft.created_by, at=makers.NOW
    )


def named(draft: Application) -> list[str]:
    return [each["file"] for each in answers_of(makers.fresh(draft)).get("proof") or ()]


def test_the_same_file_sent_again_stands_there_once_and_another_one_beside_it(client, draft):
    client.force_login(draft.created_by)

    assert [send(client, draft), send(client, draft), send(client, draft, OTHER)] == [302, 302, 302]

    kept = [str(each.file_id) for each in Attachment.objects.order_by("attached_at", "pk")]
    assert len(kept) == 2
    assert sorted(named(draft)) == sorted(kept)


def test_two_uploads_of_the_same_bytes_that_both_arrived_before_one_was_attached_are_one_attachment(draft):
    first, second = stored(draft), stored(draft)
    by = {"actor": draft.created_by, "at": makers.NOW}

    attached = [actions.attach(draft.pk, "proof", each.pk, **by).pk for each in (first, second)]

    assert attached[0] == attached[1]
    assert Attachment.objects.get().file_id == first.pk


def test_a_file_that_nothing_refers_to_is_cleared_away_after_a_month_and_the_bytes_stay_while_needed(draft):
    first, second, alone = stored(draft), stored(draft), stored(draft, OTHER)
    actions.attach(draft.pk, "proof", first.pk, actor=draft.created_by, at=makers.NOW)

    before = collect(makers.NOW + timedelta(days=30)).let_go
    done = collect(makers.NOW + timedelta(days=31))

    assert (before, done.let_go) == (0, 2)
    states = dict(StoredFile.objects.values_list("pk", "state"))
    assert states == {
        first.pk: FileState.STORED, second.pk: FileState.REFUSED, alone.pk: FileState.REFUSED
    }  # fmt: skip
    assert Space.objects.get().used_bytes == len(PAPER)
    assert check_files().faults == check_spaces().faults == ()
    assert {path.name for path in objects()} >= {first.sha256}
    assert collect(makers.NOW + timedelta(days=3650)).objects_removed == 1
    assert [path.name for path in objects()] == [first.sha256]


@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_by_several_clicks_at_once_is_there_once_and_nobody_is_refused(settings, tmp_path):
    if connection.vendor == "sqlite":
        pytest.skip("a database in memory has one connection; SQLite lets one writer in at a time anyway")
    settings.MEDIA_ROOT = tmp_path / "files"
    draft = makers.draft(makers.call())
    barrier = Barrier(4)

    def click(content: bytes) -> int:
        client = Client()
        client.force_login(draft.created_by)
        barrier.wait()
        try:
            return send(client, draft, content)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(click, [PAPER, PAPER, PAPER, OTHER]))

    assert said == [302] * 4
    kept = {str(each.file_id) for each in Attachment.objects.all()}
    assert (len(kept), set(named(draft))) == (2, kept)
    assert len(named(draft)) == 2
