"""Values from the environment: good ones are taken, wrong ones stop the start and say what to write."""

import json
import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from keqiao.web.config import environment
from keqiao.web.config.logs import logging_for


@pytest.mark.parametrize(
    ("written", "read"), [("1", True), ("on", True), (" Yes ", True), ("0", False), ("", False)]
)
def test_switches(written, read):
    assert environment.flag({"X": written}, "X") is read


def test_a_missing_value_takes_the_default():
    assert environment.flag({}, "X", default=True) is True
    assert environment.whole_number({}, "X", default=3) == 3
    assert environment.words({}, "X", default=["a"]) == ["a"]
    assert environment.site_url({}) == "http://127.0.0.1:8000"
    assert environment.site_url({"KEQIAO_PORT": "9000"}) == "http://127.0.0.1:9000"


def test_lists_and_addresses():
    assert environment.virus_scanner({}) == ""
    for address in ("127.0.0.1:3310", "unix:/run/clamav/clamd.ctl"):
        assert environment.virus_scanner({"KEQIAO_VIRUS_SCANNER": address}) == address
    assert environment.words({"X": "a.cn, b.cn,"}, "X", default=[]) == ["a.cn", "b.cn"]
    assert environment.site_url({"KEQIAO_SITE_URL": "https://kx.example.cn/"}) == "https://kx.example.cn"


@pytest.mark.parametrize(
    ("read", "says"),
    [
        (lambda: environment.flag({"X": "ja"}, "X"), "X='ja' is neither on nor off. Write 1 or 0."),
        (
            lambda: environment.whole_number({"X": "-1"}, "X", default=0),
            "X='-1' is not a whole number of 0 or more.",
        ),
        (
            lambda: environment.site_url({"KEQIAO_SITE_URL": "kx.example.cn"}),
            "KEQIAO_SITE_URL='kx.example.cn' is not the address of a site. Write for example https://kx.example.cn",
        ),
        (
            lambda: environment.mail({"KEQIAO_MAIL_URL": "mail.example.cn"}, "mail"),
            "KEQIAO_MAIL_URL is not understood. Write smtp://user:password@host:25, smtp+tls://… or smtps://…",
        ),
        (
            lambda: environment.virus_scanner({"KEQIAO_VIRUS_SCANNER": "clamd"}),
            "KEQIAO_VIRUS_SCANNER='clamd' is not understood. Write unix:/run/clamav/clamd.ctl or 127.0.0.1:3310.",
        ),
        (
            lambda: logging_for("loud"),
            "KEQIAO_LOG_LEVEL='loud': write one of DEBUG, INFO, WARNING, ERROR, CRITICAL.",
        ),
    ],
)
def test_a_wrong_value_says_what_to_write(read, says):
    with pytest.raises(ImproperlyConfigured) as stopped:
        read()

    assert str(stopped.value) == says


def test_mail_goes_to_a_folder_unless_a_server_is_named():
    assert environment.mail({}, "mail")["EMAIL_FILE_PATH"] == "mail"
    found = environment.mail({"KEQIAO_MAIL_URL": "smtp+tls://kx:p%40ss@mail.example.cn"}, "mail")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (
        "mail.example.cn",
        587,
        True,
    )
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("kx", "p@ss")


ASKED = """
import json
from keqiao.web.config import settings as s
print(json.dumps([s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.SECURE_HSTS_SECONDS,
                  s.ALLOWED_HOSTS, s.DEBUG, s.DEMONSTRATION, s.DEFAULT_FROM_EMAIL]))
"""


def started(tmp_path, **env: str) -> subprocess.CompletedProcess[str]:
    """The settings read in a process of their own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KEQIAO_")}
    return subprocess.run(
        [sys.executable, "-c", ASKED],
        env={**clean, "KEQIAO_DATA": str(tmp_path), **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_site_on_https_has_cookies_bound_to_it(tmp_path):
    found = json.loads(started(tmp_path, KEQIAO_SITE_URL="https://kx.example.cn").stdout)

    assert found == [
        "__Host-keqiao-session",
        True,
        "__Host-keqiao-csrf",
        31536000,
        ["kx.example.cn", "localhost", "127.0.0.1", "[::1]"],
        False,
        False,
        "keqiao@kx.example.cn",
    ]


def test_a_wrong_value_stops_the_start(tmp_path):
    stopped = started(tmp_path, KEQIAO_DEMONSTRATION="perhaps")

    assert stopped.returncode == 1
    assert "KEQIAO_DEMONSTRATION='perhaps' is neither on nor off" in stopped.stderr


def test_the_key_stays_the_same_and_is_its_owners_only(tmp_path):
    started(tmp_path)
    key = tmp_path / "secret-key"
    first = key.read_text()
    started(tmp_path)

    assert key.read_text() == first
    assert key.stat().st_mode & 0o777 == 0o600
