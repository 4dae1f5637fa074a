"""The office's own Word form: recognised, confirmed, kept as the paper of a form; hostile files are refused."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.files.models import FileState, StoredFile
from keqiao.web.files.queries import path_of
from keqiao.web.programmes.parts import Part, value_at
from keqiao.web.programmes.proofreading.addresses import form_address
from tests.readers.forms.broken import BROKEN, broken
from tests.web import make
from tests.web.programmes.sent_forms import sent_by

pytestmark = pytest.mark.django_db

NAME = {"id": "name", "kind": "text", "label": "项目名称"}
FORM = {"id": "form-1", "title": "申报表", "fields": [NAME]}
INTRO = "项目简介"
ROWS = [
    ["项目名称", "", "类别", "□甲 □乙"],
    ["项目简介（500字以内）", "", "联系电话", ""],
    ["设备名称", "型号", "台数", "用途"],
    ["", "", "", ""],
    ["", "", "", ""],
    ["推荐意见", "（盖章）年 月 日", "负责人意见", "（签字）"],
]


@pytest.fixture
def call(client):
    found = make.draft_call(programme=make.definition(forms=[FORM], form="form-1"))
    client.force_login(found.created_by)
    return found


def paper(rows=ROWS, lines=()) -> SimpleUploadedFile:
    document = docx.Document()
    for words in lines:
        document.add_paragraph(words)
    table = document.add_table(rows=len(rows), cols=4)
    for row, cells in enumerate(rows):
        for column, words in enumerate(cells):
            table.cell(row, column).text = words
    written = io.BytesIO()
    document.save(written)
    return SimpleUploadedFile("申报表.docx", written.getvalue())


def page_of(call, name: str = "form_paper") -> str:
    return reverse(f"programmes:{name}", args=[call.pk]) + "?node=form-1"


def stated(call):
    call.draft.refresh_from_db()
    return value_at(call.draft.definition, Part("", "forms", "form-1"))


def test_recognised_blanks_become_fields_when_an_officer_confirms_them(client, call):
    sent = client.post(page_of(call), {"file": paper()})
    address = sent.headers["Location"]
    shown = client.get(address)
    said = sent_by(shown)
    labels = [each.found.label for each in shown.context["form"].blanks]
    phone = labels.index("联系电话") + 1

    answer = client.post(address, said | {f"{phone}-label": ["手机"]})

    form = stated(call)
    assert answer.headers["Location"] == form_address(call.pk, "form-1")
    assert form["paper"]["file"] == StoredFile.objects.get().sha256
    assert {"field": "name", "table": 0, "row": 0, "column": 1} in form["paper"]["blanks"]
    found = {each["label"]: each for each in form["fields"]}
    assert found["类别"]["options"] == ["甲", "乙"]
    assert (found[INTRO]["kind"], found[INTRO]["max_chars"]) == ("long_text", 500)
    assert "手机" in found
    assert "联系电话" not in found
    listed = next(each for each in form["fields"] if each["kind"] == "table")
    assert [column["label"] for column in listed["columns"]] == ["设备名称", "型号", "台数", "用途"]
    assert [each["who"] for each in form["opinions"]] == ["推荐", "负责人"]
    repeated = [each["field"] for each in form["paper"]["blanks"] if each.get("repeats")]
    assert repeated == [listed["id"]] * 4
    assert client.get(form_address(call.pk, "form-1")).context["page"].faults == 0
    blank = client.get(reverse("programmes:form_file", args=[call.pk, "docx"]), {"node": "form-1"})
    words = [
        cell.text for row in docx.Document(io.BytesIO(blank.content)).tables[0].rows for cell in row.cells
    ]
    assert words[0] == "项目名称"
    assert "设备名称" in words


def test_what_is_no_blank_is_left_out(client, call):
    address = client.post(page_of(call), {"file": paper()}).headers["Location"]
    said = sent_by(client.get(address))
    nothing = {name: [""] for name in said if name.endswith("-kind")}

    client.post(address, said | nothing)

    assert stated(call)["fields"] == [NAME]
    assert stated(call)["paper"].keys() == {"file"}


def test_a_taken_blank_without_a_name_is_told_and_nothing_is_saved(client, call):
    address = client.post(page_of(call), {"file": paper()}).headers["Location"]
    said = sent_by(client.get(address)) | {"1-label": [""]}

    refused = client.post(address, said)

    assert (refused.status_code, call.draft.version) == (422, 1)
    assert refused.context["form"].blanks[0].errors == {"label": ["请填写栏目名称。"]}
    assert "paper" not in stated(call)


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90\x00 a program", b"PK\x03\x04 broken", b"%PDF-1.7 not word", b""],
    ids=["program", "broken", "pdf", "empty"],
)
def test_what_is_no_word_form_is_refused_with_a_sentence(client, call, content):
    refused = client.post(page_of(call), {"file": SimpleUploadedFile("申报表.docx", content)})

    assert refused.status_code == 422
    assert refused.context["form"].errors["file"]
    assert "paper" not in stated(call)


@pytest.mark.parametrize("name", BROKEN)
def test_a_document_that_can_be_read_and_not_filled_in_is_refused_when_it_is_given(client, call, name):
    whole = paper().read()
    assert client.post(page_of(call), {"file": SimpleUploadedFile("申报表.docx", whole)}).status_code == 302

    refused = client.post(page_of(call), {"file": SimpleUploadedFile("申报表.docx", broken(whole, name))})

    assert refused.status_code == 422
    (said,) = refused.context["form"].errors["file"]
    assert said.startswith("“申报表.docx”可以读出，但无法在其中填写")
    assert "另存为“Word文档（*.docx）”" in said


def test_a_document_that_cannot_be_filled_in_is_not_confirmed_under_any_address(client, call):
    whole = paper().read()
    address = client.post(page_of(call), {"file": SimpleUploadedFile("申报表.docx", whole)}).headers[
        "Location"
    ]
    assert client.get(address).status_code == 200
    worse = broken(whole, "properties that are none")
    client.post(page_of(call), {"file": SimpleUploadedFile("申报表.docx", worse)})
    other = StoredFile.objects.exclude(pk=address.rpartition("=")[2]).get()

    assert client.get(f"{page_of(call, 'form_paper_confirm')}&file={other.pk}").status_code == 404


def test_words_that_look_like_a_template_are_shown_as_they_stand_and_do_nothing(client, call):
    hostile = [["{{ 7*7 }}{% load x %}", "", "<script>alert(1)</script>", ""], ["电话", "", "邮编", ""]]
    address = client.post(page_of(call), {"file": paper(hostile)}).headers["Location"]

    page = client.get(address).content.decode()

    assert "{{ 7*7 }}" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_somebody_elses_file_is_not_confirmed(client, call):
    address = client.post(page_of(call), {"file": paper()}).headers["Location"]
    assert client.get(address).status_code == 200
    other = make.draft_call(programme=make.definition(forms=[FORM], form="form-1"))
    client.force_login(other.created_by)

    assert client.get(address.replace(str(call.pk), str(other.pk))).status_code == 404


def test_blanks_inside_lines_are_shown_tinted_and_confirmed_like_cells(client, call):
    lines = ["申报书", "项目名称：________　电话：________", "填报日期：    年  月  日"]
    address = client.post(page_of(call), {"file": paper([["电话", ""]], lines)}).headers["Location"]
    page = client.get(address)

    client.post(address, sent_by(page))

    assert (
        'class="is-blank">________<a class="kq-confirming__number" href="#blank-1">1</a>'
        in page.content.decode()
    )
    form = stated(call)
    labels = {each["id"]: each["label"] for each in form["fields"]}
    places = [
        (labels[each["field"]], each.get("paragraph"), each.get("gap")) for each in form["paper"]["blanks"]
    ]
    assert places == [("项目名称", 1, 0), ("电话", 1, 1), ("填报日期", 2, 0), ("电话", None, None)]
    assert len({each["field"] for each in form["paper"]["blanks"]}) == 4
    blank = client.get(reverse("programmes:form_file", args=[call.pk, "docx"]), {"node": "form-1"})
    assert blank.headers["Content-Type"].startswith("application/vnd.openxml")


def test_a_document_that_is_gone_is_told_in_the_desk(client, call):
    address = client.post(page_of(call), {"file": paper()}).headers["Location"]
    client.post(address, sent_by(client.get(address)))
    StoredFile.objects.update(state=FileState.REFUSED)

    answer = client.get(
        reverse("programmes:form_file", args=[call.pk, "docx"]), {"node": "form-1"}, follow=True
    )

    assert "请重新上传并核对" in answer.content.decode()


def test_a_document_into_which_nothing_can_be_filled_is_told_in_the_desk(client, call):
    address = client.post(page_of(call), {"file": paper()}).headers["Location"]
    client.post(address, sent_by(client.get(address)))
    path = path_of(StoredFile.objects.get())
    kept = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(broken(kept, "a picture that is named and not there"))
    try:
        answer = client.get(
            reverse("programmes:form_file", args=[call.pk, "docx"]), {"node": "form-1"}, follow=True
        )
    finally:
        path.write_bytes(kept)

    assert "本单位的表格文件无法填写" in answer.content.decode()


def test_a_list_that_the_form_has_already_takes_the_columns_by_their_names(client):
    columns = [{"id": each, "label": label} for each, label in zip("abcd", ROWS[2], strict=True)]
    goods = {"id": "goods", "kind": "table", "label": "设备", "columns": columns}
    leader = {"id": "boss", "kind": "person", "label": "负责人", "parts": ["name", "phone"]}
    form = {**FORM, "fields": [goods, leader]}
    call = make.draft_call(programme=make.definition(forms=[form], form="form-1"))
    client.force_login(call.created_by)
    rows = [*ROWS[2:5], ["负责人", "", "", ""]]
    address = client.post(page_of(call), {"file": paper(rows)}).headers["Location"]

    said = sent_by(client.get(address))
    labels = {key: value for key, value in said.items() if key.endswith("-label")}
    listed = next(key for key, value in labels.items() if "型号" in value[0])
    client.post(address, said | {listed: ["设备"]})

    blanks = stated(call)["paper"]["blanks"]
    assert sorted(each["part"] for each in blanks if each["field"] == "goods") == ["a", "b", "c", "d"]
    assert [each["part"] for each in blanks if each["field"] == "boss"] == ["name"]
