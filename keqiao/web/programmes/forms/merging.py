"""What an officer decides where two changed the same part, carried with both sides from page to page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from pydantic import TypeAdapter, ValidationError

from keqiao.core.programme.merging import Side
from keqiao.readers.reading.words import Words
from keqiao.web.programmes.actions import PartChange
from keqiao.web.programmes.forms.fields import LAST_VERSION, VersionedForm
from keqiao.web.programmes.parts import HEAD, Part
from keqiao.web.programmes.refusals import Conflict
from keqiao.web.programmes.wording.labels import is_slot

SIDES = {side.value: side for side in Side}
_WORDS = TypeAdapter(Words)


class MergeForm(VersionedForm):
    """The part, the version that both began with (``seen``), one's own value, and a choice for each field.

    ``version`` is the one whose contents are shown as the other side's.
    """

    seen = forms.IntegerField(min_value=1, max_value=LAST_VERSION, widget=forms.HiddenInput)
    node = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    slot = forms.CharField(max_length=40, widget=forms.HiddenInput)
    entry = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    value = forms.JSONField(required=False, widget=forms.HiddenInput)
    words = forms.JSONField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    @classmethod
    def of(cls, conflict: Conflict) -> "MergeForm":
        """Return the form that asks about ``conflict``."""
        sides = conflict.sides
        node, slot, entry = sides.part.as_list()
        known = {
            "version": conflict.version,
            "seen": conflict.seen,
            "node": node,
            "slot": slot,
            "entry": entry,
        }
        return cls(initial={**known, "value": sides.mine, "words": sides.words, "reason": sides.reason})

    def clean_words(self) -> dict[str, Any] | None:
        """The words come back from a page and are kept as they stand: they must be such as a part is tied to."""
        words = self.cleaned_data["words"]
        if words is None or words == {}:
            return words
        try:
            tied = _WORDS.validate_python(words).as_values()
        except ValidationError as forged:
            raise forms.ValidationError("no words of a document", code="unknown") from forged
        if any("\0" in said for said in tied.values() if isinstance(said, str)):
            raise forms.ValidationError("no words of a document", code="unknown")
        return tied

    def clean(self) -> dict[str, Any]:
        """The part must be one that a definition can have, and a head must have fields."""
        cleaned = super().clean() or {}
        slot, value = cleaned.get("slot", ""), cleaned.get("value")
        if not is_slot(slot) or (slot == HEAD and not isinstance(value, dict)):
            self.add_error("slot", forms.ValidationError("no part of a definition", code="unknown"))
        return cleaned

    @property
    def part(self) -> Part:
        """The part that both changed."""
        return Part(self.cleaned_data["node"], self.cleaned_data["slot"], self.cleaned_data["entry"])

    def choices(self, keys: Sequence[str]) -> dict[str, Side]:
        """Return whose value was chosen for each of these fields; a button may choose one side for all."""
        for_all = SIDES.get(self.data.get("all", ""))
        chosen = {key: SIDES.get(self.data.get(f"choice-{key}", "")) for key in keys}
        return {key: side for key, one in chosen.items() if (side := for_all or one)}

    def change(self, value: Any) -> PartChange:
        """Return the change that has the part say ``value``."""
        said = self.cleaned_data
        reason = said["reason"] if value is None else ""
        return PartChange(said["version"], self.part, value, reason, said["words"])
