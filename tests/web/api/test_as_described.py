"""Whatever a program sends, every address answers as the published description says. Thousands more: ``prove``."""

import os
from copy import deepcopy

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from keqiao.web.api.description import description
from keqiao.web.applications import actions
from tests.web.api.callers import secret_of
from tests.web.applications import makers

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("API_EXAMPLES", "5"))
"""Requests that are made up for each address in each way of asking."""

made_up = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MALFORMED, WELL_FORMED = GenerationMode.NEGATIVE, GenerationMode.POSITIVE
ASKED = [
    (method.upper(), path, mode)
    for path, operations in description()["paths"].items()
    for method, said in operations.items()
    for mode in (WELL_FORMED, MALFORMED)
    if mode is WELL_FORMED or said.get("parameters") or "requestBody" in said
]


@pytest.fixture
def server(monkeypatch, settings):
    """The program as a server calls it; the connection stays the test's."""
    settings.OWN_RATE_LIMITS = {**settings.OWN_RATE_LIMITS, "api": "99999/m/key", "api_public": "99999/m/ip"}
    program = get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield lambda environ, start: program({**environ, "REMOTE_ADDR": "127.0.0.1"}, start)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def there():
    """What is really there, by the name of the parameter, and a token that may read and write it."""
    call, unit = makers.call(deadline={"on": "2090-06-30"}), makers.unit()
    account = makers.applicant(unit)
    draft = actions.start(makers.offer(call).pk, unit.pk, actor=account, at=makers.NOW)
    return {"pk": str(draft.pk), "unit": str(unit.pk), "slug": call.slug}, secret_of(account)


def interface(server, said=None):
    """The interface as its description says it."""
    schema = schemathesis.openapi.from_dict(said or description())
    schema.app = server
    return schema


def without_tokens():
    """The description as if no token were needed: those of the tests are always sent; see ``test_tokens``."""
    said = deepcopy(description())
    for operations in said["paths"].values():
        for operation in operations.values():
            operation.pop("security", None)
    return said


@pytest.mark.parametrize(("method", "path", "mode"), ASKED)
def test_every_address_answers_as_described(server, there, method, path, mode):
    known, secret = there
    operation = interface(server, without_tokens() if mode is MALFORMED else None)[path][method]
    without = (
        [positive_data_acceptance] if path.endswith(("/answers", "/attachments")) else []
    )  # the form decides what fits

    @made_up
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case):
        headers = {"Authorization": f"Bearer {secret}"}
        case.call_and_validate(headers=headers, excluded_checks=without)
        if case.path_parameters and mode is WELL_FORMED:
            case.path_parameters = {
                name: known.get(name, value) for name, value in case.path_parameters.items()
            }
            case.call_and_validate(headers=headers, excluded_checks=without)

    ask()


def test_an_answer_that_is_not_as_described_is_noticed(server):
    makers.call()
    interface(server)["/api/v1/calls"]["GET"].Case().call_and_validate()
    said = deepcopy(description())
    said["components"]["schemas"]["CallOut"]["properties"]["title"] = {"type": "integer"}

    with pytest.raises(FailureGroup):
        interface(server, said)["/api/v1/calls"]["GET"].Case().call_and_validate()
