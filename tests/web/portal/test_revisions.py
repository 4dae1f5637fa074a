"""What everybody reads about the revisions of a call."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from keqiao.readers.definition import programme_from_yaml
from keqiao.web.programmes import actions
from keqiao.web.programmes.changes.revisions import changes_between, latest_changes
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.parts import Part
from tests.web import make

NOW = make.LONG_AGO + timedelta(days=1)

pytestmark = pytest.mark.django_db


def revise(call, **statement):
    ((slot, value),) = statement.items()
    call.draft.refresh_from_db()
    change = actions.PartChange(call.draft.version, Part("", slot), value)
    version = actions.change_part(call.pk, change, actor=call.created_by, at=NOW).version
    return actions.publish(call.pk, version, actor=call.created_by, at=NOW, note="延期")


@pytest.fixture
def call():
    found = make.published_call()
    revise(found, deadline={"on": "2026-07-10"})
    return found


def page_of(client, call, number):
    return client.get(reverse("portal:revision", args=[call.slug, number]))


def test_a_revision_says_in_words_what_it_changed(client, call):
    page = page_of(client, call, 2).content.decode()

    for words in ("申报截止", "2026年6月30日", "2026年7月10日", "延后 10 天", "延期"):
        assert words in page
    assert "首次发布" in page_of(client, call, 1).content.decode()


def test_the_page_of_the_call_leads_with_what_changed_last(client, call):
    page = client.get(reverse("portal:call", args=[call.slug])).content.decode()
    assert ("最近修订：第 2 版" in page, "延后 10 天" in page) == (True, True)

    first = make.published_call()
    assert "最近修订" not in client.get(reverse("portal:call", args=[first.slug])).content.decode()


def test_the_definition_of_each_revision_is_a_file(client, call):
    definitions = [revision.definition for revision in call.revisions.order_by("number")]
    for number, values in enumerate(definitions, start=1):
        as_yaml = client.get(reverse("portal:definition", args=[call.slug, number, "yaml"]))
        as_json = client.get(reverse("portal:definition", args=[call.slug, number, "json"]))
        assert programme_from_yaml(as_yaml.content.decode()) == programme_of(values)
        assert json.loads(as_json.content) == values
        assert as_yaml.headers["Content-Disposition"] == f'attachment; filename="{call.slug}-{number}.yaml"'


def test_there_is_no_revision_that_was_not_published_and_no_other_kind_of_file(client, call):
    draft = make.draft_call()
    addresses = [
        reverse("portal:revision", args=[call.slug, 3]),
        reverse("portal:definition", args=[call.slug, 3, "yaml"]),
        reverse("portal:definition", args=[call.slug, 1, "exe"]),
        f"/calls/{draft.pk}/revisions/1/",
    ]
    assert page_of(client, call, 2).status_code == 200
    assert [client.get(address).status_code for address in addresses] == [404] * len(addresses)


def test_the_pages_speak_english_and_set_no_cookie(client, call):
    answer = client.get(reverse("portal:revision", args=[call.slug, 2]), {"lang": "en"})

    page = answer.content.decode()
    assert ("10 days later" in page, "Deadline" in page) == (True, True)
    assert not answer.cookies


def test_between_any_two_revisions_only_what_concerns_a_category_can_be_asked(call):
    revise(call, applicants={"kinds": ["县级学会"]})
    revise(call, deadline={"on": "2026-06-30"})

    whole = changes_between(call, 1, 4)
    assert [line.what for place in whole.places for line in place.lines] == ["申报单位"]
    assert changes_between(call, 1, 4, ("c1",)).count == 1
    assert [line.note for place in latest_changes(call).places for line in place.lines] == [
        "提前 10 天（8 个工作日）"
    ]
