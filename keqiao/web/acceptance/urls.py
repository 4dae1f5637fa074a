"""Addresses of the room."""

from django.urls import path

from keqiao.web.acceptance import views

app_name = "acceptance"
urlpatterns = [
    path("desk/acceptance/", views.calls, name="calls"),
    path("desk/acceptance/calls/<uuid:pk>/", views.call, name="call"),
    path("desk/acceptance/calls/<uuid:pk>/open/", views.open_call, name="open"),
    path("desk/acceptance/own/", views.own, name="own"),
    path("desk/acceptance/<uuid:pk>/", views.acceptance, name="acceptance"),
    path("desk/acceptance/<uuid:pk>/table.<slug:form>", views.table_file, name="table"),
    path("desk/acceptance/<uuid:pk>/conclusion.<slug:form>", views.conclusion_file, name="conclusion_file"),
    path("desk/acceptance/<uuid:pk>/points/", views.points, name="points"),
    path("desk/acceptance/<uuid:pk>/close/", views.close, name="close"),
    path("desk/acceptance/<uuid:pk>/breach/", views.breach, name="breach"),
    path("desk/acceptance/<uuid:pk>/acts/<slug:act>/", views.act_on_acceptance, name="act"),
    path("desk/acceptance/papers/<uuid:pk>/", views.paper, name="paper"),
    path("desk/credit/<uuid:pk>/", views.entry, name="entry"),
    path("desk/credit/<uuid:pk>/acts/<slug:act>/", views.act_on_entry, name="entry_act"),
    path("desk/credit/<uuid:pk>/words/<slug:act>/", views.words, name="words"),
]
