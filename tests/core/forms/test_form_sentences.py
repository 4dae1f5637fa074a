"""Every code that the forms tell has a sentence, every sentence is told, every part of a block has a word."""

import re
from pathlib import Path
from typing import get_args

from keqiao.core import forms
from keqiao.core.forms.parts import ON_PAPER, word_of
from keqiao.core.programme.forms.fields import PersonPart, UnitPart
from keqiao.readers.messages import sentence, sentences

SOURCES = [path.read_text(encoding="utf-8") for path in Path(forms.__file__).parent.rglob("*.py")]
PRECISIONS = ("day", "month", "year")


def codes_told():
    found = {code for source in SOURCES for code in re.findall(r'"(form\.[a-z_]+)"', source)}
    return found | {f"form.date_unreadable_{precision}" for precision in PRECISIONS}


def test_every_code_has_a_sentence_and_every_sentence_is_told():
    written = {code for code in sentences() if code.startswith("form.")}

    assert len(written) > 80
    assert codes_told() == written


def test_every_part_of_a_block_has_a_word():
    parts = {*get_args(PersonPart), *get_args(UnitPart)} - ON_PAPER

    assert [part for part in sorted(parts) if word_of(part) not in sentences()] == []


def test_words_inside_a_value_are_said_in_the_language_of_the_sentence():
    values = {"label": "负责人·word.form_part.phone", "typed": "x", "options": ("word.form_kind.pdf", "甲")}

    assert (
        sentence("form.choice_unreadable", values)
        == "看不出“负责人·电话”选的是哪一项（“x”）。请从PDF、甲中选择。"
    )
    assert sentence("form.choice_unreadable", values, "en") == (
        "It is not clear what was chosen for “负责人·telephone” (“x”). Choose from PDF, 甲."
    )
