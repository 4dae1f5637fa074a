"""Signatures of what is told to other programs, by the Standard Webhooks specification, version 1.0.0.

The receiver computes HMAC-SHA256 over ``<webhook-id>.<webhook-timestamp>.<body>`` with the bytes that stand in base64
behind ``whsec_``, and compares. Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
"""

import base64
import hashlib
import hmac
import secrets

PREFIX = "whsec_"
BYTES = 32
"""The specification asks for 24 to 64."""


def new_secret() -> str:
    """Return a secret that nobody knows yet."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def signed_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers that go with ``body``; ``timestamp`` in whole seconds since 1970 (UTC)."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
