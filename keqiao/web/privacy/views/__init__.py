"""Pages about personal data, by what they are for."""

from keqiao.web.privacy.views.catalogue import catalogue, catalogue_json
from keqiao.web.privacy.views.guarding import consent_texts, requests, subject_request
from keqiao.web.privacy.views.own_data import agree, ask, copy, download, own, withdraw
from keqiao.web.privacy.views.retention import retention
from keqiao.web.privacy.views.revealing import reveal, reveals

__all__ = [
    "agree",
    "ask",
    "catalogue",
    "catalogue_json",
    "consent_texts",
    "copy",
    "download",
    "own",
    "requests",
    "retention",
    "reveal",
    "reveals",
    "subject_request",
    "withdraw",
]
