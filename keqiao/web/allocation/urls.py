"""Addresses of the room."""

from django.urls import path

from keqiao.web.allocation import views

app_name = "allocation"
urlpatterns = [
    path("desk/decisions/", views.calls, name="calls"),
    path("desk/decisions/calls/<uuid:pk>/begin/", views.begin, name="begin"),
    path("desk/decisions/<uuid:pk>/", views.decision, name="decision"),
    path("desk/decisions/<uuid:pk>/policy/", views.policy, name="policy"),
    path("desk/decisions/<uuid:pk>/pilots/", views.pilots, name="pilots"),
    path("desk/decisions/<uuid:pk>/ranks/", views.ranks, name="ranks"),
    path("desk/decisions/<uuid:pk>/table/", views.table, name="table"),
    path("desk/decisions/items/<uuid:pk>/", views.item, name="item"),
    path("desk/decisions/items/<uuid:pk>/facts/", views.facts, name="facts"),
    path("desk/decisions/items/<uuid:pk>/merge/", views.merge, name="merge"),
]
