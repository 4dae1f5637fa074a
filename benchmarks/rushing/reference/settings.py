"""The settings of the product without its middleware; on PostgreSQL without the wall between associations."""

from keqiao.web.config.settings import *  # noqa: F403
from keqiao.web.config.settings import DATABASES

ROOT_URLCONF = "benchmarks.rushing.reference.urls"
MIDDLEWARE = ["allauth.account.middleware.AccountMiddleware"]  # ``wsgi`` takes it out again
ALLOWED_HOSTS = ["*"]
if DATABASES["default"]["ENGINE"].endswith(".postgres"):
    DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
