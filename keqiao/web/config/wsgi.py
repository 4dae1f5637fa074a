"""What a web server calls. It does not begin on data of another kind of installation, or without the data's keys."""

import os
from datetime import UTC, datetime

from django.core.wsgi import get_wsgi_application
from django.db import connections

from keqiao.web.config.bodies import with_whole_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keqiao.web.config.settings")

application = with_whole_bodies(get_wsgi_application())

from keqiao.web.config.starting import require_fit  # noqa: E402  its tables exist only now

require_fit(datetime.now(UTC))  # noqa: TID251  a start reads the clock once
connections.close_all()  # each thread opens its own
