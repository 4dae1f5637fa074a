"""The pages of the importer: who sees them, what they take and give, without scripts."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from keqiao.readers.tables.table import ROWS_MAX
from keqiao.web.accounts.roles import Role
from keqiao.web.audit.models import Event
from keqiao.web.imports.models import Import
from keqiao.web.imports.queries import content_of
from keqiao.web.imports.sheet_kinds import sheet_kind
from keqiao.web.parties.models import Organisation
from tests.readers.tables.tables import workbook_bytes
from tests.web import make
from tests.web.imports.importing import CODE, UNITS, checked, some, started, worked

pytestmark = pytest.mark.django_db

SOUND = ("河南省力学学会", "学会", CODE, "郑州市金水区", "1985-06-20")
BAD = ("甲学会", "某类", None, "金水区", None)
KIND = "parties.units"


@pytest.fixture
def logged_in(client, officer):
    client.force_login(officer)
    return client


def upload(client, association, content, name="名册.xlsx"):
    sent = {"association": str(association.pk), "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("imports:new", args=[KIND]), sent)


def test_a_table_is_sent_and_waits_for_the_worker(logged_in, association):
    response = upload(logged_in, association, workbook_bytes([UNITS, SOUND]))

    made = Import.objects.get()
    assert (response.status_code, response.url) == (302, reverse("imports:detail", args=[made.pk]))
    page = logged_in.get(response.url).content.decode()
    assert ("正在核对每一行" in page, "可以离开本页" in page) == (True, True)
    worked(made)
    progress = logged_in.get(reverse("imports:progress", args=[made.pk]))
    assert progress.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"%PDF-1.7\n1 0 obj\nendobj\n", "a.xlsx"), (b"", "a.xlsx"), (b"PK\x03\x04" + b"\0" * 60, "a.xlsx")],
)
def test_other_files_are_refused_where_they_are_sent(logged_in, association, content, name):
    response = upload(logged_in, association, content, name)

    assert (response.status_code, Import.objects.count()) == (422, 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_text_table_of_an_office_program_is_taken(logged_in, association, encoding):
    lines = [",".join(UNITS), f"河南省力学学会,学会,{CODE},郑州市金水区,1985/6/20"]
    upload(logged_in, association, "\r\n".join(lines).encode(encoding), "名册.csv")

    made = worked(Import.objects.get())

    assert some(made) == {"new": 1}


@pytest.fixture
def made(association, officer):
    return checked([UNITS, SOUND, BAD], association, officer)


ADDRESSES = ("detail", "progress", "annotated")
ACTS = ("correct", "start", "drop", "copy", "resume")


@pytest.mark.parametrize("name", [*ADDRESSES, *ACTS])
def test_an_import_of_another_association_does_not_exist(client, made, name):
    stranger = make.officer(make.association())
    client.force_login(stranger)
    address = reverse(f"imports:{name}", args=[made.pk])

    response = client.get(address) if name in ADDRESSES else client.post(address, {"edition": made.edition})

    assert response.status_code == 404
    made.refresh_from_db()
    assert (made.state, some(made)) == ("ready", {"new": 1, "faulty": 1})


@pytest.mark.parametrize("role", [Role.LEADER, Role.APPLICANT, Role.ENDORSER])
def test_the_importer_opens_to_officers_only(client, association, role):
    client.force_login(make.holder(role, association.organisation))

    assert client.get(reverse("imports:home")).status_code == 404
    assert client.get(reverse("imports:new", args=[KIND])).status_code == 404


def test_the_file_of_an_import_is_read_by_officers_of_its_association_only(client, made):
    address = reverse("files:download", args=[made.file_id])
    client.force_login(make.officer(make.association()))
    assert client.get(address).status_code == 404
    client.force_login(make.user())
    assert client.get(address).status_code == 404


def test_the_page_says_how_many_rows_are_read(logged_in):
    page = logged_in.get(reverse("imports:new", args=[KIND])).content.decode()

    assert [line for line in page.split("<li>") if line.startswith(f"每次最多 {ROWS_MAX} 行</li>")] != []


def test_an_unknown_kind_of_table_does_not_exist(logged_in):
    assert logged_in.get(reverse("imports:new", args=["parties.nothing"])).status_code == 404


def test_a_table_for_another_association_is_not_taken(logged_in):
    other = make.association()

    response = upload(logged_in, other, workbook_bytes([UNITS, SOUND]))

    assert (response.status_code, Import.objects.count()) == (422, 0)


def test_faulty_cells_are_corrected_on_the_page(logged_in, made):
    page = logged_in.get(reverse("imports:detail", args=[made.pk])).content.decode()
    assert ('name="r3-kind"' in page, 'name="r3-region"' in page, 'name="r2-kind"' in page) == (
        True,
        True,
        False,
    )
    assert 'aria-describedby="id_r3-region_error id_r3-region_helptext"' in page
    sent = {"rows": ["3"], "r3-kind": "学会（协会、研究会）", "r3-region": "410305", "r3-name": "甲学会"}

    response = logged_in.post(reverse("imports:correct", args=[made.pk]), sent)

    assert (response.status_code, some(made)) == (302, {"new": 2})


def test_a_number_that_lost_its_digits_stays_one_when_it_is_sent_back_unchanged(
    logged_in, association, officer
):
    made = checked([UNITS, ("甲学会", "学会", 514100000012345678)], association, officer)
    shown = content_of(made.rows.get()).cells["credit_code"].text
    sent = {"rows": ["2"], "r2-credit_code": shown, "r2-name": "甲学会", "r2-kind": "学会"}

    logged_in.post(reverse("imports:correct", args=[made.pk]), sent)

    assert [fault.code for fault in content_of(made.rows.get()).faults] == ["table.digits_lost"]


def test_two_clicks_on_import_start_it_once(logged_in, made):
    address = reverse("imports:start", args=[made.pk])
    for _ in range(2):
        assert logged_in.post(address, {"edition": made.edition}).status_code == 302

    worked(made)
    assert (
        Event.objects.filter(act="started").count(),
        Organisation.objects.filter(kind="society").count(),
    ) == (
        1,
        1,
    )


def test_a_stale_page_does_not_start_what_it_did_not_show(logged_in, made):
    response = logged_in.post(reverse("imports:start", args=[made.pk]), {"edition": 0}, follow=True)

    assert "内容已有变化，请重新查看后再导入。" in response.content.decode()
    made.refresh_from_db()
    assert made.state == "ready"


def test_a_corrected_copy_takes_the_place_of_the_first_table(logged_in, made):
    sent = {"file": SimpleUploadedFile("改.xlsx", workbook_bytes([UNITS, SOUND]))}

    response = logged_in.post(reverse("imports:copy", args=[made.pk]), sent)

    newer = Import.objects.exclude(pk=made.pk).get()
    made.refresh_from_db()
    assert (response.url, made.state) == (reverse("imports:detail", args=[newer.pk]), "dropped")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_an_export_is_recorded_and_comes_back_unchanged(logged_in, association, officer, ending):
    started(checked([UNITS, SOUND], association, officer), officer)
    sent = {"association": str(association.pk), "form": ending}

    response = logged_in.post(reverse("imports:export", args=[KIND]), sent)

    assert Event.objects.get(act="exported").data == {"kind": KIND, "rows": 1}
    upload(logged_in, association, response.content, f"名册.{ending}")
    again = worked(Import.objects.order_by("-begun_at").first())
    assert some(again) == {"same": 1}


def test_pages_ask_as_often_for_many_rows_as_for_few(logged_in, association, officer):
    few = checked([UNITS, *[(f"第{n}号会", "某类") for n in range(2)]], association, officer)
    many = checked([UNITS, *[(f"第{n}号会", "某类") for n in range(18)]], association, officer)
    counts = []
    for made in (few, few, many):  # the first fills what is kept
        with CaptureQueriesContext(connection) as queries:
            logged_in.get(reverse("imports:detail", args=[made.pk]))
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_headings_and_choices_are_read_in_english_too(association, officer):
    kind = sheet_kind(KIND)
    with translation.override("en"):
        headings = [str(kind.column(key).header) for key in ("name", "kind")]
        society = kind.column("kind").value.write("society")
    assert (headings[0], society) == ("Full name of the unit", "Society")

    made = checked([headings, ("河南省力学学会", society)], association, officer)

    assert (made.failure, some(made)) == ("", {"new": 1})


def test_what_is_sent_as_a_number_of_a_row_is_no_way_to_another_import(logged_in, made, association, officer):
    other = checked([UNITS, BAD], association, officer)
    sent = {"rows": ["3", "x", "999999", json.dumps({})], "r3-kind": "学会（协会、研究会）"}

    logged_in.post(reverse("imports:correct", args=[other.pk]), sent)

    assert (some(made), some(other)) == ({"new": 1, "faulty": 1}, {"faulty": 1})


def test_past_imports_are_asked_by_their_columns_and_leave_as_a_file(logged_in, made):
    home = reverse("imports:home")
    counts = [len(logged_in.get(home, {"q": asked}).context["list"].page) for asked in ("行数:0", "行数>0")]
    file = logged_in.get(home, {"export": "csv"}).content.decode("utf-8-sig")

    assert counts == [1, 0]
    assert [line.split(",")[3:] for line in file.splitlines()] == [["状态", "已登记行数"], ["待导入", "0"]]
