"""Addresses of organisations, people, base figures, merges, associations and offices."""

from django.urls import path

from keqiao.web.parties.profile import views as profile
from keqiao.web.parties.views import associations, duplicates, facts, figures, merging, organisations, people

app_name = "parties"
urlpatterns = [
    path("organisations/", organisations.organisations, name="list"),
    path("organisations/new/", organisations.register, name="register"),
    path("organisations/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/details/", organisations.describe, name="describe"),
    path("organisations/<uuid:pk>/name/", organisations.rename, name="rename"),
    path("organisations/<uuid:pk>/facts/<slug:kind>/", facts.state, name="state_fact"),
    path("organisations/<uuid:pk>/ties/", facts.add_tie, name="add_tie"),
    path("organisation-facts/<uuid:pk>/correct/", facts.correct, name="correct_fact"),
    path("organisation-facts/<uuid:pk>/end/", facts.end, name="end_fact"),
    path("ties/<uuid:pk>/end/", facts.end_tie, name="end_tie"),
    path("people/", people.people, name="people"),
    path("people/new/", people.register, name="register_person"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/details/", people.describe, name="describe_person"),
    path("people/<uuid:pk>/name/", people.rename, name="rename_person"),
    path("people/<uuid:pk>/facts/<slug:kind>/", people.state_fact, name="state_person_fact"),
    path("people/<uuid:pk>/qualifications/", people.qualify, name="qualify"),
    path("people/<uuid:pk>/ties/", people.add_tie, name="add_person_tie"),
    path("person-facts/<uuid:pk>/end/", people.end_row, name="end_person_row"),
    path("regions/", figures.regions, name="regions"),
    path("regions/<slug:code>/figures/", figures.figures, name="figures"),
    path("duplicates/", duplicates.duplicate_units, name="duplicates"),
    path("duplicates/people/", duplicates.duplicate_people, name="duplicate_people"),
    path("duplicates/<uuid:one>/<uuid:other>/", merging.compare, name="compare"),
    path("duplicates/<uuid:one>/<uuid:other>/apart/", merging.tell_apart, name="tell_apart"),
    path("merges/<uuid:pk>/undo/", merging.undo, name="undo_merge"),
    path("organisations/<uuid:pk>/association/", associations.association, name="association"),
    path(
        "organisations/<uuid:pk>/association/second-person/", associations.second_person, name="second_person"
    ),
    path("organisations/<uuid:pk>/association/profile/", profile.profile, name="profile"),
    path("associations/<slug:slug>/logo.png", profile.logo, name="logo"),
    path("organisations/<uuid:pk>/association/offices/", associations.open_office, name="open_office"),
    path("offices/<uuid:pk>/", associations.office, name="office"),
    path("offices/<uuid:pk>/close/", associations.close_office, name="close_office"),
]
