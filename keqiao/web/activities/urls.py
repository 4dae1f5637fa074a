"""Addresses of the room."""

from django.urls import path

from keqiao.web.activities import views

app_name = "activities"
urlpatterns = [
    path("desk/records/", views.queue, name="queue"),
    path("desk/records/several/", views.several, name="several"),
    path("desk/records/of/<slug:kind>/<uuid:pk>/", views.project, name="project"),
    path("desk/records/of/<slug:kind>/<uuid:pk>/new/", views.choose, name="choose"),
    path("desk/records/of/<slug:kind>/<uuid:pk>/new/<slug:fact>/", views.new, name="new"),
    path("desk/records/<uuid:pk>/", views.record, name="record"),
    path("desk/records/<uuid:pk>/edit/", views.edit, name="edit"),
    path("desk/records/<uuid:pk>/act/<slug:act>/", views.act, name="act"),
    path("desk/records/evidence/<uuid:pk>/take-away/", views.take_away, name="take_away"),
]
