"""Addresses of uploads and files."""

from django.urls import path

from keqiao.web.files import views

app_name = "files"
urlpatterns = [
    path("files/uploads/", views.uploads, name="uploads"),
    path("files/uploads/<uuid:pk>/", views.upload, name="upload"),
    path("files/<uuid:pk>/", views.download, name="download"),
]
