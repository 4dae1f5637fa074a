"""Addresses of the shell itself."""

from django.urls import path

from keqiao.web.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/components", views.components, name="components"),
]
