"""Addresses of the shell itself."""

from django.urls import path

from keqiao.web.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/components", views.components, name="components"),
    path("ui/views/", views.keep_view, name="keep_view"),
    path("ui/views/<uuid:pk>/remove/", views.drop_view, name="drop_view"),
]
