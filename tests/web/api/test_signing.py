"""Signatures as receivers compute them: the published vector, and a verification written from the specification."""

import base64
import hashlib
import hmac

from keqiao.web.api.signing import new_secret, signed_headers

# github.com/standard-webhooks/standard-webhooks, libraries/python/tests/test_webhooks.py, test_sign_function
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
TIMESTAMP = 1614265330
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_vector_is_met():
    assert signed_headers(SECRET, ID, TIMESTAMP, BODY) == {
        "webhook-id": ID,
        "webhook-timestamp": "1614265330",
        "webhook-signature": SIGNATURE,
    }


def test_each_part_of_what_is_signed_counts():
    others = [
        signed_headers(SECRET, ID, TIMESTAMP, BODY + b" "),
        signed_headers(SECRET, ID + "x", TIMESTAMP, BODY),
        signed_headers(SECRET, ID, TIMESTAMP + 1, BODY),
        signed_headers(new_secret(), ID, TIMESTAMP, BODY),
    ]
    assert len({each["webhook-signature"] for each in others} | {SIGNATURE}) == 5


def test_a_secret_is_as_the_specification_asks():
    secret = new_secret()

    assert secret.startswith("whsec_")
    assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) <= 64
    assert new_secret() != secret


def verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """As a receiver does it."""
    key = base64.b64decode(secret.split("_", 1)[1])
    said = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    expected = base64.b64encode(hmac.digest(key, said, hashlib.sha256)).decode()
    return any(
        version == "v1" and hmac.compare_digest(given, expected)
        for version, given in (each.split(",", 1) for each in headers["webhook-signature"].split(" "))
    )
