"""What holds of every kind of sheet that any room declares."""

import tempfile
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import translation

from keqiao.readers.tables.headings import find_headings
from keqiao.readers.tables.table import read_grids_safely
from keqiao.web.imports import sheet_kinds, tables
from keqiao.web.imports.columns import Column, Context, Text
from keqiao.web.imports.sheet_kinds import SheetKind, all_sheet_kinds
from tests.web import make
from tests.web.imports.importing import NOW

pytestmark = pytest.mark.django_db

KINDS = [kind.code for kind in all_sheet_kinds()]


def kind_called(code):
    return next(kind for kind in all_sheet_kinds() if kind.code == code)


def test_the_rolls_are_among_the_kinds():
    assert {"parties.units", "parties.people", "parties.members", "parties.council"} <= set(KINDS)


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_template_of_every_kind_is_read_by_its_own_headings(code, language):
    kind = kind_called(code)
    with translation.override(language):
        content = tables.template(kind).content
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(content)
        file.flush()
        grid = read_grids_safely(Path(file.name), "xlsx")[0]

    found = find_headings(grid, {column.key: column.names() for column in kind.all_columns})

    assert (list(found.columns), found.unknown, found.twice) == (
        [column.key for column in kind.all_columns],
        (),
        (),
    )


@pytest.mark.parametrize("code", KINDS)
def test_every_kind_opens_to_officers_alone_and_exports_nothing_of_an_empty_association(code):
    association = make.association()
    officer = make.officer(association)
    kind = kind_called(code)

    assert dict(kind.may_import(officer, NOW)) == {association.pk: association.site_name}
    assert dict(kind.may_import(make.user(), NOW)) == {}
    assert list(kind.export(Context(association.pk, officer, NOW))) == []


@pytest.mark.parametrize("code", KINDS)
def test_titles_and_identities_of_every_kind_name_columns_it_has(code):
    kind = kind_called(code)
    keys = {column.key for column in kind.all_columns}

    assert {key for names in kind.identity for key in names} <= keys
    assert kind.named_by
    assert set(kind.named_by) <= keys


def test_a_kind_with_a_heading_twice_or_the_code_of_another_is_refused():
    def planted(code, *headers):
        columns = tuple(Column(f"k{place}", header, Text()) for place, header in enumerate(headers))
        nothing = {"may_import": lambda *_: {}, "match": lambda *_: {}, "export": lambda _: ()}
        return SheetKind(code, "甲", "", columns, identity=(), apply=lambda *_: "", **nothing)

    for wrong in (planted("x.new", "名称", "名称"), planted("x.new", "系统编号"), planted(KINDS[0], "名称")):
        with pytest.raises(ImproperlyConfigured):
            sheet_kinds.register(wrong)
    assert [kind.code for kind in all_sheet_kinds()] == KINDS
