"""What officers write about a call."""

from keqiao.web.programmes.forms.answers import AnswerForm, PublishForm, RemoveForm
from keqiao.web.programmes.forms.ending import CancelForm
from keqiao.web.programmes.forms.starting import (
    DefinitionForm,
    DocumentForm,
    EarlierCallForm,
    SheetForm,
    ShippedForm,
)

__all__ = [
    "AnswerForm",
    "CancelForm",
    "DefinitionForm",
    "DocumentForm",
    "EarlierCallForm",
    "PublishForm",
    "RemoveForm",
    "SheetForm",
    "ShippedForm",
]
