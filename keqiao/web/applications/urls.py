"""Addresses of the room."""

from django.urls import path

from keqiao.web.applications import views

app_name = "applications"
urlpatterns = [
    path("applications/<uuid:pk>/submit/", views.submit, name="submit"),
    path("applications/receipts/<uuid:pk>/", views.receipt, name="receipt"),
]
