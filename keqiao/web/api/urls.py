"""Addresses of the interface and of the pages about it."""

from django.urls import include, path

from keqiao.web.api import views
from keqiao.web.api.addresses import addresses

app_name = "api"
urlpatterns = [
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/", include(addresses())),
    path("developers/", views.documentation, name="documentation"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<uuid:pk>/made/", views.token_made, name="token_made"),
    path("account/tokens/<uuid:pk>/revoke/", views.revoke, name="revoke"),
    path("account/webhooks/", views.webhooks, name="webhooks"),
    path("account/webhooks/<uuid:pk>/", views.webhook, name="webhook"),
    path("account/webhooks/<uuid:pk>/made/", views.webhook_made, name="webhook_made"),
    path("account/webhooks/<uuid:pk>/trial/", views.try_out, name="try_out"),
    path("account/webhooks/<uuid:pk>/enable/", views.enable, name="enable"),
    path("account/webhooks/<uuid:pk>/stop/", views.stop, name="stop"),
    path("account/deliveries/<uuid:pk>/again/", views.redeliver, name="redeliver"),
]
