"""Addresses of the desk of forms, for its templates."""

from urllib.parse import urlencode
from uuid import UUID

from django import template
from django.urls import reverse

from keqiao.core.findings import Finding
from keqiao.web.programmes.form_desk.mending import Mend, key_of
from keqiao.web.programmes.form_desk.page import FormPage
from keqiao.web.programmes.form_desk.preview import Preview
from keqiao.web.programmes.proofreading.addresses import form_address

register = template.Library()
register.simple_tag(form_address, name="form_address")


@register.simple_tag
def form_act(call_id: UUID, name: str, form: str, *steps: str) -> str:
    """Return the address of a page or an act about one form."""
    return f"{reverse(f'programmes:{name}', args=[call_id, *steps])}?{urlencode({'node': form})}"


@register.simple_tag
def mend_of(page: FormPage, finding: Finding) -> Mend | None:
    """Return what can be done about a finding with one click; nothing where a person has to think."""
    return page.mends.get(key_of(finding))


@register.simple_tag
def new_field_address(call_id: UUID, form: str, kind: str, behind: str = "") -> str:
    """Return the page that adds a field of this kind, behind the field ``behind`` or at the end."""
    asked = {"node": form, "type": kind, **({"behind": behind} if behind else {})}
    return f"{reverse('programmes:part_new', args=[call_id, 'fields'])}?{urlencode(asked)}"


@register.simple_tag
def condition_address(call_id: UUID, form: str, slot: str, entry: str, name: str) -> str:
    """Return the page of one condition of a field or a check."""
    asked = {"node": form, "slot": slot, "entry": entry, "name": name}
    return f"{reverse('programmes:form_condition', args=[call_id])}?{urlencode(asked)}"


@register.simple_tag
def form_file_address(call_id: UUID, preview: Preview, face: str) -> str:
    """Return the address of the blank form in one of its faces, as the category of the preview asks for it."""
    asked = {"node": preview.specification.form.id, "category": preview.category}
    return f"{reverse('programmes:form_file', args=[call_id, face])}?{urlencode(asked)}"
