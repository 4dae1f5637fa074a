"""Setting type: in a child with limits, with the fonts that are there, words as data."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from keqiao.writers.pdf import FOLDERS, NotSet, type_missing_for, typeset
from keqiao.writers.pdf.child import TEMPLATES, answer, printable
from keqiao.writers.pdf.fonts import cast, without_type

AT = datetime(2031, 3, 5, tzinfo=UTC)
SHEET = {
    "about": {"title": "表", "issuers": ["江州市科协"], "keywords": ""},
    "language": "zh",
    "kicker": "江州市科协",
    "title": "科普讲座",
    "subtitle": "",
    "warning": "",
    "sections": [],
    "foot": ["第 1 版"],
}
FONTS = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, FOLDERS))
)


def test_each_part_has_the_shipped_fonts_where_there_are_no_others():
    assert FONTS.families() == ["Noto Sans SC", "Noto Serif SC"]
    assert {name: (part["families"][0], part["weight"]) for name, part in cast(FONTS.families()).items()} == {
        "title": ("Noto Serif SC", 700),
        "body": ("Noto Serif SC", 400),
        "first": ("Noto Sans SC", 500),
        "second": ("Noto Serif SC", 700),
        "foot": ("Noto Serif SC", 400),
    }


def test_the_fonts_of_the_office_come_first_and_those_that_have_all_characters_behind():
    found = [*FONTS.families(), "FangSong_GB2312", "FandolFang R", "FandolKai R"]

    parts = cast(found)

    assert parts["body"] == {"families": ["FangSong_GB2312", "Noto Serif SC", "Noto Sans SC"], "weight": 400}
    assert parts["second"]["families"][0] == "FandolKai R"


def test_a_part_without_any_font_is_named():
    with pytest.raises(KeyError, match="first"):
        cast(["Noto Serif SC"])


def test_without_fonts_nothing_is_set(tmp_path):
    with pytest.raises(NotSet, match="no font"):
        typeset("sheet", SHEET, at=AT, folders=(tmp_path,))


def test_characters_without_type_are_found_in_all_fonts_together():
    assert type_missing_for("喆堃珺䶮㎡①—〔〕ABC\n\u200b") == ""
    assert without_type("科普🎬𠮷x🚀", FONTS.fonts()) == "🎬🚀" + "𠮷" * ("𠮷" in type_missing_for("𠮷"))


def test_control_characters_go_and_everything_else_stays():
    assert printable({"a": ["x\x00\x0by", 1, None, {"b": "换\u0085行"}]}) == {
        "a": ["xy", 1, None, {"b": "换行"}]
    }


def test_a_warning_of_the_setter_is_a_failure(tmp_path, monkeypatch):
    (tmp_path / "careless.typ").write_text('#set text(font: "No Such Font")\n文字', encoding="utf-8")
    monkeypatch.setattr("keqiao.writers.pdf.child.TEMPLATES", tmp_path)

    said, pdf = answer({"template": "careless", "values": {}, "at": 0, "folders": [str(f) for f in FOLDERS]})

    assert (said, pdf) == ({"failed": "unknown font family: no such font"}, b"")


@pytest.mark.parametrize("outside", ["/etc/passwd", "../child.py", "../../../../../../etc/passwd"])
def test_a_template_reaches_nothing_but_templates(tmp_path, monkeypatch, outside):
    (tmp_path / "curious.typ").write_text(f"#read({json.dumps(outside)})", encoding="utf-8")
    monkeypatch.setattr("keqiao.writers.pdf.child.TEMPLATES", tmp_path)

    said, pdf = answer({"template": "curious", "values": {}, "at": 0, "folders": [str(f) for f in FOLDERS]})

    assert pdf == b""
    assert "failed" in said


def test_no_template_asks_for_a_package_or_a_file_that_is_none_of_ours():
    for template in TEMPLATES.glob("*.typ"):
        words = template.read_text(encoding="utf-8")
        assert "@preview" not in words
        assert "read(" not in words


def test_what_takes_too_long_is_ended_and_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("keqiao.writers.pdf.setting.SECONDS", 0.05)

    with pytest.raises(NotSet) as refused:
        typeset("sheet", SHEET, at=AT)

    assert (refused.value.too_large, str(refused.value)) == (True, "too_slow")
    assert list(tmp_path.iterdir()) == []
    assert not children()


def test_what_takes_too_much_memory_is_ended(monkeypatch):
    monkeypatch.setattr("keqiao.writers.pdf.setting.MEMORY_MB", 120)
    rows = [{"label": "", "words": "科普" * 2000, "notes": []}] * 300
    endless = {**SHEET, "sections": [{"title": "", "kind": "items", "level": 1, "notes": [], "rows": rows}]}

    with pytest.raises(NotSet) as refused:
        typeset("sheet", endless, at=AT)

    assert refused.value.too_large


def children():
    """The processes whose parent is this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue  # it has ended meanwhile
        if int(fields[1]) == os.getpid():
            found.append(status.parent.name)
    return found
