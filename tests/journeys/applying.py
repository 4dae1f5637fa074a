"""The shared steps of applying in the five calls: an open call, a drawn unit, and what people do in the browser."""

from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from pathlib import PurePath
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from keqiao.core.programme.forms.fields import FileField
from keqiao.web.accounts.roles import Role
from keqiao.web.applications.filling.blanks import Blank
from keqiao.web.applications.filling.fields import made
from keqiao.web.applications.filling.shown import Page as FormPage
from keqiao.web.applications.filling.shown import Shown, Situation, parts_of_page
from keqiao.web.applications.models import Application, Submission
from keqiao.web.applications.queries.contents import version_of
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.models import Holding
from keqiao.web.season.drawing import draw_world
from keqiao.web.season.playing import play
from keqiao.web.season.stages import STAGES
from keqiao.web.season.stages.filling import PAPERS, Forms
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.world import ApplicationDrawn, Life, Size
from tests.journeys.pictures import picture
from tests.journeys.visitors import PATIENCE_MS, log_in
from tests.web import make
from tests.web.reopened import reopened
from tests.web.season import ground

TITLE = "家门口的科学课"
REASON = "已与受理单位沟通，材料随后补充。"
MORE = "已补充数据。"
FORGED = "夹带的改动"
TYPED = "line", "text", "number", "date", "month"


def open_call(slug: str, settings: Any) -> SimpleNamespace:
    """The call of a ground, open today; a drawn society, who applies for it; a category that takes it, and answers."""
    settings.DEMONSTRATION = True  # worlds are played nowhere else; people meet the site as it is
    now = timezone.now()
    body = ground.association(slug)
    call = make.published_call(body, reopened(ground.CALLS[slug][0], local_day(now) + timedelta(days=21)))
    world = draw_world(ground.grounds()[slug], Size(12, log_ins=1), day=local_day(now), seed=7)
    play(world, body, at=now, password=make.PASSWORD)
    scene = Scene(body, now)
    for name in ("units", "people"):
        list(STAGES[name](world, scene))
    (unit,) = world.log_ins[0].units
    leader = next(person.key for person in world.people if person.unit == unit)
    wanted = Forms(world, scene).wanted(ApplicationDrawn(unit, leader, TITLE, Life.READY, 0), ())
    account = make.holder(Role.APPLICANT, scene.parties[unit])
    settings.DEMONSTRATION = False
    return SimpleNamespace(call=call, wanted=wanted, account=account, officer=make.officer(body))


def begin(page: Page, city: SimpleNamespace) -> None:
    """Log in and begin, as far as the empty form."""
    log_in(page, city.account)
    page.goto(f"/applications/begin/{city.wanted.category.offer.pk}/")
    page.get_by_role("button", name="开始填报").click()
    expect(page.locator("form [name=asked]").first).to_be_attached()


def fields_shown(city: SimpleNamespace) -> Iterator[Shown]:
    """The fields of the form as a page shows them with all answers."""
    form = FormPage(city.wanted.specification, city.wanted.answers, Situation())
    for part in parts_of_page(form, made):
        yield from (shown for shown in part.fields if shown.applies)


def type_answers(page: Page, city: SimpleNamespace) -> None:
    """Type, tick and choose everything but the files."""
    for shown in fields_shown(city):
        for blank in shown.blanks:
            fill(page, blank)
        for number, row in enumerate(shown.table.rows if shown.table else ()):
            blanks = [cell.blank for cell in row.cells if cell.blank]
            if blanks and not page.locator(f'[name="{row.name}"]').count():
                assert number
                page.locator(f'[data-adds="{shown.field.id}"]').click()
            for blank in blanks:
                fill(page, blank)
        if shown.kind == "pledge":
            page.locator(f'[name="{shown.name}"]').check()


def fill(page: Page, blank: Blank) -> None:
    """Fill one blank in, if the answers say something there."""
    place = page.locator(f'[name="{blank.name}"]')
    if blank.kind in (*TYPED, "list") and blank.value:
        if place.evaluate("(input) => input.tagName") == "SELECT":
            place.select_option(blank.value)
        else:
            place.fill(blank.value)
    for option in blank.options if blank.kind in ("radio", "boxes") else ():
        if option.is_picked:
            page.locator(f'[name="{blank.name}"][value="{option.value}"]').check()
    if blank.other:
        page.locator(f'[name="{blank.name}.other"]').fill(blank.other)


def send_files(page: Page, city: SimpleNamespace) -> None:
    """Send what the form wants attached, slot by slot, and say number and date where they are asked for."""
    for each in city.wanted.specification.fields:
        said = city.wanted.answers.get(each.id) if isinstance(each, FileField) else None
        for place, entry in enumerate(said or ()):
            page.locator(f'button[value="files:{each.id}"]').click()
            content = (
                files("keqiao.data").joinpath("season", PAPERS[PurePath(entry["name"]).suffix]).read_bytes()
            )
            sent = {"name": entry["name"], "mimeType": "application/octet-stream", "buffer": content}
            page.locator("input[type=file]").set_input_files(sent)
            page.get_by_role("button", name="上传", exact=True).click()
            expect(page.get_by_role("link", name=entry["name"]).first).to_be_visible(timeout=PATIENCE_MS)
            for part in ("number", "date"):
                if entry.get(part):
                    page.locator(f'[name="f.{each.id}.{place}.{part}"]').fill(entry[part])


def submit(page: Page, button: str = "确认提交") -> Submission:
    """Look through it once more, submit, and come to the receipt."""
    page.get_by_role("button", name="核对并提交").click()
    expect(page.get_by_role("heading", name="核对并提交")).to_be_visible(timeout=PATIENCE_MS)
    if page.get_by_label("说明理由后可以提交").count():
        page.get_by_label("说明理由后可以提交").fill(REASON)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="提交回执")).to_be_visible(timeout=PATIENCE_MS)
    submission = Submission.objects.order_by("-ordinal").first()
    expect(page.locator("#receipt-number")).to_have_text(submission.number)
    expect(page.locator("#digest")).to_have_text(submission.digest)
    return submission


def two_texts(city: SimpleNamespace) -> list[str]:
    """The ids of two fields in which there is something to write."""
    kinds = {"text", "long_text"}
    texts = [each.id for each in city.wanted.specification.fields if each.kind in kinds]
    return [each for each in texts if each in city.wanted.answers][-2:]


def give_back(page: Page, city: SimpleNamespace) -> None:
    """The officer finds it among what was received and returns it for two named fields."""
    log_in(page, city.officer)
    page.goto("/desk/applications/")
    page.get_by_role("link", name=Application.objects.get().number).click()
    page.get_by_role("link", name="退回修改").click()
    for name in two_texts(city):
        page.locator(f'[name="field"][value="{name}"]').check()
        page.locator(f'[name="reason.{name}"]').fill("请补充数据。")
    page.locator("[name=until]").fill((local_day(timezone.now()) + timedelta(days=7)).isoformat())
    page.get_by_role("button", name="退回修改").click()
    expect(page.get_by_text("退回修改").first).to_be_visible()
    assert Application.objects.get().state == "returned"


def correct(page: Page, city: SimpleNamespace) -> None:
    """The unit finds two fields open, and no other, and changes them."""
    page.goto(f"/applications/{Application.objects.get().pk}/fill/")
    asked = page.locator("[name=asked]").evaluate_all("all => all.map((each) => each.value)")
    assert sorted(set(asked)) == sorted(two_texts(city))
    until = local_day(timezone.now()) + timedelta(days=7)
    expect(page.get_by_text(f"{until.year}年{until.month}月{until.day}日").first).to_be_visible()
    forge_a_closed_field(page, city)
    for name in two_texts(city):
        page.locator(f'[name="f.{name}"]').fill(f"{city.wanted.answers[name]}{MORE}"[-100:])


def forge_a_closed_field(page: Page, city: SimpleNamespace) -> None:
    """Post a field that was not returned, as nobody can on the page: it stays as it was submitted."""
    closed = next(
        each.id
        for each in city.wanted.specification.fields
        if each.kind in {"text", "long_text", "number", "money", "date"}
        and each.id in city.wanted.answers
        and each.id not in two_texts(city)
    )
    before = version_of(Application.objects.get()).answers
    assert page.locator(f'[name="f.{closed}"]').count() == 0
    page.evaluate(
        """([name, words]) => {
            const form = document.querySelector("form:has([name=asked])");
            const put = (key, value) =>
              form.append(Object.assign(document.createElement("input"), { type: "hidden", name: key, value }));
            put("asked", name);
            put(`f.${name}`, words);
        }""",
        [closed, FORGED],
    )
    page.get_by_role("button", name="检查").click()
    page.wait_for_load_state()
    assert version_of(Application.objects.get()).answers == before
    page.goto(f"/applications/{Application.objects.get().pk}/fill/")


def withdraw(page: Page) -> None:
    """Take it back from its own page. Its place is free from then on."""
    assert Holding.objects.filter(project=Application.objects.get().pk, ended_on=None).exists()
    page.goto(f"/applications/{Application.objects.get().pk}/")
    page.get_by_role("link", name="撤回申报").click()
    page.get_by_label("撤回理由").fill("方案有变")
    page.get_by_role("button", name="撤回申报").click()
    expect(page.get_by_text("已撤回").first).to_be_visible()
    assert Application.objects.get().state == "withdrawn"
    assert not Holding.objects.filter(project=Application.objects.get().pk, ended_on=None).exists()


def apply_on_the_web(page: Page, second_page: Page, city: SimpleNamespace, name: str) -> None:
    """The whole way of one application: all faults at once, filled in, submitted, returned, corrected, withdrawn."""
    begin(page, city)
    page.get_by_role("button", name="检查").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    picture(page, f"applying-{name}-faults")
    type_answers(page, city)
    send_files(page, city)
    first = submit(page)
    give_back(second_page, city)
    correct(page, city)
    second = submit(page, "重新提交")
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert second.number == f"{first.number}-2"
    withdraw(page)
