"""Stamped pages: printed once per content, matched by their codes, outdated by a change, told to nobody else."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from keqiao.web.audit.models import Event
from keqiao.web.filing import queries
from keqiao.web.filing.actions.stamped import Said, attach, make_page, set_aside
from keqiao.web.filing.models import Scan, SignaturePage
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.filing.standing import shown_of
from keqiao.web.filing.to_be_stamped import KINDS, content_now
from keqiao.web.filing.verification import check_scans, check_what_scans_show
from tests.web import make
from tests.web.applications import makers
from tests.web.filing.stamped_pages import brought, photo, printed

pytestmark = pytest.mark.django_db
LATER = makers.NOW + timedelta(hours=1)
ROOM = KINDS[0]


def standing(application):
    fingerprint, _version = content_now(makers.fresh(application), is_own=True)
    return queries.stamped((APPLICATION, application.pk), fingerprint)


@pytest.fixture
def application():
    return makers.submitted(makers.call())


def test_the_same_content_has_the_same_page_however_often_it_is_printed(application):
    (first, pdf), (second, again) = printed(application), printed(application, at=LATER)

    assert (first.pk, pdf) == (second.pk, again)
    assert SignaturePage.objects.count() == 1
    assert [event.act for event in Event.objects.filter(chain_id=str(first.pk))] == ["made"]


def test_a_photo_is_matched_and_the_seal_is_seen(application):
    page, pdf = printed(application)

    (scan,) = brought(photo(pdf), application)

    assert (scan.state, scan.way, scan.page_id, scan.seal) == ("matched", "code", page.pk, "yes")
    assert (standing(application).state, standing(application).scan_id) == ("fits", scan.pk)
    assert scan.picture.kind == "picture"


def test_a_page_without_a_seal_is_matched_and_the_seal_is_missed(application):
    (scan,) = brought(photo(printed(application)[1], is_sealed=False), application)

    assert (scan.state, scan.seal) == ("matched", "no")


def test_after_a_correction_only_the_page_is_to_be_done_again_and_the_change_is_named(application):
    (scan,) = brought(photo(printed(application)[1]), application)
    makers.returned(application)
    makers.save(application, summary="六个乡镇，十二场。")
    makers.submit(application)

    now = ROOM.to_sign(application.created_by, application.pk, LATER)
    shown = shown_of(scan, now)
    assert (standing(application).state, shown.is_outdated, shown.changed) == ("outdated", True, ["项目内容"])

    (second,) = brought(photo(printed(makers.fresh(application))[1], seed=2), application)
    assert (standing(application).state, standing(application).scan_id) == ("fits", second.pk)


def test_the_page_of_another_unit_is_not_recognised_by_strangers_and_is_by_the_office(application):
    picture = photo(printed(application)[1])
    other = makers.submitted(application.call)
    officer = make.officer(application.call.association)

    (strange,) = brought(picture, other)
    (known,) = brought(picture, application, by=officer)

    assert (strange.state, strange.page_id, strange.about_id, strange.seal) == ("unmatched", None, None, "")
    assert (known.state, known.about_id) == ("matched", application.pk)


def test_the_same_file_brought_twice_is_there_once(application):
    picture = photo(printed(application)[1])

    assert brought(picture, application) == brought(picture, application)
    assert Scan.objects.count() == 1


def test_what_no_code_tells_is_attached_by_hand_with_a_reason_and_its_version_stays_unsure(application):
    printed(application)
    (scan,) = brought(photo_of_nothing(), application)
    said = Said((APPLICATION, application.pk), "右上角的码被印章盖住")

    attach(scan.pk, said, actor=application.created_by, at=LATER)

    assert (scan.state, standing(application).state) == ("unmatched", "unsure")
    assert [event.act for event in Event.objects.filter(chain_id=str(scan.pk))] == ["kept", "attached"]
    with pytest.raises(ValidationError):
        attach(scan.pk, said, actor=application.created_by, at=LATER)


def test_a_picture_that_was_set_aside_counts_no_more_and_is_kept(application):
    (scan,) = brought(photo(printed(application)[1]), application)

    set_aside(scan.pk, "拍糊了", actor=application.created_by, at=LATER)

    assert (standing(application).state, Scan.objects.get().state) == ("none", "set_aside")


def test_a_draft_that_was_not_made_ready_has_no_page():
    draft = makers.draft(makers.call())
    make_page((APPLICATION, draft.pk), actor=draft.created_by, at=makers.NOW)
    draft.prepared.delete()

    with pytest.raises(ValidationError) as refused:
        make_page((APPLICATION, draft.pk), actor=draft.created_by, at=makers.NOW)
    assert refused.value.code == "filing.not_ready"


def test_states_that_no_event_tells_and_pictures_of_something_else_are_found(application):
    (scan,) = brought(photo(printed(application)[1]), application)
    assert (check_scans().faults, check_what_scans_show().faults) == ((), ())

    Scan.objects.filter(pk=scan.pk).update(state="set_aside", about_id=makers.submitted(application.call).pk)

    assert [fault.code for fault in check_scans().faults] == ["case.state_differs"]
    assert [fault.code for fault in check_what_scans_show().faults] == ["scan.about_differs"]


def test_the_page_is_printed_and_brought_in_the_browser(application, client):
    client.force_login(application.created_by)
    page = client.post(reverse("filing:print_page", args=[application.pk]))
    sent = {"photo": upload(photo(page.content))}

    answer = client.post(reverse("filing:stamped", args=[application.pk]), sent, follow=True)

    scan = Scan.objects.get()
    assert (page["Content-Type"], answer.status_code, scan.state) == ("application/pdf", 200, "matched")
    assert client.get(reverse("filing:scan", args=[scan.pk])).status_code == 200
    assert client.get(reverse("filing:scan_picture", args=[scan.pk]))["Content-Type"] == "image/jpeg"


def test_several_files_come_at_once_and_what_is_no_picture_is_said(application, client):
    client.force_login(application.created_by)
    _page, pdf = printed(application)
    files = [upload(pdf, "page.pdf"), upload(b"words", "words.txt")]

    answer = client.post(reverse("filing:stamped", args=[application.pk]), {"files": files}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "words.txt：不接受这种格式的文件。",
        "识别并归入 1 页。",
    ]


def test_strangers_find_neither_page_nor_picture(application, client):
    (scan,) = brought(photo(printed(application)[1]), application)
    paths = [
        reverse("filing:stamped", args=[application.pk]),
        *(reverse(f"filing:{name}", args=[scan.pk]) for name in ("scan", "scan_picture", "scan_original")),
    ]
    client.force_login(application.created_by)
    assert [client.get(path).status_code for path in paths] == [200, 200, 200, 200]

    client.force_login(makers.applicant(makers.unit()))
    assert [client.get(path).status_code for path in paths] == [404, 404, 404, 404]


def test_an_office_brings_pages_of_many_and_attaches_by_number(application, client):
    printed(application)
    client.force_login(make.officer(application.call.association))

    client.post(reverse("filing:bring"), {"files": [upload(photo_of_nothing())], **office(application)})
    scan = Scan.objects.get()
    said = {"number": application.number, "reason": "与原件核对"}
    answer = client.post(reverse("filing:attach_scan", args=[scan.pk]), said)

    scan.refresh_from_db()
    assert (answer.status_code, scan.state, scan.about_id) == (302, "attached", application.pk)
    assert client.get(reverse("filing:bring")).status_code == 200


def photo_of_nothing():
    written = io.BytesIO()
    Image.new("RGB", (600, 800), (230, 228, 220)).save(written, "JPEG")
    return written.getvalue()


def upload(content, name="IMG_0002.jpg"):
    return SimpleUploadedFile(name, content)


def office(application):
    return {"association": str(application.association_id)}
