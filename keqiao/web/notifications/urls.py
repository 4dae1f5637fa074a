"""Addresses of the messages."""

from django.urls import path

from keqiao.web.notifications import views

app_name = "notifications"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/read/", views.mark_all_read, name="mark_all_read"),
    path("messages/<uuid:pk>/read/", views.mark_read, name="mark_read"),
]
