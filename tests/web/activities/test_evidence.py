"""Evidence: stored once, used often; what was read from it; where else it is used; who may read it."""

from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keqiao.web.activities import actions, queries
from keqiao.web.activities.measuring import measure
from keqiao.web.activities.models import EvidenceUse
from keqiao.web.activities.refusals import Refused
from keqiao.web.activities.shown import evidence_shown, measured_of
from keqiao.web.parties.models import Association, Organisation
from tests.readers.recordings_made import wav
from tests.web import make
from tests.web.activities import makers
from tests.web.activities.makers import NOW

pytestmark = pytest.mark.django_db


def attached(row: Any, account: Any, project: Any, upload: Any = None) -> EvidenceUse:
    """A file sent and added to a record."""
    file = makers.sent(project, account, upload)
    actions.attach(row.pk, [file.pk], [], actor=account, at=NOW)
    return row.evidence.get(sha256=file.sha256)


@pytest.fixture
def project():
    return makers.project()


@pytest.fixture
def unit(project):
    return makers.recorder(project)


def test_the_same_picture_is_one_file_for_all_records_of_a_unit(project, unit):
    first, second = makers.recorded(project, unit), makers.recorded(project, unit)

    uses = [attached(row, unit, project) for row in (first, second)]

    assert uses[0].file_id == uses[1].file_id
    also = queries.also_used(second, [uses[1]], of_any_unit=False)
    assert [(each.record, each.other_project) for each in also[uses[1].sha256]] == [(first, False)]


def test_the_same_file_for_another_project_of_the_unit_is_told_to_it(project, unit):
    owner = unit_of(project)
    other = makers.project(Association.objects.get(pk=project.association_id), owner)
    row, elsewhere = makers.recorded(project, unit), makers.recorded(other, unit)
    attached(elsewhere, unit, other)
    use = attached(row, unit, project)

    (piece,) = [
        each
        for each in evidence_shown(row, [use], queries.also_used(row, [use], of_any_unit=False))
        if each.use.sha256
    ]

    assert piece.is_elsewhere


def test_the_same_file_of_another_unit_is_told_to_the_office_only_and_stays_two_files(project, unit):
    other = makers.project(Association.objects.get(pk=project.association_id))
    theirs = makers.recorder(other)
    row, elsewhere = makers.recorded(project, unit), makers.recorded(other, theirs)
    foreign, use = attached(elsewhere, theirs, other), attached(row, unit, project)

    assert foreign.file_id != use.file_id
    assert queries.also_used(row, [use], of_any_unit=False) == {}
    assert len(queries.also_used(row, [use], of_any_unit=True)[use.sha256]) == 1


def test_a_file_is_read_by_who_sees_the_record(project, unit):
    use = attached(makers.recorded(project, unit), unit, project)
    address = reverse("files:download", args=[use.file_id])
    stranger = makers.recorder(makers.project())
    colleague = makers.recorder(project)

    def status(account: Any) -> int:
        client = Client()
        client.force_login(account)
        return client.get(address).status_code

    assert [status(each) for each in (unit, colleague, makers.officer(project))] == [200, 200, 200]
    assert [status(each) for each in (stranger, make.officer(make.association()))] == [404, 404]


def test_evidence_that_was_taken_away_shows_nothing_and_can_be_added_again(project, unit):
    row = makers.recorded(project, unit, links=[])
    use = attached(row, unit, project)

    actions.take_away(use.pk, actor=unit, at=NOW)
    actions.take_away(use.pk, actor=unit, at=NOW)
    assert not queries.has_evidence(row)

    file = makers.sent(project, unit)
    actions.attach(row.pk, [file.pk, file.pk], ["https://example.org/1"] * 2, actor=unit, at=NOW)
    assert queries.standing_evidence().filter(activity=row).count() == 2


def test_a_file_that_somebody_else_sent_is_not_taken(project, unit):
    row = makers.recorded(project, unit)
    theirs = makers.sent(project, makers.recorder(project), makers.picture("blue"))

    with pytest.raises(Refused):
        actions.attach(row.pk, [theirs.pk], [], actor=unit, at=NOW)


def test_the_length_of_a_document_is_read_from_it_and_shown_beside_what_was_typed(project, unit, tmp_path):
    path = tmp_path / "总结.docx"
    written = docx.Document()
    written.add_paragraph("科普 活动总结")
    written.save(path)
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    row = makers.recorded(project, unit, kind="document", values={"kind": "总结", "characters": "5000"})
    use = attached(row, unit, project, upload)

    measure(use.pk, NOW)

    use.refresh_from_db()
    assert use.measured["characters"] == 6
    (characters,) = measured_of(row, use.measured)
    assert (characters.read, characters.typed, characters.differs) == ("6 字", "5000", True)


def test_the_length_of_a_recording_is_read_from_it(project, unit):
    row = makers.recorded(project, unit, kind="work", values={"kind": "科普音频", "minutes": "3"})
    use = attached(row, unit, project, SimpleUploadedFile("讲解.wav", wav()))

    measure(use.pk, NOW)

    use.refresh_from_db()
    assert use.measured == {"seconds": "0.10"}
    assert measured_of(row, use.measured)[0].differs


def test_what_was_typed_is_compared_at_its_own_decimals(project, unit):
    row = makers.recorded(project, unit, kind="work", values={"kind": "科普短视频", "minutes": "2.5"})

    def differs(seconds: str) -> bool:
        (minutes,) = measured_of(row, {"seconds": seconds})
        return minutes.differs

    assert [differs(each) for each in ("150.00", "152.00", "153.10", "62.00")] == [False, False, True, True]


def test_a_picture_has_no_length(project, unit):
    use = attached(makers.recorded(project, unit), unit, project)

    measure(use.pk, NOW)
    measure(use.pk, NOW)

    use.refresh_from_db()
    assert (use.measured, use.measured_at) == ({}, NOW)


def unit_of(project: Any) -> Organisation:
    return Organisation.objects.get(pk=project.owner_id)
