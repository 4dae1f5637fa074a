"""Makers of signed PDFs: several pages, a certificate of its own or of an authority, altered after signing."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pypdfium2
from asn1crypto import cms, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata
from pyhanko_certvalidator.registry import SimpleCertificateStore

FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
SM2_WITH_SM3 = "1.2.156.10197.1.501"


def pages(count: int = 3) -> bytes:
    """An unsigned PDF of so many empty pages."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(count):
        document.new_page(595, 842)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def signer(name: str, authority: str = "") -> signers.SimpleSigner:
    """Somebody with a key, whose certificate is of an authority of this name, or self-signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    by = ec.generate_private_key(ec.SECP256R1()) if authority else key
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(_name(authority or name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(UNTIL)
        .sign(by, hashes.SHA256())
    )
    der = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        signing_key=keys.PrivateKeyInfo.load(der),
        cert_registry=SimpleCertificateStore(),
    )


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def signed(content: bytes, by: signers.SimpleSigner, field: str = "Signature1") -> bytes:
    """The PDF with one more signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    out: Any = signers.sign_pdf(writer, PdfSignatureMetadata(field_name=field), signer=by)
    return bytes(out.getvalue())


def altered(content: bytes) -> bytes:
    """The PDF with one byte of what was signed changed: the height of its pages, from 842 to 841."""
    assert b"842" in content
    return content.replace(b"842", b"841", 1)


def added_to(content: bytes) -> bytes:
    """The PDF with something added after signing, as an editor adds it: behind what was signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.set_info(None)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def by_means_unknown(content: bytes) -> bytes:
    """The PDF whose signature says that it was made with SM2, which no library here knows."""

    def say_so(data: cms.SignedData) -> None:
        data["signer_infos"][0]["signature_algorithm"]["algorithm"] = SM2_WITH_SM3

    return _rewritten(content, say_so)


def without_certificate(content: bytes) -> bytes:
    """The PDF whose signature does not say who made it."""

    def leave_out(data: cms.SignedData) -> None:
        data["certificates"] = cms.CertificateSet([])

    return _rewritten(content, leave_out)


def _rewritten(content: bytes, change: Callable[[cms.SignedData], None]) -> bytes:
    start, end = _place(content)
    info = cms.ContentInfo.load(bytes.fromhex(content[start:end].decode()))
    change(info["content"])
    said = info.dump(force=True).hex().encode()
    return content[:start] + said.ljust(end - start, b"0") + content[end:]


def _place(content: bytes) -> tuple[int, int]:
    start = content.index(b"/Contents <") + len(b"/Contents <")
    return start, content.index(b">", start)


def damaged(content: bytes) -> bytes:
    """The PDF whose signature holds no signature."""
    start, _end = _place(content)
    return content[:start] + b"ff" * 20 + content[start + 40 :]
