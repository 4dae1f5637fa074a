"""The settings of the product; only the addresses have one more."""

from keqiao.web.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.bare.urls"
