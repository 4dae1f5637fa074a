"""One paper serves a whole track: each category asks for its own fields of it."""

from keqiao.core.programme.forms import Form, asked_at

FORM = Form.model_validate(
    {
        "id": "form",
        "title": "申报书",
        "fields": [
            {"id": "first", "kind": "heading", "label": "一"},
            {"id": "all", "label": "都填"},
            {"id": "second", "kind": "heading", "label": "二"},
            {"id": "ruled", "label": "按规则", "rule": "garden.r1"},
            {"id": "limited", "label": "按类别", "only_in": ["school", "garden"]},
            {"id": "third", "kind": "heading", "label": "三"},
        ],
    }
)


def ids(path: tuple[str, ...], *rules: str) -> list[str]:
    return [field.id for field in asked_at(FORM, path, rules)]


def test_a_field_of_a_rule_is_asked_where_the_rule_holds():
    assert ids(("track", "other"), "garden.r1") == ["first", "all", "second", "ruled"]


def test_a_field_of_some_categories_is_asked_in_these_and_below_them():
    assert ids(("track", "school")) == ids(("school", "below")) == ["first", "all", "second", "limited"]


def test_a_heading_with_nothing_below_it_is_left_out():
    assert ids(("track",)) == ["first", "all"]
