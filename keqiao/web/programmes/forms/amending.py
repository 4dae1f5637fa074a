"""Take in a correction or extension notice; say what becomes of its changes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.findings import Finding, Weight
from keqiao.core.guides.amendments.values import Grammar
from keqiao.core.guides.schedule import Clock
from keqiao.core.programme.amending.asked import Moment, Money, Number, Said, Words
from keqiao.readers.messages import say
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.web.programmes.actions import Verdict
from keqiao.web.programmes.amendments.shown import ProposalShown
from keqiao.web.programmes.amendments.values import ACCEPT, ASIDE, BY_HAND
from keqiao.web.programmes.forms.fields import VersionedForm
from keqiao.web.programmes.forms.starting import DocumentForm
from keqiao.web.programmes.wording.labels import language_now

VERDICTS = ((ACCEPT, _("采纳")), (ASIDE, _("不采纳")), (BY_HAND, _("手工办理")))


class NoticeForm(DocumentForm):
    """The notice that corrects or extends a call."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = _("更正、补充或延期通知")


class TieForm(forms.Form):
    """The call that a notice is about."""

    call = forms.UUIDField()


class VerdictForm(forms.Form):
    """What an officer says to one proposal; ``value`` replaces the proposed one if it is filled in."""

    key = forms.CharField(max_length=300, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=VERDICTS)
    candidate = forms.IntegerField(required=False, min_value=0)
    value = forms.CharField(label=_("改为"), required=False, max_length=200)
    reason = forms.CharField(label=_("理由"), required=False, max_length=200)

    def __init__(self, *args: Any, proposal: ProposalShown | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.proposal = proposal

    def clean(self) -> dict[str, Any]:
        """What is set aside needs a reason; what is written anew has to be a value of the same kind."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == ASIDE and not cleaned.get("reason", "").strip():
            self.add_error("reason", ValidationError(_("请写明不采纳的理由。"), code="required"))
        if cleaned.get("verdict") == ACCEPT and cleaned.get("candidate") is None:
            self.add_error("candidate", ValidationError(_("请先选定改哪一个部分。"), code="required"))
        words = cleaned.get("value", "").strip()
        cleaned["after"] = said_as(words, self._standing(cleaned.get("candidate"))) if words else None
        if words and cleaned["after"] is None:
            finding = Finding("amendment.value_unread", Weight.REFUSE, {"words": words})
            self.add_error("value", ValidationError(say(finding, language_now()), code="unread"))
        return cleaned

    def _standing(self, number: int | None) -> Said | None:
        """The value at the part that was chosen: one written anew has to be of its kind."""
        candidates = self.proposal.proposal.candidates if self.proposal else ()
        chosen = candidates[number] if number is not None and number < len(candidates) else None
        return (chosen.before or chosen.after) if chosen else None

    def said(self) -> Verdict:
        """Return what was said, for the actions."""
        cleaned = self.cleaned_data
        after = cleaned["after"] if cleaned["verdict"] == ACCEPT else None
        number = cleaned.get("candidate") or 0
        return Verdict(cleaned["key"], cleaned["verdict"], number, after, cleaned["reason"].strip())


class MergeForm(VersionedForm):
    """Merge what was accepted into the draft."""


def said_as(words: str, standing: Said | None) -> Said | None:
    """Read ``words`` as notices write values; None where they are no value of the kind of ``standing``."""
    if isinstance(standing, Words):
        return Words(words)
    year = standing.on.year if isinstance(standing, Moment) else None
    said = Grammar(guide_vocabulary().counts, Clock(None, year)).value(words)
    if isinstance(standing, Number) and isinstance(said, Number) and not said.unit:
        said = Number(said.value, standing.unit, said.high)
    kinds = (Moment, Money, Number)
    fits = type(said) is type(standing) if isinstance(standing, kinds) else isinstance(said, kinds)
    return said if fits else None
