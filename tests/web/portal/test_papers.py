"""Public sheets as PDF: what they say, how long they are kept, and that they cost little."""

import io
import re
from datetime import timedelta
from time import monotonic

import pdfplumber
import pytest
from django.urls import reverse

from keqiao.web.portal.views import papers
from keqiao.web.programmes import actions
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.queries import draft_of, revision_in_force
from tests.web import make

pytestmark = pytest.mark.django_db
NOW = make.LONG_AGO + timedelta(days=1)


@pytest.fixture(autouse=True)
def no_kept_sheets():
    papers.KEPT.clear()


def address(call, node="", **asked):
    name, rest = ("portal:category_pdf", [node]) if node else ("portal:call_pdf", [])
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    return reverse(name, args=[call.slug, *rest]) + (f"?{query}" if query else "")


def words_of(response):
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    return re.sub(r"\s", "", text)


def test_the_sheet_of_a_call_says_what_can_be_applied_for_until_when_and_which_revision_it_is(client):
    call = make.published_call()
    revision = revision_in_force(call)
    words = words_of(client.get(address(call)))

    for said in ("2026年度科普项目申报通知", "类别一览", "科普活动", "3万元/项", "4项", "2026年6月30日",
                 "绩效指标", "≥5场", "第1版", revision.digest, f"/calls/{call.slug}/"):  # fmt: skip
        assert said in words


def test_the_sheet_of_a_category_says_what_holds_for_it_and_from_where(client):
    words = words_of(client.get(address(make.published_call(), "c1")))

    assert "科普活动" in words
    assert "市级学会（对全部类别）" in words


def test_the_labels_are_english_where_asked_and_the_words_of_the_notice_stay(client):
    words = words_of(client.get(address(make.published_call(), "c1", lang="en")))

    assert "Deadline" in words
    assert "申报截止" not in words
    assert "市级学会" in words


def test_a_sheet_is_set_once_for_a_revision_and_language_whatever_the_address_adds(client, monkeypatch):
    call, made = make.published_call(), []
    set_sheet = papers.pdf_of_call
    monkeypatch.setattr(papers, "pdf_of_call", lambda page: made.append(page) or set_sheet(page))

    first = client.get(address(call))
    again = client.get(address(call, anything="1", page="7"))
    client.get(address(call, lang="en"))

    assert first.content == again.content
    assert len(made) == 2


def test_who_has_the_sheet_is_not_sent_it_again_and_a_new_revision_is_another_sheet(client):
    call = make.published_call()
    first = client.get(address(call))
    tag = first.headers["ETag"]
    assert client.get(address(call), headers={"If-None-Match": tag}).status_code == 304

    change = actions.PartChange(draft_of(call).version, Part("c1", HEAD), {"name": "改后的类别"})
    draft = actions.change_part(call.pk, change, actor=call.created_by, at=NOW)
    actions.publish(call.pk, draft.version, actor=call.created_by, at=NOW, note="更名")

    later = client.get(address(call), headers={"If-None-Match": tag})
    assert later.status_code == 200
    assert "改后的类别" in words_of(later)


def test_who_would_wait_too_long_is_asked_to_come_again(client, monkeypatch):
    call = make.published_call()
    monkeypatch.setattr(papers, "PATIENCE", 0.01)
    with papers.AT_ONCE:
        busy = client.get(address(call))

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "10")
    assert client.get(address(call)).status_code == 200


def test_one_asker_waits_at_most_so_that_sheets_never_hold_all_threads(client, monkeypatch):
    call = make.published_call()
    monkeypatch.setattr(papers, "PATIENCE", 60.0)
    with papers.AT_ONCE, papers.MAY_WAIT:
        began = monotonic()
        busy = client.get(address(call))

    assert busy.status_code == 503
    assert monotonic() - began < 30
    assert client.get(address(call)).status_code == 200


def test_a_revision_that_says_again_what_an_earlier_one_said_has_a_sheet_of_its_own(client):
    call = make.published_call()
    assert "第1版" in words_of(client.get(address(call)))

    names = (make.definition().categories[0].name, "改后的类别")
    for number in (1, 0):
        change = actions.PartChange(draft_of(call).version, Part("c1", HEAD), {"name": names[number]})
        draft = actions.change_part(call.pk, change, actor=call.created_by, at=NOW)
        actions.publish(call.pk, draft.version, actor=call.created_by, at=NOW, note="更名")

    first, _second, third = call.revisions.order_by("number")
    assert first.digest == third.digest
    assert "第3版" in words_of(client.get(address(call)))


def test_a_draft_has_no_public_sheet_and_a_call_no_sheet_of_a_category_that_it_has_not(client):
    call = make.published_call()
    assert client.get(address(call, "c1")).status_code == 200

    assert client.get(address(call, "c9")).status_code == 404
    assert client.get("/calls/nowhere/call.pdf").status_code == 404


def test_the_public_pages_lead_to_their_sheets(client):
    call = make.published_call()
    page = client.get(reverse("portal:call", args=[call.slug])).content.decode()
    category = client.get(reverse("portal:category", args=[call.slug, "c1"])).content.decode()

    assert f'href="{address(call)}"' in page
    assert f'href="{address(call, "c1")}"' in category


def test_the_sheet_of_a_cancelled_call_says_so_although_one_was_kept(client):
    call = make.published_call()
    assert "这份通知已取消" not in words_of(client.get(address(call)))

    make.cancelled(call)

    assert "这份通知已取消" in words_of(client.get(address(call)))


def test_a_sheet_larger_than_a_page_is_kept_too():
    kept = papers.KeptPage(b"%PDF" + bytes(3 << 20), ())
    papers.KEPT.put("large", kept)

    assert papers.KEPT.get("large") == kept
