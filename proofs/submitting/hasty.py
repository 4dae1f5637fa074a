"""A server with a planted fault: it stamps a form when its head has come, not its last byte."""

from keqiao.web.config.middleware import arrival
from keqiao.web.config.wsgi import application

__all__ = ["application"]

arrival.fault_of_form = lambda _request: None  # read later, by the check of the form token
