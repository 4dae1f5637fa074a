"""Electronic signatures in a PDF, as they say of themselves: who, when, and whether the bytes are as they were signed.

Nothing is judged valid: no root is trusted here, nothing is fetched. A signature by means that are not known (SM2 of
some office programs) is reported as one that could not be looked into.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

MOST: Final = 20
LONGEST: Final = 120  # characters of a name
DAMAGED: Final = (PdfReadError, ValueError, TypeError)
"""What pyHanko and asn1crypto say where a signature is not built as it should be; pyHanko's own are ValueErrors."""
BY_UNKNOWN_MEANS: Final = (*DAMAGED, InvalidSignature, UnsupportedAlgorithm, NotImplementedError)
"""And where it was made by means that they or cryptography do not know: an algorithm, or a constraint on the signer
(pyHanko raises NotImplementedError for legal attestations). Anything else is a fault of ours.
"""


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """One signature. ``intact`` None: it could not be looked into.

    ``whole``: it covers the file as it is, so that nothing was added after it. ``at`` is the time that the signer's
    own clock gave (ISO 8601), "" where it gives none. ``self_issued``: no authority stands behind the certificate.
    """

    signer: str
    issuer: str
    at: str
    intact: bool | None
    whole: bool
    self_issued: bool


def signatures_in(path: Path) -> list[SignatureSeen]:
    """Return the signatures of a PDF, the first ``MOST``; none where its structure is beyond reading."""
    with path.open("rb") as file:
        try:
            found = PdfFileReader(file, strict=False).embedded_signatures[:MOST]
        except (PdfReadError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            return []  # its pages are looked at all the same
        return [_reported(each) for each in found]


def as_values(signatures: list[SignatureSeen]) -> list[dict[str, Any]]:
    """The signatures as JSON values."""
    return [asdict(each) for each in signatures]


def read_back(values: Any) -> Iterator[SignatureSeen]:
    """The signatures again, from the answer of a child that is not to be trusted.

    Raises:
        ValueError, KeyError, TypeError: it is no answer of the child.
    """
    for value in values[:MOST]:
        intact = value["intact"]
        yield SignatureSeen(
            signer=str(value["signer"])[:LONGEST],
            issuer=str(value["issuer"])[:LONGEST],
            at=str(value["at"])[:40],
            intact=None if intact is None else bool(intact),
            whole=bool(value["whole"]),
            self_issued=bool(value["self_issued"]),
        )


def _reported(signature: EmbeddedPdfSignature) -> SignatureSeen:
    """What one signature says of itself; where it cannot be read, only that there is one."""
    try:
        return _seen(signature)
    except DAMAGED:
        return SignatureSeen("", "", "", None, whole=False, self_issued=False)


def _seen(signature: EmbeddedPdfSignature) -> SignatureSeen:
    certificate = signature.signer_cert
    subject, issuer = certificate.subject, certificate.issuer
    at = signature.self_reported_timestamp
    signature.compute_integrity_info()  # type: ignore[no-untyped-call]
    return SignatureSeen(
        signer=_name(subject),
        issuer=_name(issuer),
        at=at.isoformat() if at else "",
        intact=_is_intact(signature),
        whole=signature.evaluate_signature_coverage().name == "ENTIRE_FILE",
        self_issued=subject == issuer,
    )


def _is_intact(signature: EmbeddedPdfSignature) -> bool | None:
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    try:
        status = validate_pdf_signature(signature, signer_validation_context=nobody)
    except BY_UNKNOWN_MEANS:
        return None
    return bool(status.intact and status.valid)


def _name(name: Any) -> str:
    said = name.native
    best = said.get("common_name") or said.get("organization_name") or name.human_friendly
    return str(best)[:LONGEST]
