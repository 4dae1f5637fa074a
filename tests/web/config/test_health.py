"""``/healthz`` answers for the database and the worker."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now

from keqiao.web.config.beats import beat, sign_off
from keqiao.web.config.models import WorkerBeat

pytestmark = pytest.mark.django_db


def fail(*_):
    raise OperationalError("the server is away")


def test_all_is_well_with_a_living_worker(client):
    beat("w1")

    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_without_a_worker_it_is_the_worker_that_is_unwell(client):
    beat("w1")
    sign_off("w1")

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() == {"status": "unavailable", "parts": {"worker": "none is running"}}


def test_a_silent_worker_is_unwell(client):
    beat("w1")
    WorkerBeat.objects.update(beat_at=Now() - timedelta(seconds=45))

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["parts"] == {"worker": "no sign of life for 45 s"}


def test_the_liveliest_worker_counts(client):
    beat("dead")
    WorkerBeat.objects.update(beat_at=Now() - timedelta(seconds=45))
    beat("living")

    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_database_that_does_not_answer_is_named(client):
    beat("w1")
    with connection.execute_wrapper(fail):
        response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["parts"] == {"database": "does not answer: OperationalError"}
