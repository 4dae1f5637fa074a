"""Somebody at a browser without scripts: saves, looks, submits, and waits in the queue as its page says."""

import http.client
import json
import threading
import time
from urllib.parse import urlencode

from lxml import html

from benchmarks.rushing.clients import FULL_HOUSE, TOKEN
from proofs.submitting import SAID

SECONDS, MOST_WAITS = 60, 90


class Person:
    """One who applies. ``stands`` is what the server has acknowledged last, ``receipt`` the id of the submission."""

    def __init__(self, port: int, pk: str, session: str) -> None:
        self.port, self.pk = port, pk
        self.cookie = f"keqiao-session={session}; keqiao-csrf={TOKEN}"
        self.lock = threading.Lock()
        self.version, self.saves = 2, 0
        self.stands, self.receipt = SAID, ""

    def save(self) -> list[float]:
        """Save other words than before; the seconds that it took. Raises ValueError: they were not taken."""
        self.saves += 1
        words = f"{self.pk} 第{self.saves}次保存 " + "科普" * 400
        said = {
            "f.project": "科普活动",
            "f.summary": words,
            "asked": ["project", "summary"],
            "version": self.version,
        }
        status, _headers, page, taken = self._ask("POST", "autosave/", said)
        if self.receipt and status == 409:  # submitted meanwhile: closed, and said so
            return [taken]
        if status != 200:
            raise ValueError(f"a save was answered {status}")
        self.version, self.stands = json.loads(page)["version"], words
        return [taken]

    def look(self) -> list[float]:
        """Open the form. Raises ValueError: it does not come."""
        status, _headers, _page, taken = self._ask("GET", "fill/", None)
        if status not in (200, 302):
            raise ValueError(f"the form was answered {status}")
        return [taken]

    def submit(self) -> list[float]:
        """Submit, and again with the form of the queue's page, until there is a receipt; the seconds of each try."""
        said, times = {"csrfmiddlewaretoken": TOKEN, "key": self.pk.replace("-", "")}, []
        for _ in range(MOST_WAITS):
            status, headers, page, taken = self._ask("POST", "submit/", said)
            times.append(taken)
            if status == http.client.FOUND:
                self.receipt = headers["Location"].rstrip("/").rpartition("/")[2]
                return times
            if status != FULL_HOUSE:
                raise ValueError(f"a submission was answered {status}")
            said = self._form_of_queue(page, headers)
            time.sleep(int(headers["Retry-After"]))
        raise ValueError(f"nobody let it in after {MOST_WAITS} times")

    def _form_of_queue(self, page: bytes, headers: http.client.HTTPMessage) -> dict[str, str]:
        """What the page posts again. Raises ValueError: it tells no place, may be kept, or says what is private."""
        words = page.decode()
        if "no-store" not in headers.get("Cache-Control", "") or "科普活动" in words or "第 " not in words:
            raise ValueError(f"the page of the queue is wrong: {headers.get('Cache-Control')}")
        form = next(form for form in html.fromstring(words).forms if form.get("data-again"))
        return {**dict(form.form_values()), "csrfmiddlewaretoken": TOKEN}

    def _ask(
        self, method: str, address: str, said: object
    ) -> tuple[int, http.client.HTTPMessage, bytes, float]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        headers = {"Cookie": self.cookie, "Accept-Language": "zh-CN", "X-CSRFToken": TOKEN}
        body = None
        if said is not None:
            body = urlencode(said, doseq=True)  # type: ignore[arg-type]
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        connection.request(method, f"/applications/{self.pk}/{address}", body, headers)
        answer = connection.getresponse()
        page = answer.read()
        connection.close()
        return answer.status, answer.headers, page, time.perf_counter() - begun
