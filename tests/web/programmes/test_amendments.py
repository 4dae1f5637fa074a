"""Correction and extension notices: uploaded, read, settled, merged, published."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from keqiao.web.audit.queries import timeline
from keqiao.web.programmes import actions, amendment_queries, amendment_reading, reading
from keqiao.web.programmes.amendment_page import amendment_page
from keqiao.web.programmes.amendment_shown import ASKED, PLAIN, shown
from keqiao.web.programmes.models import Amendment, Call, Revision, Source
from keqiao.web.programmes.refusals import Refused, StaleDraft
from keqiao.web.programmes.verification import CHECKS
from tests.web import make
from tests.web.programmes import notices

NOW = datetime(2026, 6, 20, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    association = make.association("河洛市科学技术协会", slug="heluo")
    return make.published_call(association, notices.programme())


@pytest.fixture
def officer(client, call):
    account = make.officer(call.association)
    client.force_login(account)
    return account


def upload(client, call, lines, *, word: bool = False, name: str = "programmes:amendment_new"):
    content = notices.as_word(lines) if word else notices.as_text(lines)
    file = SimpleUploadedFile("通知.docx" if word else "通知.txt", content)
    return client.post(reverse(name), {"association": call.association_id, "file": file})


def uploaded(client, call, lines=notices.CORRECTION, *, word: bool = False) -> Amendment:
    """A notice that was uploaded and read."""
    answer = upload(client, call, lines, word=word)
    amendment = Amendment.objects.get()
    assert answer.headers["Location"] == reverse("programmes:amendment", args=[amendment.pk])
    amendment_reading.read(amendment.pk, NOW)
    amendment.refresh_from_db()
    return amendment


def page_of(amendment: Amendment):
    return amendment_page(Amendment.objects.select_related("call", "file", "revision").get(pk=amendment.pk))


def accept_all(amendment: Amendment, officer) -> None:
    actions.accept_plain(amendment.pk, actor=officer, at=NOW)


def merged(amendment: Amendment, officer):
    accept_all(amendment, officer)
    return actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)


@pytest.mark.parametrize("word", [False, True], ids=["txt", "docx"])
def test_a_correction_is_read_and_tied_to_its_call(client, call, officer, word):
    amendment = uploaded(client, call, word=word)

    found = [
        (p.group, [(c.name, c.before, c.after) for c in p.candidates])
        for p in shown(amendment, call.draft).proposals
    ]
    assert (amendment.kind, amendment.call) == ("correction", call)
    assert found == [
        (PLAIN, [("整个通知 · 申报截止", "2026年6月30日", "2026年7月15日")]),
        (PLAIN, [("科普讲座 · 经费", "3万元", "5万元")]),
        (PLAIN, [("科普讲座 · 每单位限报", "2项", "1项")]),
    ]


def test_accepted_changes_are_merged_as_one_step_with_the_words_behind_them(client, call, officer):
    amendment = uploaded(client, call)

    draft = merged(amendment, officer)

    lecture = draft.definition["categories"][0]
    assert draft.version == 2
    assert draft.definition["deadline"]["on"] == "2026-07-15"
    assert (lecture["funding"]["amount_fen"], lecture["per_unit_limit"]["max"]) == (50_000_00, 1)
    assert (
        draft.definition["categories"][1]
        == notices.programme().model_dump(mode="json", exclude_defaults=True)["categories"][1]
    )
    assert (
        draft.words["c1:funding"]["words"]
        == "科普讲座项目“资金支持标准：3万元/项”更正为“资金支持标准：5万元/项”"
    )
    assert (draft.steps.first().act, timeline(call).last().act) == ("amended", "amended")


def test_undoing_the_merge_opens_the_notice_again(client, call, officer):
    amendment = uploaded(client, call)
    merged(amendment, officer)
    assert page_of(amendment).is_merged

    actions.undo(call.pk, 2, actor=officer, at=NOW)

    page = page_of(amendment)
    assert (page.is_merged, page.was_undone, page.changes.waiting) == (False, True, 0)
    actions.merge_notice(amendment.pk, 3, actor=officer, at=NOW)
    assert page_of(amendment).is_merged


def test_publishing_takes_the_notice_up_and_the_public_may_read_it(client, call, officer):
    amendment = uploaded(client, call)
    assert list(amendment_queries.amendments_of(call)) == []
    merged(amendment, officer)

    revision = actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")

    amendment.refresh_from_db()
    assert amendment.revision == revision
    assert list(amendment_queries.amendments_of(call)) == [amendment]
    assert [check().faults for _name, check in CHECKS] == [()] * len(CHECKS)


def test_the_note_of_the_revision_begins_with_the_notice(client, call, officer):
    merged(uploaded(client, call), officer)

    page = client.get(reverse("programmes:publish", args=[call.pk])).content.decode()

    assert f"依据：《关于《{notices.TITLE}》的更正通知》</textarea>" in page


def test_the_public_sees_the_notice_and_may_save_it(client, call, officer):
    amendment = uploaded(client, call)
    address = reverse("portal:notice", args=[call.slug, amendment.pk])
    merged(amendment, officer)
    client.logout()
    assert client.get(address).status_code == 404
    actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")

    page = client.get(reverse("portal:call", args=[call.slug])).content.decode()
    file = client.get(address)

    assert (f'href="{address}"' in page, "2026年6月20日 已更正" in page) == (True, True)
    assert (file.status_code, file.headers["Content-Disposition"].startswith("attachment")) == (200, True)
    assert b"".join(file.streaming_content) == notices.as_text(notices.CORRECTION)


def test_verify_sees_a_notice_that_its_revision_does_not_hold(client, call, officer):
    amendment = uploaded(client, call)
    check = dict(CHECKS)["correction notices"]
    merged(amendment, officer)
    actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")
    assert check().faults == ()

    Amendment.objects.update(revision=call.revisions.get(number=1))

    assert [fault.code for fault in check().faults] == ["amendment.not_in_revision"]


def test_a_revision_without_what_was_accepted_takes_no_notice_up(client, call, officer):
    amendment = uploaded(client, call)
    merged(amendment, officer)
    actions.undo(call.pk, 2, actor=officer, at=NOW)
    change = actions.PartChange(3, make.part("", "places"), {"count": 9})
    actions.change_part(call.pk, change, actor=officer, at=NOW)

    actions.publish(call.pk, 4, actor=officer, at=NOW, note="其他")

    amendment.refresh_from_db()
    assert amendment.revision is None


def test_what_is_not_settled_is_not_merged(client, call, officer):
    amendment = uploaded(client, call, notices.SUPPLEMENT)
    accept_all(amendment, officer)

    with pytest.raises(Refused) as refused:
        actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    assert [(f.code, f.values) for f in refused.value.findings] == [("amendment.unsettled", {"count": 3})]
    assert call.draft.steps.count() == 1


def test_nothing_is_merged_where_nothing_was_accepted(client, call, officer):
    amendment = uploaded(client, call)
    for proposal in shown(amendment, call.draft).proposals:
        verdict = actions.Verdict(proposal.key, "aside", reason="不予更正")
        actions.settle(amendment.pk, verdict, actor=officer, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    assert [f.code for f in refused.value.findings] == ["amendment.nothing_accepted"]


def test_a_supplement_asks_where_and_lets_the_officer_choose(client, call, officer):
    amendment = uploaded(client, call, notices.SUPPLEMENT)
    added, stage, left_open = shown(amendment, call.draft).in_group(ASKED)
    assert [p.proposal.why for p in (added, stage, left_open)] == [
        "amendment.where_to_add",
        "amendment.stage_not_stated",
        "amendment.left_open",
    ]

    actions.settle(amendment.pk, actions.Verdict(added.key, "accept", 0), actor=officer, at=NOW)
    actions.settle(amendment.pk, actions.Verdict(stage.key, "by_hand"), actor=officer, at=NOW)
    actions.settle(
        amendment.pk, actions.Verdict(left_open.key, "aside", reason="尚未定"), actor=officer, at=NOW
    )
    draft = actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    new = draft.definition["categories"][-1]
    assert (new["name"], new["funding"]["amount_fen"]) == ("科普研学", 20_000_00)


def test_a_value_written_anew_takes_the_place_of_the_proposed_one(client, call, officer):
    amendment = uploaded(client, call, notices.EXTENSION)
    (proposal,) = shown(amendment, call.draft).proposals
    posted = {"key": proposal.key, "candidate": "0", "verdict": "accept", "value": "2026年7月20日"}

    answer = client.post(reverse("programmes:amendment_settle", args=[amendment.pk]), posted)

    assert answer.status_code == 302
    amendment.refresh_from_db()
    draft = actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)
    assert draft.definition["deadline"]["on"] == "2026-07-20"


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"verdict": "accept", "value": "改天"}, "没有读懂“改天”"),
        ({"verdict": "aside", "reason": " "}, "请写明不采纳的理由。"),
    ],
)
def test_a_fault_in_a_verdict_is_told_beside_it_and_nothing_is_settled(client, call, officer, posted, said):
    amendment = uploaded(client, call, notices.EXTENSION)
    (proposal,) = shown(amendment, call.draft).proposals

    answer = client.post(
        reverse("programmes:amendment_settle", args=[amendment.pk]),
        {"key": proposal.key, "candidate": "0", **posted},
    )

    amendment.refresh_from_db()
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert amendment.proposals[0]["settled"] == {}


def test_where_several_parts_may_be_meant_none_is_taken_until_one_is_chosen(client, call, officer):
    lines = [line.replace("科普讲座项目“资金支持标准：3万元/项”", "“限报2项”") for line in notices.CORRECTION]
    lines = tuple(line.replace("“资金支持标准：5万元/项”", "“限报1项”") for line in lines)
    amendment = uploaded(client, call, lines)
    (proposal,) = shown(amendment, call.draft).in_group(ASKED)
    assert len(proposal.candidates) == 2

    answer = client.post(
        reverse("programmes:amendment_settle", args=[amendment.pk]),
        {"key": proposal.key, "verdict": "accept"},
    )

    assert (answer.status_code, "请先选定改哪一个部分。" in answer.content.decode()) == (422, True)


def test_a_part_that_changed_after_it_was_accepted_has_to_be_looked_at_again(client, call, officer):
    amendment = uploaded(client, call, notices.EXTENSION)
    accept_all(amendment, officer)
    change = actions.PartChange(1, make.part("", "deadline"), {"on": "2026-07-01"})
    actions.change_part(call.pk, change, actor=officer, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.merge_notice(amendment.pk, 2, actor=officer, at=NOW)

    assert [f.code for f in refused.value.findings] == ["amendment.unsettled"]


def test_the_draft_that_somebody_else_changed_is_not_overwritten(client, call, officer):
    amendment = uploaded(client, call)
    accept_all(amendment, officer)
    change = actions.PartChange(1, make.part("c2", "places"), {"count": 9})
    actions.change_part(call.pk, change, actor=make.officer(call.association), at=NOW)

    with pytest.raises(StaleDraft):
        actions.merge_notice(amendment.pk, 1, actor=officer, at=NOW)

    draft = actions.merge_notice(amendment.pk, 2, actor=officer, at=NOW)
    assert draft.definition["categories"][1]["places"] == {"count": 9}


def test_a_notice_whose_call_is_not_here_is_kept_and_tied_by_hand(client, call, officer):
    lines = tuple(
        line.replace(notices.TITLE, "关于举办科技节的通知").replace("12号", "99号")
        for line in notices.CORRECTION
    )
    amendment = uploaded(client, call, lines)
    assert amendment.call is None
    page = client.get(reverse("programmes:amendment", args=[amendment.pk])).content.decode()
    assert "请选定所改的通知" in page

    answer = client.post(reverse("programmes:amendment_call", args=[amendment.pk]), {"call": str(call.pk)})

    amendment.refresh_from_db()
    assert (answer.status_code, amendment.call) == (302, call)


def test_a_notice_is_not_tied_to_a_call_of_another_association(client, call, officer):
    amendment = uploaded(client, call)
    other = make.published_call()

    answer = client.post(reverse("programmes:amendment_call", args=[amendment.pk]), {"call": str(other.pk)})

    amendment.refresh_from_db()
    assert (answer.status_code, amendment.call) == (409, call)


def test_a_public_notice_is_refused_with_its_kind(client, call, officer):
    amendment = uploaded(client, call, notices.PUBLICITY)

    page = client.get(reverse("programmes:amendment", args=[amendment.pk])).content.decode()

    assert (amendment.state, amendment.failure) == ("failed", "reading.not_an_amendment")
    assert "读作公示，不是更正、补充或延期通知" in page


def test_an_extension_uploaded_as_a_call_becomes_a_notice_by_one_button(client, call, officer):
    upload(client, call, notices.EXTENSION, name="programmes:new")
    source = Source.objects.get()
    reading.read(source.pk, timezone.now())
    page = client.get(reverse("programmes:reading", args=[source.call_id])).content.decode()
    address = reverse("programmes:amendment_instead", args=[source.call_id])
    assert f'action="{address}"' in page

    answer = client.post(address)

    amendment = Amendment.objects.get()
    source.call.refresh_from_db()
    assert answer.headers["Location"] == reverse("programmes:amendment", args=[amendment.pk])
    assert (amendment.file_id, source.call.state) == (source.file_id, "cancelled")
    amendment_reading.read(amendment.pk, NOW)
    amendment.refresh_from_db()
    assert amendment.call == call


def test_a_closed_call_is_opened_again_by_a_later_deadline(client, call, officer):
    make.closed(call)
    amendment = uploaded(client, call, notices.EXTENSION)
    merged(amendment, officer)

    actions.publish(call.pk, 2, actor=officer, at=NOW, note="延期")

    call.refresh_from_db()
    assert (call.state, timeline(call).last().act) == ("open", "extended")
    assert [check().faults for _name, check in CHECKS] == [()] * len(CHECKS)


def test_a_closed_call_is_not_opened_again_by_a_deadline_that_has_passed(client, call, officer):
    make.closed(call)
    merged(uploaded(client, call, notices.EXTENSION), officer)

    with pytest.raises(Refused) as refused:
        actions.publish(call.pk, 2, actor=officer, at=NOW + timedelta(days=60), note="延期")

    call.refresh_from_db()
    assert [f.code for f in refused.value.findings] == ["amendment.extends_nothing"]
    assert (call.state, Revision.objects.filter(call=call).count()) == ("closed", 1)


def test_a_notice_waits_on_the_desk_until_it_is_published(client, call, officer):
    amendment = uploaded(client, call)
    address = reverse("programmes:amendment", args=[amendment.pk])
    assert address in client.get(reverse("portal:desk")).content.decode()
    assert address in client.get(reverse("programmes:draft", args=[call.pk])).content.decode()
    merged(amendment, officer)
    actions.publish(call.pk, 2, actor=officer, at=NOW, note="更正")

    assert address not in client.get(reverse("portal:desk")).content.decode()


def test_a_merged_notice_cannot_be_settled_again(client, call, officer):
    amendment = uploaded(client, call)
    key = shown(amendment, call.draft).proposals[0].key
    merged(amendment, officer)

    with pytest.raises(Refused) as refused:
        actions.open_again(amendment.pk, key, actor=officer, at=NOW)

    assert [f.code for f in refused.value.findings] == ["amendment.applied"]


@pytest.mark.parametrize("name", ["amendment", "amendment_progress"])
def test_a_notice_of_another_association_does_not_exist(client, call, officer, name):
    amendment = uploaded(client, call)
    address = reverse(f"programmes:{name}", args=[amendment.pk])
    assert client.get(address).status_code == 200
    client.force_login(make.officer(make.association()))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["amendment_call", "amendment_settle", "amendment_plain", "amendment_merge"])
def test_only_officers_of_the_association_settle_a_notice(client, call, officer, name):
    amendment = uploaded(client, call)
    client.force_login(make.officer(make.association()))

    answer = client.post(reverse(f"programmes:{name}", args=[amendment.pk]), {"version": 1})

    assert answer.status_code == 404


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_three(client, call, officer):
    uploaded(client, call)
    address = reverse("programmes:amendments")
    client.get(address)
    with CaptureQueriesContext(connection) as with_one:
        client.get(address)
    for _ in range(2):
        upload(client, call, notices.EXTENSION)

    with CaptureQueriesContext(connection) as with_three:
        page = client.get(address).content.decode()

    assert (page.count('data-label="状态"'), len(with_three)) == (3, len(with_one))
