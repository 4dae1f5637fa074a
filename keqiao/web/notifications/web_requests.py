"""One request to a provider, and what its failure means: may the message have gone?"""

import json
from collections.abc import Mapping
from typing import Any

import httpx

from keqiao.web.notifications.faults import NotTaken, Unsure

TIME_OUT = httpx.Timeout(20.0, connect=5.0)
"""Seconds."""
TOO_MANY, SERVER_FAULT, UNAVAILABLE = 429, 500, 503
LONGEST_ANSWER = 65_536  # bytes


def post(request: httpx.Request) -> dict[str, Any]:
    """Send a request and return the object that it is answered with.

    Raises:
        NotTaken: no connection, or an answer that says it was not taken (3xx, 4xx, 429, 503).
        Unsure: the connection broke after it stood, or the server failed over it (5xx), or its answer is no object.
    """
    try:
        with httpx.Client(timeout=TIME_OUT, trust_env=False) as client:
            answer = client.send(request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as fault:
        raise NotTaken(type(fault).__name__) from fault
    except httpx.HTTPError as fault:
        raise Unsure(type(fault).__name__) from fault
    if answer.status_code in (TOO_MANY, UNAVAILABLE):
        raise NotTaken(f"http_{answer.status_code}")
    said = _object(answer)
    if said is None and answer.status_code >= SERVER_FAULT:
        raise Unsure(f"http_{answer.status_code}")
    if said is None and not answer.is_success:
        raise NotTaken(f"http_{answer.status_code}", for_good=True)
    if said is None:
        raise Unsure("answer_not_understood")
    return said


def _object(answer: httpx.Response) -> dict[str, Any] | None:
    """What the provider says, also where it says no: their refusals come as JSON with a status of 4xx or 5xx."""
    if len(answer.content) > LONGEST_ANSWER:
        return None
    try:
        said = json.loads(answer.content)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def as_json(values: Mapping[str, Any]) -> bytes:
    """Return the body of a request, whose bytes are signed as they are."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
