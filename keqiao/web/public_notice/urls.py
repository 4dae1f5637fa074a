"""Addresses of the room."""

from django.urls import path

from keqiao.web.public_notice import views

app_name = "public_notice"
DESK, AWARDS = "desk/public-notices", "desk/awards"
urlpatterns = [
    path(f"{DESK}/", views.home, name="home"),
    path(f"{DESK}/calls/<uuid:pk>/new/", views.new, name="new"),
    path(f"{DESK}/places/<uuid:pk>/", views.substitute, name="substitute"),
    path(f"{DESK}/<uuid:pk>/", views.notice, name="notice"),
    path(f"{DESK}/<uuid:pk>/edit/", views.edit, name="edit"),
    path(f"{DESK}/<uuid:pk>/sign/", views.sign, name="sign"),
    path(f"{DESK}/<uuid:pk>/act/", views.act, name="act"),
    path(f"{DESK}/<uuid:pk>/extend/", views.extend, name="extend"),
    path(f"{DESK}/<uuid:pk>/take-back/", views.take_back, name="take_back"),
    path(f"{DESK}/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path(f"{DESK}/<uuid:pk>/paper.<str:form>", views.paper, name="paper"),
    path(f"{DESK}/<uuid:pk>/statement.<str:form>", views.statement, name="statement"),
    path("desk/objections/", views.objections, name="objections"),
    path("desk/objections/<uuid:pk>/", views.objection, name="objection"),
    path(f"{AWARDS}/calls/<uuid:pk>/new/", views.new_award, name="new_award"),
    path(f"{AWARDS}/<uuid:pk>/", views.award, name="award"),
    path(f"{AWARDS}/<uuid:pk>/edit/", views.edit_award, name="edit_award"),
    path(f"{AWARDS}/<uuid:pk>/issue/", views.issue, name="issue"),
    path(f"{AWARDS}/<uuid:pk>/upward/", views.upward, name="upward"),
    path(f"{AWARDS}/<uuid:pk>/paper.<str:form>", views.award_paper, name="award_paper"),
    path("letters/<uuid:pk>/letter.<str:form>", views.letter, name="letter"),
    path("notices/items/<uuid:pk>/object/", views.object_to, name="object"),
    path("objections/<str:secret>/", views.follow, name="follow"),
    path("objections/<str:secret>/answer.<str:form>", views.answer, name="answer"),
]
