"""Addresses of the desk where calls are made."""

from django.urls import path

from keqiao.web.programmes import views

app_name = "programmes"
urlpatterns = [
    path("desk/calls/", views.desk, name="desk"),
    path("desk/calls/new/", views.new, name="new"),
    path("desk/calls/new/definition/", views.from_definition, name="from_definition"),
    path("desk/calls/<uuid:pk>/", views.draft, name="draft"),
    path("desk/calls/<uuid:pk>/reading/", views.reading, name="reading"),
    path("desk/calls/<uuid:pk>/reading/progress/", views.progress, name="progress"),
    path("desk/calls/<uuid:pk>/reading/again/", views.read_again, name="read_again"),
    path("desk/calls/<uuid:pk>/document/", views.document, name="document"),
    path("desk/calls/<uuid:pk>/selection/", views.selection, name="selection"),
    path("desk/calls/<uuid:pk>/regulations/", views.regulations, name="regulations"),
    path("desk/calls/<uuid:pk>/answers/", views.answer, name="answer"),
    path("desk/calls/<uuid:pk>/leftovers/", views.leftover, name="leftover"),
    path("desk/calls/<uuid:pk>/head/", views.head, name="head"),
    path("desk/calls/<uuid:pk>/terms/", views.terms, name="terms_of_call"),
    path("desk/calls/<uuid:pk>/terms/<path:node>", views.terms, name="terms"),
    path("desk/calls/<uuid:pk>/targets/new/", views.target, name="target_of_call"),
    path("desk/calls/<uuid:pk>/targets/new/<path:node>", views.target, name="new_target"),
    path("desk/calls/<uuid:pk>/targets/<path:entry>", views.target, name="target"),
    path("desk/calls/<uuid:pk>/rules/<path:entry>", views.rule, name="rule"),
    path("desk/calls/<uuid:pk>/offices/", views.office, name="new_office"),
    path("desk/calls/<uuid:pk>/offices/<path:entry>", views.office, name="office"),
    path("desk/calls/<uuid:pk>/remove/<path:entry>", views.remove, name="remove"),
    path("desk/calls/<uuid:pk>/publish/", views.publish, name="publish"),
    path("desk/calls/<uuid:pk>/revisions/", views.revisions, name="revisions"),
    path("desk/calls/<uuid:pk>/revisions/<int:number>/", views.revision, name="revision"),
]
