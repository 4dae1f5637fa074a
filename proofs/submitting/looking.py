"""Look at a database after a proof: prints as JSON who has which submission, and what ``keqiao verify`` finds wrong."""

import json
import sys

from django.db import connection

from keqiao.web.applications.models import Submission
from keqiao.web.applications.verification import CHECKS
from keqiao.web.audit.verification import check_chains
from keqiao.web.scope import work_as_program


def main() -> int:
    """Look and print."""
    work_as_program()
    rows = Submission.objects.values_list("application_id", "id")
    found = {"submissions": [[str(application), str(pk)] for application, pk in rows]}
    checks = [check() for _name, check in CHECKS] + [check_chains()]
    faults = [f"{fault.code} {fault.about}" for outcome in checks for fault in outcome.faults]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check(1)")
            faults += [word for (word,) in cursor.fetchall() if word != "ok"]
    print(json.dumps({**found, "faults": faults}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
