"""What officers write about a call."""

from keqiao.web.programmes.forms.answers import AnswerForm, PublishForm
from keqiao.web.programmes.forms.entries import NewTargetForm, OfficeForm, RemoveForm, RuleForm, TargetForm
from keqiao.web.programmes.forms.nodes import HeadForm, TermsForm
from keqiao.web.programmes.forms.starting import DefinitionForm, DocumentForm

__all__ = [
    "AnswerForm",
    "DefinitionForm",
    "DocumentForm",
    "HeadForm",
    "NewTargetForm",
    "OfficeForm",
    "PublishForm",
    "RemoveForm",
    "RuleForm",
    "TargetForm",
    "TermsForm",
]
