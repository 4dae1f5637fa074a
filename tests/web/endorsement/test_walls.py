"""On PostgreSQL the endorsing unit meets what lies before it, and nothing else of the association."""

import pytest
from django.db import connection

from keqiao.web.accounts.roles import Role
from keqiao.web.applications.models import Application, Submission
from keqiao.web.applications.queries.applications import applications_laid_before
from keqiao.web.config.middleware.viewer_scope import scope_of
from keqiao.web.endorsement import actions, queries
from keqiao.web.endorsement.models import Batch, BatchLine, Endorsement, Passage, Queue
from keqiao.web.scope import working_as
from tests.web import make
from tests.web.applications import makers as applying
from tests.web.endorsement import makers
from tests.web.endorsement.makers import NOW, Place

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="walls stand on PostgreSQL only"),
]
TABLES = (Application, Submission, Passage, Queue, Endorsement, Batch, BatchLine)


def seen():
    return {table.__name__: table.objects.count() for table in TABLES}


def test_the_endorsing_unit_reads_its_own_queue_and_nobody_elses():
    place = Place()
    call = place.call()
    passage = place.recommended(call)
    place.submitted(call, level="prefecture")  # filed directly: none of the county's business
    actions.forward(makers.queue_of(passage).pk, actor=place.endorser, at=NOW)
    stranger = make.holder(Role.ENDORSER, make.organisation(kind="association"))

    with working_as(scope_of(place.endorser, NOW)):
        assert set(seen().values()) == {1}
        assert [row.pk for row in applications_laid_before(place.endorser, NOW)] == [passage.application_id]
        assert [line.rank for line in queries.lines_of(queries.queues_for(place.endorser, NOW).get())] == [
            None
        ]
    with working_as(scope_of(stranger, NOW)):
        assert set(seen().values()) == {0}


def test_acts_of_endorsers_pass_the_wall_and_those_of_strangers_do_not():
    place = Place()
    passage = place.submitted(place.call())

    with working_as(scope_of(place.endorser, NOW)):
        actions.recommend(passage.pk, "同意推荐", actor=place.endorser, at=NOW)
        actions.reconsider(passage.pk, actor=place.endorser, at=NOW)
        actions.give_back(passage.pk, applying.correction(), actor=place.endorser, at=NOW)
    assert makers.fresh(passage).state == "returned"
    applicant = passage.application.created_by
    with working_as(scope_of(applicant, NOW)):
        assert Passage.objects.count() == 0  # told by way_of, with no names of people
        (stage,) = queries.way_of(passage.application_id, NOW)
        assert (stage.taker, stage.state) == ("渑池县科学技术协会", "returned")
        applying.save(passage.application, summary="面向六个乡镇开展六场巡展。")
        applying.submit(passage.application)
    assert makers.fresh(passage).state == "waiting"
