"""Addresses of the room."""

from django.urls import path

from keqiao.web.review import views
from keqiao.web.review.urls_of_experts import PATHS as EXPERTS

app_name = "review"
urlpatterns = [
    path("desk/formal-checks/", views.calls, name="calls"),
    path("desk/formal-checks/calls/<uuid:pk>/", views.call, name="call"),
    path("desk/formal-checks/calls/<uuid:pk>/begin/", views.begin, name="begin"),
    path("desk/formal-checks/<uuid:pk>/", views.check, name="check"),
    path("desk/formal-checks/<uuid:pk>/refuse/", views.refuse, name="refuse"),
    path("desk/formal-checks/<uuid:pk>/reopen/", views.reopen, name="reopen"),
    *EXPERTS,
]
