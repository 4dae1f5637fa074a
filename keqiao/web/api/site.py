"""The interface as a whole: its parts, what it answers where something is wrong, its description."""

from typing import Any

from django.core.exceptions import BadRequest, ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NotAsDescribed

from keqiao.web.api.content import Misshapen
from keqiao.web.api.endpoints import applications, attachments, calls, eligibility, endorsement
from keqiao.web.api.problems import problem
from keqiao.web.applications.admission import Waiting
from keqiao.web.applications.refusals import Conflict, Refused

VERSION = "1.0.0"
DESCRIPTION = """Keqiao 科桥: calls of associations for science and technology, and what one's own units do in them.

Tokens are made under “我的账号 → 接口令牌” and sent as `Authorization: Bearer kq_…`. What may not be seen does not
exist (404). Everything that is refused says all its reasons at once, each with the clause. Amounts are whole numbers
of fen (分), times ISO 8601 with offset. Chinese by default; `?lang=en` answers in English.

Endorsing is read only, by decision and not for lack of time: recommending, ranking, forwarding and taking back are acts
of an office under its seal, with a signed opinion; people do them on the pages."""

api = NinjaAPI(title="Keqiao 科桥", version=VERSION, description=DESCRIPTION, openapi_url=None, docs_url=None)
api.add_router("", calls.router)
api.add_router("", eligibility.router)
api.add_router("", applications.router)
api.add_router("", attachments.router)
api.add_router("", endorsement.router)

OF_FILES = {
    "file.not_allowed": 404,
    "file.too_large": 413,
    "file.too_many": 429,
    "file.not_scanned": 503,
    "file.no_room": 507,
}
"""What is wrong with a file by its code; everything else about one is 422."""


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def nothing_there(_request: HttpRequest, _fault: Any) -> HttpResponse:
    """What may not be seen does not exist."""
    return problem(404)


@api.exception_handler(PermissionDenied)
def not_theirs(_request: HttpRequest, _fault: PermissionDenied) -> HttpResponse:
    """A refusal that would tell more stays a page that is not there."""
    return problem(404)


@api.exception_handler(HttpError)
def refused_by_scope(_request: HttpRequest, fault: HttpError) -> HttpResponse:
    """The token lacks a scope, or the body is no JSON."""
    return problem(fault.status_code, str(fault))


@api.exception_handler(BadRequest)
def bad_request(_request: HttpRequest, fault: BadRequest) -> HttpResponse:
    """The request did not come whole."""
    return problem(400, str(fault))


@api.exception_handler(NotAsDescribed)
def not_as_described(_request: HttpRequest, fault: NotAsDescribed) -> HttpResponse:
    """Something sent is not what the description says, with all places."""
    faults = [
        {"at": list(each["loc"]), "keyword": each["type"], "words": each["msg"]} for each in fault.errors
    ]
    return problem(422, more={"faults": faults})


@api.exception_handler(Misshapen)
def misshapen(_request: HttpRequest, fault: Misshapen) -> HttpResponse:
    """The answers do not fit the form."""
    return problem(422, more={"faults": fault.faults})


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """A rule of an act that has no clause: it says so in words."""
    return problem(OF_FILES.get(getattr(fault, "code", None) or "", 422), " ".join(fault.messages))


@api.exception_handler(Refused)
def refused(_request: HttpRequest, fault: Refused) -> HttpResponse:
    """The rules do not allow it, with all reasons."""
    return problem(409, findings=fault.findings)


@api.exception_handler(Conflict)
def conflict(_request: HttpRequest, fault: Conflict) -> HttpResponse:
    """Others changed the same answers: nothing was saved."""
    return problem(409, more={"version": fault.version, "fields": list(fault.fields)})


@api.exception_handler(Waiting)
def waiting(_request: HttpRequest, fault: Waiting) -> HttpResponse:
    """The house is full: the arrival is kept in ``queue``."""
    answer = problem(503, more={"queue": fault.token, "position": fault.position})
    answer.headers["Retry-After"] = str(fault.retry_after)
    return answer
