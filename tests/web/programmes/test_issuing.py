"""Issuing a call as the office's notice: the page, the files, and keeping the notice as the call's document."""

import io
import tempfile
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import docx
import pdfplumber
import pytest
from django.urls import reverse

from keqiao.readers.document import read_document
from keqiao.readers.transfer import from_values
from keqiao.web.audit.queries import timeline
from keqiao.web.programmes import actions
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.queries import draft_of, revision_in_force, source_of
from tests.web import make
from tests.writers.round_trip import expected_facts, read_facts

pytestmark = pytest.mark.django_db
NOW = make.LONG_AGO + timedelta(days=1)
WHOLE_HEAD = {
    "region": "江州市",
    "issuers": ("江州市科学技术协会", "江州市财政局"),
    "addressees": ("各县（市、区）科协",),
    "document_number": "江科协发〔2026〕7号",
    "issue_date": date(2026, 3, 5),
}


def joint_call(**statements):
    return make.draft_call(programme=make.definition(**{**WHOLE_HEAD, **statements}))


def page_of(client, call, **asked):
    client.force_login(call.created_by)
    return client.get(reverse("programmes:issue", args=[call.pk]), asked)


def file_of(client, call, form, **asked):
    client.force_login(call.created_by)
    return client.get(reverse("programmes:issued", args=[call.pk, form]), asked)


def read(response, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"notice.{ending}"
        path.write_bytes(response.content)
        return read_document(path)


def words_of_pdf(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "".join(glyph["text"] for page in pdf.pages for glyph in page.chars)


def name_of(response):
    return unquote(response.headers["Content-Disposition"].split("''")[-1])


def test_the_page_shows_the_notice_with_both_offices_and_the_ways_to_issue_it(client):
    response = page_of(client, joint_call())
    blocks = response.context["issue"].blocks

    assert response.status_code == 200
    assert ["".join(w for w, _ in block.runs) for block in blocks if block.role == "issuer"] == list(
        WHOLE_HEAD["issuers"]
    )
    assert response.context["lacking"] == []
    assert [name for name, _ in response.context["form"].fields["way"].choices][:2] == ["official", "plain"]


def test_what_the_head_of_an_official_document_lacks_is_named_with_where_to_fill_it_in(client):
    call = make.draft_call()
    response = page_of(client, call)

    assert response.context["lacking"] == ["文号", "主送单位", "发文日期"]
    assert response.context["head_address"] == f"/desk/calls/{call.pk}/part/head/"


def test_before_publication_both_files_bear_the_word_draft_and_say_so_in_their_name(client):
    call = joint_call()
    word, pdf = file_of(client, call, "docx"), file_of(client, call, "pdf")

    with ZipFile(io.BytesIO(word.content)) as archive:
        headers = [archive.read(name).decode() for name in archive.namelist() if "/header" in name]
    assert [header.count('string="草稿"') for header in headers] == [1, 1]
    assert "草稿" in words_of_pdf(pdf.content)
    assert name_of(word) == f"江科协发〔2026〕7号 {call.title}（草稿）.docx"
    assert name_of(pdf) == f"江科协发〔2026〕7号 {call.title}（草稿）.pdf"


def test_after_publication_the_files_are_of_the_revision_in_force_and_name_its_digest(client):
    call = make.published_call(programme=make.definition(**WHOLE_HEAD))
    revision = revision_in_force(call)
    word, pdf = file_of(client, call, "docx"), file_of(client, call, "pdf")

    properties = docx.Document(io.BytesIO(word.content)).core_properties
    assert properties.keywords == f"revision 1, SHA-256 {revision.digest}"
    assert properties.author == "江州市科学技术协会；江州市财政局"
    with pdfplumber.open(io.BytesIO(pdf.content)) as opened:
        assert opened.metadata["Keywords"] == f"revision 1, SHA-256 {revision.digest}"
    assert "草稿" not in words_of_pdf(pdf.content)
    assert name_of(pdf) == f"江科协发〔2026〕7号 {call.title}.pdf"
    assert file_of(client, call, "pdf").content == pdf.content


def test_changes_after_publication_are_issued_as_draft_only_when_asked_for(client):
    call = make.published_call(programme=make.definition(**WHOLE_HEAD))
    change = actions.PartChange(draft_of(call).version, Part("c1", HEAD), {"name": "改后的类别"})
    actions.change_part(call.pk, change, actor=call.created_by, at=NOW)

    assert "改后的类别" not in words_of_pdf(file_of(client, call, "pdf").content)
    drafted = words_of_pdf(file_of(client, call, "pdf", of="draft").content)
    assert "改后的类别" in drafted
    assert "草稿" in drafted


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_issued_file_reads_back_to_what_the_call_says(client, form):
    programme = make.definition(**WHOLE_HEAD)
    call = make.published_call(programme=programme)

    assert read_facts(read(file_of(client, call, form), form)) == expected_facts(programme)


def test_only_the_chosen_parts_are_issued(client):
    call = joint_call(attachments=[{"title": "2026年度项目申报指南"}])
    whole = words_of_pdf(file_of(client, call, "pdf").content)
    notice = words_of_pdf(file_of(client, call, "pdf", part="notice").content)
    guide = words_of_pdf(file_of(client, call, "pdf", part="guide").content)

    assert [("江科协发" in words, "活动不少于5场" in words) for words in (whole, notice, guide)] == [
        (True, True),
        (True, False),
        (False, True),
    ]


def test_a_call_without_document_keeps_the_notice_as_its_document_with_the_words_of_each_fact(client):
    call = joint_call()
    client.force_login(call.created_by)

    response = client.post(reverse("programmes:keep_issued", args=[call.pk]), {"way": "official"})

    assert response.headers["Location"] == reverse("programmes:draft", args=[call.pk])
    draft, source = draft_of(call), source_of(call, whole=True)
    assert source.file.name == f"江科协发〔2026〕7号 {call.title}.docx"
    assert draft.words["c1"]["words"] == "（一）科普活动"
    assert draft.words["c1:funding"]["words"] == "2.资金支持标准：3万元/项。"
    place = draft.definition["categories"][0]["funding"]["source"]["place"]
    assert from_values(source.document).blocks[place["block"]].text == "2.资金支持标准：3万元/项。"
    assert [event.act for event in timeline(call)][-1] == "attached"
    assert page_of(client, call).context["may_keep"] is False


def test_a_call_that_has_a_document_keeps_it(client):
    call = joint_call()
    client.force_login(call.created_by)
    address = reverse("programmes:keep_issued", args=[call.pk])
    client.post(address)
    first = source_of(call).pk

    assert client.post(address).headers["Location"] == reverse("programmes:issue", args=[call.pk])
    assert source_of(call).pk == first


def test_unpublished_changes_of_a_public_call_are_not_kept_as_its_document(client):
    call = make.published_call(programme=make.definition(**WHOLE_HEAD))
    assert page_of(client, call).context["may_keep"] is True
    change = actions.PartChange(draft_of(call).version, Part("c1", HEAD), {"name": "改后的类别"})
    actions.change_part(call.pk, change, actor=call.created_by, at=NOW)

    client.post(reverse("programmes:keep_issued", args=[call.pk]), {"of": "draft"})

    assert page_of(client, call).context["may_keep"] is False
    assert source_of(call) is None


def test_a_character_without_type_is_told_before_printing(client):
    call = joint_call(title="关于申报2026年度🎬项目的通知")

    assert page_of(client, call).context["issue"].missing == "🎬"


def test_an_unknown_way_is_answered_with_the_usual_one(client):
    assert page_of(client, joint_call(), way="nowhere").context["issue"].way == "official"


def test_another_association_cannot_tell_that_there_is_a_notice(client):
    call = joint_call()
    assert page_of(client, call).status_code == 200
    client.force_login(make.officer(make.association()))

    for name, rest in (("issue", []), ("issued", ["pdf"])):
        assert client.get(reverse(f"programmes:{name}", args=[call.pk, *rest])).status_code == 404
    assert client.post(reverse("programmes:keep_issued", args=[call.pk])).status_code == 404


def test_there_is_no_other_form_of_file(client):
    assert file_of(client, joint_call(), "exe").status_code == 404
