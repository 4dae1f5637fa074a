"""Addresses of the room."""

from django.urls import path

from keqiao.web.endorsement import views

app_name = "endorsement"
urlpatterns = [
    path("endorsing/", views.queues, name="queues"),
    path("endorsing/<uuid:pk>/", views.queue, name="queue"),
    path("endorsing/<uuid:pk>/missing/", views.missing, name="missing"),
    path("endorsing/<uuid:pk>/rank/", views.rank, name="rank"),
    path("endorsing/<uuid:pk>/decide/", views.decide, name="decide"),
    path("endorsing/<uuid:pk>/forward/", views.forward, name="forward"),
    path("endorsing/<uuid:pk>/summary.<str:form>", views.summary, name="summary"),
    path("endorsing/applications/<uuid:pk>/", views.passage, name="passage"),
    path("endorsing/applications/<uuid:pk>/return/", views.give_back, name="give_back"),
    path("endorsing/lists/<uuid:pk>/", views.batch, name="batch"),
    path("endorsing/lists/<uuid:pk>/answer/", views.answer, name="answer"),
    path("endorsing/lists/<uuid:pk>/agreed-on-paper/", views.note_agreed, name="note_agreed"),
    path("endorsing/lists/<uuid:pk>/recall/", views.recall, name="recall"),
    path("endorsing/lists/<uuid:pk>/summary.<str:form>", views.batch_summary, name="batch_summary"),
    path("applications/<uuid:pk>/summary.<str:form>", views.own_summary, name="own_summary"),
    path("desk/endorsing/", views.calls, name="calls"),
    path("desk/endorsing/<uuid:pk>/", views.office, name="office"),
    path("desk/endorsing/<uuid:pk>/receive/", views.receive, name="receive"),
    path("desk/endorsing/queues/<uuid:pk>/", views.settle, name="settle"),
    path("desk/endorsing/applications/<uuid:pk>/", views.assign, name="assign"),
    path("desk/endorsing/applications/<uuid:pk>/on-paper/", views.sign_on_paper, name="sign_on_paper"),
]
