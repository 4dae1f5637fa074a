"""Specifications to write papers of: those of the shipped calls with complete answers, and small ones."""

from functools import cache

from keqiao.core.forms.specification import Specification, specification_for
from keqiao.core.programme.forms import Form
from keqiao.readers.form_examples import example_of
from keqiao.readers.programmes import demonstration, shipped


@cache
def of_the_calls():
    """A specification and complete answers for every category of the shipped calls that asks for a form."""
    found = []
    for name in shipped():
        programme = demonstration(name)
        for path in paths(programme.categories):
            specification = specification_for(programme, path)
            if specification is not None:
                found.append((specification, example_of(specification, programme.id)))
    return tuple(found)


@cache
def one_of_each_form():
    """The same, one for each form."""
    return tuple(
        {specification.form.id: (specification, said) for specification, said in of_the_calls()}.values()
    )


def paths(categories, above=()):
    """The paths of categories and of all below them."""
    for category in categories:
        yield (*above, category.id)
        yield from paths(category.categories, (*above, category.id))


def asking(*fields, **about):
    """The specification of a form with these fields, each a mapping."""
    form = Form.model_validate({"id": "sample", "title": "样表", "fields": fields, **about})
    return Specification(form=form, fields=form.fields)
