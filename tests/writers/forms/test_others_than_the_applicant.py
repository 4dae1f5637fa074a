"""Whom a project is for, who joins it, what an authority says of it: asked, filled in, printed where calls want it."""

import docx
import pytest

from keqiao.core.findings import Weight
from keqiao.core.forms.checking import faults
from keqiao.core.forms.paper import paper_of
from keqiao.core.programme.forms.fields import FileField
from keqiao.writers.forms.word import write_word
from tests.writers.forms.specifications import of_the_calls


def forms_with(asks):
    """Every category that asks so: its id, the specification, complete answers, and the fields."""
    for specification, answers in of_the_calls():
        fields = [each for each in specification.fields if asks(each) and each.id in answers]
        if fields:
            yield specification.path[-1], specification, answers, fields


def printed(tmp_path, specification, answers):
    write_word(paper_of(specification, answers, to_fill=False), tmp_path / "form.docx")
    body = docx.Document(str(tmp_path / "form.docx")).element.body
    return "".join(body.itertext())


def refused(specification, answers):
    return [each for each in faults(specification, answers) if each.weight is Weight.REFUSE]


def test_a_beneficiary_is_another_unit_than_the_applicant_and_both_are_printed(tmp_path):
    asked = list(forms_with(lambda each: each.kind == "unit" and each.role == "beneficiary"))

    assert {"shifanyuan", "xiaoyuan", "nongzhongguan", "shequ"} <= {category for category, *_ in asked}
    for _category, specification, answers, (field,) in asked:
        words = printed(tmp_path, specification, answers)
        applicant = next(
            answers[each.id]["name"]
            for each in specification.fields
            if each.kind == "unit" and each.role == "applicant" and "name" in answers.get(each.id, {})
        )
        assert answers[field.id]["name"] != applicant
        assert answers[field.id]["name"] in words
        assert applicant in words
        assert refused(specification, answers) == []
        assert [each.at[0] for each in refused(specification, {**answers, field.id: {}})] == [field.id]


@pytest.mark.parametrize("part", ["number", "date"])
def test_a_document_of_an_authority_is_named_by_number_and_date(tmp_path, part):
    asked = list(forms_with(lambda each: isinstance(each, FileField) and each.numbered))

    assert {"shifanxian", "quanyu", "shidianxian", "shidianshi"} <= {category for category, *_ in asked}
    for _category, specification, answers, fields in asked:
        words = printed(tmp_path, specification, answers)
        for field in fields:
            (entry, *_more) = answers[field.id]
            assert entry["number"] in words
            without = {key: value for key, value in entry.items() if key != part}
            (fault,) = refused(specification, {**answers, field.id: [without]})
            assert (fault.code, fault.at[0]) == (
                {"number": "form.file_unnumbered", "date": "form.file_undated"}[part],
                field.id,
            )


def test_who_joins_is_listed_and_the_letter_of_all_is_wanted_with_it(tmp_path):
    asked = list(forms_with(lambda each: each.kind == "table" and each.role == "partner"))

    found = 0
    for _category, specification, answers, fields in asked:
        words = printed(tmp_path, specification, answers)
        for field in fields:
            for row in answers[field.id]:
                assert all(
                    value in words for value in row.values() if isinstance(value, str) and "-" not in value
                )
        letters = [
            each.id
            for each in specification.fields
            if isinstance(each, FileField) and "联合申报协议" in each.label and each.id in answers
        ]
        found += len(letters)
        for letter in letters:
            without = {key: value for key, value in answers.items() if key != letter}
            assert [(each.code, each.at[0]) for each in refused(specification, without)] == [
                ("form.files_missing", letter)
            ]
    assert found
