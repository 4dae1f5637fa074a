"""The signature page of a list: boxes of its stage, matched, outdated by a change, brought and read by three sides."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from keqiao.web.accounts.roles import Role
from keqiao.web.config.middleware.viewer_scope import scope_of
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.models import Batch
from keqiao.web.endorsement.to_be_stamped import BATCH, KINDS
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.models import Scan, SignaturePage
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.filing.standing import shown_of
from keqiao.web.scope import working_as
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place
from tests.web.filing.stamped_pages import photo
from tests.web.filing.test_stamped import photo_of_nothing

pytestmark = pytest.mark.django_db
ROOM = KINDS[0]
CO_SIGNED = {
    "id": "county",
    "steps": [
        {"words": "县科协审核", "by": "县（市、区）科协", "act": "check"},
        {
            "words": "会同财政部门汇总",
            "by": "县（市、区）科协",
            "act": "summarise",
            "together_with": ["同级财政部门"],
        },
    ],
}


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def batch(place):
    """A list of one application, forwarded by the county."""
    return forwarded(place, place.recommended(place.call()))


def forwarded(place, passage):
    return actions.forward(passage.queue_id, actor=place.endorser, at=NOW)


def printed(batch, by):
    page = make_page((BATCH, batch.pk), actor=by, at=NOW)
    return page, page_pdf(page, ROOM.to_sign(by, batch.pk, NOW))


def brought(content, batch, by, name="page.pdf"):
    wanted = Announced(STAMPED, name, len(content), batch.association_id)
    file = store_upload(SimpleUploadedFile(name, content), wanted, actor=by, at=NOW)
    return take_scan(file, actor=by, at=NOW)


def stands(batch):
    return queries.stamped_list(Batch.objects.get(pk=batch.pk))


def corrected(passage, summary):
    """The association asked for a correction, and it came."""
    applying.returned(passage.application)
    applying.save(passage.application, summary=summary)
    applying.submit(passage.application)


def test_the_page_of_a_list_has_a_box_for_the_seal_its_stage_asks_for(place, batch):
    page, _pdf = printed(batch, place.endorser)

    assert [(box["title"], box["seal"]) for box in page.boxes] == [("渑池县科学技术协会", True)]
    assert (page.fingerprint, page.version) == (batch.digest, 1)


def test_where_two_bodies_answer_for_a_list_both_have_a_box_with_a_seal(place):
    bureau = make.organisation("渑池县财政局", kind="government_body", region=place.county)
    passage = place.recommended(place.call(CO_SIGNED))
    proposed = actions.propose(passage.queue_id, actor=place.endorser, at=NOW)

    boxes = ROOM.to_sign(place.endorser, proposed.pk, NOW).boxes

    assert [(box.title, box.seal) for box in boxes] == [("渑池县科学技术协会", True), (bureau.name, True)]


def test_a_photo_of_the_page_of_a_list_is_matched_to_it_and_the_seal_is_seen(place, batch):
    page, pdf = printed(batch, place.endorser)

    (scan,) = brought(photo(pdf), batch, place.endorser, name="IMG_0001.jpg")

    assert (scan.state, scan.page_id, scan.about_kind, scan.about_id) == ("matched", page.pk, BATCH, batch.pk)
    assert (stands(batch).state, stands(batch).seal) == ("fits", "yes")


def test_after_a_correction_only_the_page_is_to_be_done_again_and_the_project_is_named(place):
    passage = place.recommended(place.call())
    batch = forwarded(place, passage)
    (scan,) = brought(printed(batch, place.endorser)[1], batch, place.endorser)
    assert stands(batch).state == "fits"

    corrected(passage, "六个乡镇，十二场。")

    shown = shown_of(scan, ROOM.to_sign(place.endorser, batch.pk, NOW))
    assert (stands(batch).state, shown.is_outdated) == ("outdated", True)
    assert shown.changed == [makers.fresh(passage).application.title]
    brought(printed(batch, place.endorser)[1], batch, place.endorser)
    assert stands(batch).state == "fits"


def test_what_is_withdrawn_after_forwarding_makes_the_page_outdated(place):
    call = place.call()
    passage, _other = place.recommended(call), place.recommended(call)
    batch = forwarded(place, passage)
    brought(printed(batch, place.endorser)[1], batch, place.endorser)

    application = passage.application
    applying.actions.withdraw(application.pk, actor=application.created_by, at=NOW, reason="不报了")

    assert stands(batch).state == "outdated"


def test_a_list_taken_back_and_forwarded_unchanged_keeps_its_page(place, batch):
    brought(printed(batch, place.endorser)[1], batch, place.endorser)
    actions.recall(batch.pk, "漏了附件", actor=place.endorser, at=NOW)
    assert stands(batch).state == "fits"

    again = actions.forward(batch.queue_id, actor=place.endorser, at=NOW)

    assert (again.pk == batch.pk, stands(again).state) == (False, "fits")


def test_a_list_that_changed_after_it_was_taken_back_asks_for_this_page_only(place, batch):
    brought(printed(batch, place.endorser)[1], batch, place.endorser)
    actions.recall(batch.pk, "再加一项", actor=place.endorser, at=NOW)
    place.recommended(batch.queue.call)
    again = actions.forward(batch.queue_id, actor=place.endorser, at=NOW)

    assert (stands(batch).state, stands(again).state) == ("outdated", "outdated")
    with pytest.raises(ValidationError) as refused:
        printed(batch, place.endorser)
    assert refused.value.code == "filing.over"


def test_a_list_forwarded_later_knows_nothing_of_the_page_of_the_one_before(place, batch):
    brought(printed(batch, place.endorser)[1], batch, place.endorser)

    second = forwarded(place, place.recommended(batch.queue.call))

    assert (stands(batch).state, stands(second).state) == ("fits", "none")


def test_co_signer_and_office_see_the_page_and_strangers_find_nothing(place, client):
    bureau = make.organisation("渑池县财政局", kind="government_body", region=place.county)
    treasurer = make.holder(Role.FINANCE, bureau)
    passage = place.recommended(place.call(CO_SIGNED))
    batch = actions.propose(passage.queue_id, actor=place.endorser, at=NOW)
    (scan,) = brought(printed(batch, place.endorser)[1], batch, place.endorser)
    paths = [
        reverse("endorsement:batch", args=[batch.pk]),
        reverse("filing:stamped_about", args=[BATCH, batch.pk]),
        reverse("filing:scan", args=[scan.pk]),
        reverse("filing:scan_picture", args=[scan.pk]),
    ]

    def answers(viewer):
        client.force_login(viewer)
        return [client.get(path).status_code for path in paths]

    for viewer in (place.endorser, treasurer, place.officer):
        assert answers(viewer) == [200, 200, 200, 200]
    strangers = (
        make.holder(Role.ENDORSER, make.organisation(kind="association")),
        make.officer(make.association("义马市科学技术协会")),
    )
    for viewer in strangers:
        assert answers(viewer) == [404, 404, 404, 404]
    client.force_login(passage.application.created_by)  # a unit is not told of lists
    assert client.get(paths[1]).status_code == 404


def test_the_page_of_a_list_is_printed_and_brought_in_the_browser(place, batch, client):
    client.force_login(place.endorser)
    page = client.post(reverse("filing:print_about", args=[BATCH, batch.pk]))
    sent = {"files": [SimpleUploadedFile("page.pdf", page.content)]}

    answer = client.post(reverse("filing:stamped_about", args=[BATCH, batch.pk]), sent)

    assert (page["Content-Type"], answer.status_code) == ("application/pdf", 302)
    assert (Scan.objects.get().about_id, stands(batch).state) == (batch.pk, "fits")
    assert client.get(reverse("filing:stamped_about", args=["nothing", batch.pk])).status_code == 404


def test_a_page_that_cannot_be_read_is_attached_by_the_fingerprint_printed_on_it(place, batch, client):
    page, _pdf = printed(batch, place.endorser)
    (scan,) = brought(photo_of_nothing(), batch, place.endorser, name="IMG_0003.jpg")
    client.force_login(place.endorser)
    path = reverse("filing:attach_scan", args=[scan.pk])

    short = client.post(path, {"number": page.fingerprint[:7], "reason": "码被盖住"})
    typed = f"{page.fingerprint[:8].upper()} {page.fingerprint[8:12]}"
    answer = client.post(path, {"number": typed, "reason": "码被盖住"})

    assert (short.status_code, answer.status_code) == (422, 302)
    assert (Scan.objects.get().page_id, stands(batch).state) == (page.pk, "fits")


def test_a_fingerprint_tells_nothing_to_whoever_does_not_see_the_list(place, batch, client):
    page, _pdf = printed(batch, place.endorser)
    unit = applying.submitted(batch.queue.call)
    (scan,) = brought(photo_of_nothing(), batch, unit.created_by, name="IMG_0004.jpg")
    client.force_login(unit.created_by)

    said = {"number": page.fingerprint[:8], "reason": "试试"}
    answer = client.post(reverse("filing:attach_scan", args=[scan.pk]), said)

    assert (answer.status_code, Scan.objects.get().state) == (422, "unmatched")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="walls stand on PostgreSQL only")
def test_walls_open_pages_and_pictures_of_lists_to_those_who_work_on_them(place, batch):
    with working_as(scope_of(place.endorser, NOW)):
        brought(printed(batch, place.endorser)[1], batch, place.endorser)
        assert (SignaturePage.objects.count(), Scan.objects.count()) == (1, 1)
        assert stands(batch).state == "fits"
    stranger = make.holder(Role.ENDORSER, make.organisation(kind="association"))
    applicant = batch.lines.get().passage.application.created_by
    for viewer in (stranger, applicant):
        with working_as(scope_of(viewer, NOW)):
            assert (SignaturePage.objects.count(), Scan.objects.count()) == (0, 0)
    with working_as(scope_of(place.officer, NOW)):
        assert (SignaturePage.objects.count(), Scan.objects.count()) == (1, 1)
