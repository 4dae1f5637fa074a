"""A server with a planted fault: it answers the receipt and takes back what it wrote."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.db import transaction

from keqiao.web.config.wsgi import application

__all__ = ["application"]

submitting = import_module("keqiao.web.applications.actions.submitting")  # once the applications are loaded


def taken_back(act: Callable[..., Any]) -> Callable[..., Any]:
    """Do the act and have its transaction roll back without a word."""

    def lying(*said: Any) -> Any:
        receipt = act(*said)
        transaction.set_rollback(True)
        return receipt

    return lying


submitting._submit = taken_back(submitting._submit)
