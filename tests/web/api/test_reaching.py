"""Nobody makes the program call what it must not (security T10, CVE-2026-25738)."""

import socket

import pytest

from keqiao.web.api.reaching import NotReachable, Target, is_public, public_address, target_of

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "100.100.100.200", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b:1::1", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1",
    "2001:db8::1", "2001::1", "2002:7f00:1::", "100::1",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "114.114.114.114", "1.2.4.8", "172.32.0.1", "2400:3200::1", "2606:4700::1111"]


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.WEBHOOK_HOSTS = ["hooks.example.org", "oa.example.org:8443"]


@pytest.fixture
def names(monkeypatch):
    """What the resolver says."""
    known: dict[str, list[str]] = {}

    def resolve(host, port, **_kind):
        if host not in known:
            raise socket.gaierror(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return known


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_of_networks_of_its_own_are_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet_are_not(address):
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://hooks.example.org/", "malformed"),
        ("HTTPS://hooks.example.org/", "malformed"),
        ("ftp://hooks.example.org/", "malformed"),
        ("file:///etc/passwd", "malformed"),
        ("https://", "malformed"),
        ("https://hooks.example.org:99999/", "malformed"),
        ("https://hooks.example.org/a b", "malformed"),
        ("https://hooks.example.org/\r\nHost: other", "malformed"),
        ("https://hooks.example.org/路", "malformed"),
        ("https://hooks.example.org/#x", "malformed"),
        ("https://me:word@hooks.example.org/", "malformed"),
        ("https://127.0.0.1@hooks.example.org/", "malformed"),
        ("https://hooks.example.org@127.0.0.1/", "malformed"),
        ("https://127.0.0.1/", "host"),
        ("https://2130706433/", "host"),
        ("https://0x7f.1/", "host"),
        ("https://[::1]/", "host"),
        ("https://localhost/", "host"),
        ("https://hooks.example.org.evil.example/", "host"),
        ("https://evil.example/hooks.example.org", "host"),
        ("https://hooks.example.org./", "host"),
        ("https://hooks.example.org:8443/", "host"),
        ("https://oa.example.org/", "host"),
        ("https://hooks.example.org\\.evil.example/", "host"),
    ],
)
def test_what_is_not_on_the_list_is_refused(url, code):
    with pytest.raises(NotReachable) as refused:
        target_of(url)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://hooks.example.org", Target("hooks.example.org", 443, "/")),
        ("https://hooks.example.org:443/in?x=1", Target("hooks.example.org", 443, "/in?x=1")),
        ("https://oa.example.org:8443/in", Target("oa.example.org", 8443, "/in")),
    ],
)
def test_what_is_on_the_list_is_taken(url, target):
    assert target_of(url) == target


@pytest.mark.parametrize(
    ("found", "code"),
    [
        ([], "name"),
        (["127.0.0.1"], "private"),
        (["8.8.8.8", "10.0.0.1"], "private"),
        (["::ffff:127.0.0.1"], "private"),
    ],
)
def test_a_name_that_leads_inside_is_refused(names, found, code):
    if found:
        names["hooks.example.org"] = found

    with pytest.raises(NotReachable) as refused:
        public_address(target_of("https://hooks.example.org/"))

    assert refused.value.code == code


def test_the_address_that_was_looked_at_is_the_one_that_is_used(names):
    names["hooks.example.org"] = ["8.8.8.8", "1.2.4.8"]

    assert public_address(target_of("https://hooks.example.org/")) == "8.8.8.8"
