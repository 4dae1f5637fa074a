"""One-click mends of a form that names a field it does not have: take the name out, or put the field back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from keqiao.core.findings import Finding
from keqiao.core.programme import Programme
from keqiao.core.programme.forms import Form
from keqiao.core.programme.forms.fields import TableField
from keqiao.core.programme.forms.mending import named_again, with_field_again, without_name
from keqiao.readers import ready_forms
from keqiao.web.programmes import queries
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Draft

MISSING = "programme.form_path_missing"
REMOVE, RESTORE = "remove", "restore"
LOOKED_BACK, AT_ONCE = 60, 10  # versions


@dataclass(frozen=True, slots=True)
class Mend:
    """What can be done about one finding: ``removed`` and ``restored`` are the form afterwards, None: it cannot.

    ``place`` and ``path`` say which name it is; ``label`` is how the field that is gone was called.
    """

    place: str
    path: str
    label: str
    removed: Form | None
    restored: Form | None

    def form(self, act: str) -> Form | None:
        """Return the form after the act."""
        return {REMOVE: self.removed, RESTORE: self.restored}.get(act)


Mends = dict[tuple[Any, ...], Mend]


def mends_of(draft: Draft, form: Form, findings: list[Finding]) -> Mends:
    """Return what can be done about each finding that names a field which is not there."""
    missing = [each for each in findings if each.code == MISSING]
    paths = {key_of(each): _whole_path(form, each) for each in missing}
    earlier = {path: _earlier(draft, form, path) for path in set(paths.values())}
    return {key_of(each): _mend(form, each, (path := paths[key_of(each)]), earlier[path]) for each in missing}


def key_of(finding: Finding) -> tuple[Any, ...]:
    """Return what tells one such finding from the others of its form."""
    return (*finding.at, finding.values.get("path"))


def _whole_path(form: Form, finding: Finding) -> str:
    """A column names its neighbours by their ids alone."""
    path, place = str(finding.values["path"]), finding.at[2:]
    field = form.fields[int(place[1])] if place[0] == "fields" else None
    if isinstance(field, TableField) and any(path in each.of for each in field.columns):
        return f"{field.id}.{path}"
    return path


def _mend(form: Form, finding: Finding, path: str, earlier: Form | None) -> Mend:
    place, named = finding.at[2:], str(finding.values["path"])
    return Mend(
        ".".join(str(each) for each in place),
        named,
        named_again(earlier, path) if earlier else "",
        without_name(form, place, named),
        with_field_again(form, earlier, path) if earlier else None,
    )


def _earlier(draft: Draft, form: Form, path: str) -> Form | None:
    """The last version of the form, or else the one of the library it was taken from, that has what the path names."""
    for earlier in _forms_before(draft, form):
        if with_field_again(form, earlier, path) is not None:
            return earlier
    return None


def _forms_before(draft: Draft, form: Form) -> Iterator[Form]:
    for newest in range(draft.version - 1, max(draft.version - LOOKED_BACK, 0), -AT_ONCE):
        kept = queries.contents_of(draft, range(newest, max(newest - AT_ONCE, 0), -1))
        for version in sorted(kept, reverse=True):
            yield from _called(programme_of(kept[version]), form.id)
    if form.ready_made:
        yield ready_forms.load(form.ready_made).form


def _called(programme: Programme, identifier: str) -> list[Form]:
    return [each for each in programme.forms if each.id == identifier]
