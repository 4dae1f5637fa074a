"""The page of all components renders, in both frames and both languages."""

import re
from importlib.resources import files

import pytest
from django.urls import reverse

from tests.web import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client) -> str:
    client.force_login(make.user())
    return client.get(reverse("ui:components")).content.decode()


def test_every_component_file_is_shown_on_the_page():
    folder = files("keqiao.web.ui").joinpath("templates")
    page = folder.joinpath("ui", "components.html").read_text(encoding="utf-8")
    names = {
        part.name.removesuffix(".html").replace("_", "-") for part in folder.joinpath("cotton").iterdir()
    }
    inside_others = {"pages", "day"}

    assert {name for name in names if f"<c-{name}" not in page} - inside_others == set()


def test_ids_are_unique_and_labels_meet_their_fields(page):
    ids = re.findall(r'\sid="([^"]+)"', page)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^"]+)"', page)) <= set(ids)


def test_nothing_is_left_unrendered(page):
    assert re.findall(r"\{[{%].*?[%}]\}|<c-[\w-]+", page) == []


def test_findings_carry_mark_word_and_source(page):
    finding = re.search(r'<div class="kq-finding kq-finding--refuse".*?</details>', page, re.DOTALL)[0]

    assert 'role="alert"' in finding
    assert "不可</span>" in finding
    assert "一、（二）2" in finding
    assert '<blockquote lang="zh-Hans">单个文件不得超过规定大小。</blockquote>' in finding


def test_english_has_no_chinese_but_names(client):
    client.force_login(make.user())
    page = client.get(reverse("ui:components"), {"lang": "en"}).content.decode()

    assert '<html lang="en">' in page
    assert "Needs a person" in page
    assert "需人工" not in page


def test_visitors_see_it_in_demonstrations_only(client, settings):
    assert client.get(reverse("ui:components")).status_code == 302
    settings.DEMONSTRATION = True
    assert client.get(reverse("ui:components")).status_code == 200
