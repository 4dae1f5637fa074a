"""The shell speaks both languages: no sentence without English, none that skips translation."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

from scripts.translations import faults_in_translations
from tests.architecture.tree import files, shown

CHINESE = re.compile(r"[\u3400-\u9fff]+")
NOTE = re.compile(r"<!--.*?-->", re.DOTALL)
CONSTANT = re.compile(r"""_\((['"]).*?\1\)""")
NAMED = re.compile(r"""<(\w+)[^>]*\blang="[^"]+"[^>]*>[^<]*</\1>""")  # says its own language: 中文, English
BLOCKS = {"comment": "endcomment", "blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans"}


def untranslated(path: Path, text: str) -> Iterator[str]:
    """Chinese words in a template that stand outside of what gets translated."""
    inside = ""
    for token in Lexer(NAMED.sub("", NOTE.sub("", text))).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split(maxsplit=1)[0]
            inside = "" if word == inside else inside or BLOCKS.get(word, "")
        elif token.token_type == TokenType.TEXT and not inside:
            words = CONSTANT.sub("", token.contents)
            yield from (f"{shown(path)}: {found[0]}" for found in CHINESE.finditer(words))


def test_every_sentence_has_its_english():
    assert faults_in_translations() == []


def test_no_template_skips_translation():
    templates = list(files(".html", ".txt", under="keqiao/web"))

    assert [fault for path in templates for fault in untranslated(path, path.read_text())] == []


def test_a_sentence_that_skips_translation_is_found():
    sound = "{% comment %}注{% endcomment %}{% translate '好' %}{% blocktranslate %}甲{% endblocktranslate %}"
    page = f'{sound}<a lang="zh">中文</a><c-x :label="_(\'签\')" /><p>你好</p>'

    assert list(untranslated(Path("a.html"), page)) == ["a.html: 你好"]


def test_faults_of_the_parts_are_found(tmp_path):
    parts = tmp_path / "locale" / "en" / "parts"
    parts.mkdir(parents=True)
    (parts / "one.po").write_text('msgid "甲"\nmsgstr "A"\n\n#, fuzzy\nmsgid "乙"\nmsgstr "B"\n')
    (parts / "two.po").write_text('msgid "甲"\nmsgstr "Alpha"\n\nmsgid "旧"\nmsgstr "old"\n')
    (tmp_path / "views.py").write_text('_("甲")\n_("乙")\n_("丙")\n')

    assert faults_in_translations(tmp_path) == [
        "one.po:5: fuzzy; confirm the English and remove the mark",
        "two.po:1: '甲' has another English in one.po:1",
        "views.py:3: no English for '丙'",
        "locale/en/parts: '旧' is used nowhere",
    ]
