"""Put what an act refuses at the fields of the form that asked for it."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

FILE = "file"


def add_faults(form: forms.BaseForm, wrong: ValidationError) -> None:
    """Put each fault at its field; those of fields that the form does not show stand above it.

    What room files refuses (its codes begin with ``file.``) stands at the field ``file``.
    """
    if not hasattr(wrong, "error_dict"):
        of_file = str(getattr(wrong, "code", "")).startswith(f"{FILE}.") and FILE in form.fields
        form.add_error(FILE if of_file else None, wrong)
        return
    for name, faults in wrong.error_dict.items():
        field = name if name != NON_FIELD_ERRORS and name in form.fields else None
        for fault in faults:
            form.add_error(field, fault)
