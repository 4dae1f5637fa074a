"""A server with a planted fault: it acknowledges a save and takes back what it wrote."""

from importlib import import_module
from typing import Any

from django.db import transaction

from keqiao.web.config.wsgi import application

__all__ = ["application"]

drafting = import_module("keqiao.web.applications.actions.drafting")  # once the applications are loaded
save = drafting._save


@transaction.atomic
def forget(*said: Any) -> Any:
    """Save and have the transaction roll back without a word."""
    saved = save(*said)
    transaction.set_rollback(True)
    return saved


drafting._save = forget
