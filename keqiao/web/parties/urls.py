"""Addresses of organisations, associations and offices."""

from django.urls import path

from keqiao.web.parties import views

app_name = "parties"
urlpatterns = [
    path("organisations/", views.organisations, name="list"),
    path("organisations/<uuid:pk>/", views.organisation, name="organisation"),
    path("organisations/<uuid:pk>/association/", views.association, name="association"),
    path("organisations/<uuid:pk>/association/second-person/", views.second_person, name="second_person"),
    path("organisations/<uuid:pk>/association/offices/", views.open_office, name="open_office"),
    path("offices/<uuid:pk>/", views.office, name="office"),
    path("offices/<uuid:pk>/close/", views.close_office, name="close_office"),
]
