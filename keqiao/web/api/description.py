"""The published description of the interface (OpenAPI 3.1), with everything that an address may answer."""

from functools import cache
from typing import Any

from keqiao.web.api.problems import MEDIA_TYPE
from keqiao.web.api.schemas import Problem
from keqiao.web.api.site import api

PREFIX = "/api/v1"
TRIGGERS = {
    "400": "the request is malformed",
    "404": "not there, or not to be seen",
    "422": "not as described, or not fitting the form",
    "429": "too many requests; see Retry-After",
}
WITH_TOKEN = {"401": "no valid token", "403": "the token lacks the scope"}
WRITING = {"409": "the rules refuse it; all reasons are in findings"}
UPLOADING = {
    "413": "the file is larger than its place takes",
    "503": "files cannot be looked through for viruses just now: come again",
    "507": "there is no room for it",
}
SUBMITTING = {"503": "the house is full: come again with queue after Retry-After seconds"}


@cache
def description() -> dict[str, Any]:
    """Return the description as plain values."""
    said: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    schemas = said.setdefault("components", {}).setdefault("schemas", {})
    shape = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= shape.pop("$defs", {})
    schemas["Problem"] = shape
    for path in said["paths"].values():
        for method, operation in path.items():
            operation["responses"] |= {
                code: _problem(why) for code, why in _troubles(method, operation).items()
            }
    return said


def _troubles(method: str, operation: dict[str, Any]) -> dict[str, str]:
    found = dict(TRIGGERS)
    if operation.get("security"):
        found |= WITH_TOKEN
    if method != "get":
        found |= WRITING
    if any(each["name"] == "Idempotency-Key" for each in operation.get("parameters", ())):
        found |= SUBMITTING
    if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}):
        found |= UPLOADING
    return found


def _problem(why: str) -> dict[str, Any]:
    return {"description": why, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
