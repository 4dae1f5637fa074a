"""Addresses of the reference."""

from django.urls import path

from benchmarks.rushing.reference import views

urlpatterns = [
    path("models/<uuid:pk>/", views.by_models),
    path("hand/<uuid:pk>/", views.by_hand),
]
