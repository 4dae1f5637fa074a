"""Addresses of the room."""

from django.urls import path

from keqiao.web.imports import views

app_name = "imports"
urlpatterns = [
    path("desk/imports/", views.home, name="home"),
    path("desk/imports/new/<str:kind>/", views.new, name="new"),
    path("desk/imports/new/<str:kind>/template/", views.template, name="template"),
    path("desk/imports/new/<str:kind>/export/", views.export, name="export"),
    path("desk/imports/<uuid:pk>/", views.detail, name="detail"),
    path("desk/imports/<uuid:pk>/progress/", views.progress, name="progress"),
    path("desk/imports/<uuid:pk>/rows/", views.correct, name="correct"),
    path("desk/imports/<uuid:pk>/start/", views.start, name="start"),
    path("desk/imports/<uuid:pk>/resume/", views.resume, name="resume"),
    path("desk/imports/<uuid:pk>/drop/", views.drop, name="drop"),
    path("desk/imports/<uuid:pk>/annotated/", views.annotated, name="annotated"),
    path("desk/imports/<uuid:pk>/copy/", views.copy, name="copy"),
]
