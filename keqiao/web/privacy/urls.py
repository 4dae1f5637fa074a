"""Addresses about personal data."""

from django.urls import path

from keqiao.web.privacy import views

app_name = "privacy"
urlpatterns = [
    path("privacy/", views.catalogue, name="catalogue"),
    path("privacy/catalogue.json", views.catalogue_json, name="catalogue_json"),
    path("privacy/reveal/<str:label>/<str:column>/<str:pk>/", views.reveal, name="reveal"),
    path("privacy/reveals/", views.reveals, name="reveals"),
    path("privacy/requests/", views.requests, name="requests"),
    path("privacy/requests/<uuid:pk>/", views.subject_request, name="request"),
    path("privacy/retention/", views.retention, name="retention"),
    path("privacy/consents/", views.consent_texts, name="consent_texts"),
    path("account/data/", views.own, name="own"),
    path("account/data/ask/", views.ask, name="ask"),
    path("account/data/copy/", views.copy, name="copy"),
    path("account/data/copies/<uuid:pk>/", views.download, name="download"),
    path("account/data/consents/<str:kind>/agree/", views.agree, name="agree"),
    path("account/data/consents/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
]
