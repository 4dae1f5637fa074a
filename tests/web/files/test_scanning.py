"""A file with a virus is never stored; where nobody knows, it waits and nothing that was sent is lost.

The scanner is a stand-in that speaks clamd's INSTREAM and knows the test file of EICAR (eicar.org) only.
"""

import socketserver
import struct
import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keqiao.web.audit.models import Event
from keqiao.web.files import actions, store
from keqiao.web.files.collection import objects
from keqiao.web.files.models import FileState, Space, StoredFile
from keqiao.web.files.scanning import NotScanned, virus_in
from tests.web.files.test_upload import HERE, NOON, PDF, announce, paper, send, sender  # noqa: F401

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
INFECTED = PDF[:-6] + EICAR + b"%%EOF\n"
LARGEST = 1 << 20


class Scanner(socketserver.BaseRequestHandler):
    """One conversation: a command, pieces with their lengths, an answer."""

    def handle(self) -> None:
        assert self._read(10) == b"zINSTREAM\0"
        seen = b""
        while length := struct.unpack("!I", self._read(4))[0]:
            seen += self._read(length)
            if len(seen) > LARGEST:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in seen else b"stream: OK\0")

    def _read(self, count: int) -> bytes:
        got = b""
        while len(got) < count and (more := self.request.recv(count - len(got))):
            got += more
        return got


@pytest.fixture(params=["unix", "tcp"])
def scanner(request, settings, tmp_path):
    """A scanner that listens, by a socket in the file system or by a port."""
    if request.param == "unix":
        server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), Scanner)
        settings.VIRUS_SCANNER = f"unix:{tmp_path}/clamd.ctl"
    else:
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner)
        settings.VIRUS_SCANNER = f"127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_a_file_without_a_virus_is_stored(client, sender, scanner):  # noqa: F811
    address = announce(client).headers["Location"]
    assert send(client, address, 0, PDF).headers["Keqiao-File-State"] == "stored"


@pytest.mark.usefixtures("scanner")
def test_a_file_with_a_virus_is_refused_told_and_its_bytes_go(
    client,
    sender,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    address = announce(client, size=len(INFECTED)).headers["Location"]
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, address, 0, INFECTED)

    assert (answer.status_code, answer.content.decode()) == (422, "文件带有病毒，没有保存。请清除后再传。")
    file = StoredFile.objects.get()
    assert (file.state, file.refusal, list(objects())) == (FileState.REFUSED, "file.virus", [])
    assert not store.arrival(file.pk).exists()
    assert Space.objects.get().used_bytes == 0
    assert client.get(reverse("files:download", args=[file.pk])).status_code == 404
    (event,) = Event.objects.filter(act="infected")
    assert (event.data["virus"], event.data["size"]) == ("Eicar-Test-Signature", len(INFECTED))


@pytest.mark.usefixtures("scanner")
def test_a_file_with_a_virus_that_comes_with_a_form_is_refused(sender):  # noqa: F811
    wanted = actions.Announced("paper", "通知.pdf", len(INFECTED), HERE)
    with pytest.raises(ValidationError) as refused:
        actions.store_upload(SimpleUploadedFile("通知.pdf", INFECTED), wanted, actor=sender, at=NOON)
    assert (refused.value.code, list(objects())) == ("file.virus", [])


def test_while_the_scanner_is_silent_a_file_waits_and_is_stored_later(client, sender, settings, tmp_path):  # noqa: F811
    settings.VIRUS_SCANNER = f"unix:{tmp_path}/nobody.ctl"
    address = announce(client).headers["Location"]
    assert send(client, address, 0, PDF).status_code == 503
    assert StoredFile.objects.get().state == FileState.RECEIVING

    with socketserver.ThreadingUnixStreamServer(f"{tmp_path}/nobody.ctl", Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        # the test client keeps back the type of an empty body; browsers send it
        again = send(client, address, len(PDF), b"", **{"Content-Type": "application/offset+octet-stream"})
        server.shutdown()
    assert (again.status_code, again.headers["Keqiao-File-State"]) == (204, "stored")


@pytest.mark.usefixtures("scanner")
def test_a_file_that_the_scanner_does_not_look_at_whole_is_not_called_clean(tmp_path):
    (tmp_path / "long").write_bytes(b"0" * (LARGEST * 40))
    with pytest.raises(NotScanned):
        virus_in(tmp_path / "long")
