"""An officer states a fact with the paper that proves it and fetches the paper; doubles and invitations are lists."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from keqiao.web.accounts import actions
from keqiao.web.accounts.people.invitations import Invited, invite
from keqiao.web.accounts.roles import Role
from keqiao.web.parties.models import Tie, TieKind
from tests.journeys.accessibility import expect_accessible
from tests.journeys.pictures import picture
from tests.journeys.visitors import log_in
from tests.web import make

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def test_an_officer_proves_a_fact_and_looks_through_doubles_and_invitations(
    page: Page, tmp_path: Path, live_server: Any
) -> None:
    association = make.association("三门峡市科学技术协会", slug="sanmenxia")
    unit = make.organisation("三门峡市果树学会")
    make.organisation("三门峡市 果树学会")
    since = {"valid_from": date(2020, 1, 1), "source": "名册"}
    Tie.objects.create(
        party=unit, organisation=association.organisation, kind=TieKind.AFFILIATION.value, **since
    )
    admin = make.holder(Role.UNIT_ADMIN, unit)
    wanted = Invited("new@example.org", actions.Terms(Role.APPLICANT, unit.pk))
    invite(wanted, actor=admin, at=datetime.now(UTC), reason="新同事")
    log_in(page, make.officer(association))
    paper = tmp_path / "法人证书.pdf"
    paper.write_bytes(PDF)

    page.goto(reverse("parties:state_fact", args=[unit.pk, "legal_person"]))
    page.get_by_label("来源").fill("法人证书")
    page.get_by_label("证明材料").set_input_files(paper)
    expect_accessible(page)
    picture(page, "fact-with-paper")
    page.get_by_role("button", name="保存").click()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="法人证书.pdf").click()
    assert Path(fetched.value.path()).read_bytes() == PDF

    for name, address, words in (
        ("doubles", reverse("parties:duplicates"), "三门峡市 果树学会"),
        ("unit-invitations", reverse("accounts:invitations", args=[unit.pk]), "new@example.org"),
    ):
        page.goto(address)
        expect(page.get_by_role("table")).to_contain_text(words)
        expect_accessible(page)
        picture(page, name)
