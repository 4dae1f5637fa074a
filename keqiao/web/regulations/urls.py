"""Addresses of the library: for those who keep it, and for the public."""

from django.urls import path

from keqiao.web.regulations import views

app_name = "regulations"
urlpatterns = [
    path("desk/regulations/", views.library, name="library"),
    path("desk/regulations/new/", views.new, name="new"),
    path("desk/regulations/<uuid:pk>/", views.regulation, name="regulation"),
    path("desk/regulations/<uuid:pk>/title/", views.heading, name="heading"),
    path("desk/regulations/<uuid:pk>/versions/", views.new_version, name="new_version"),
    path("desk/regulations/versions/<uuid:pk>/", views.version, name="version"),
    path("desk/regulations/versions/<uuid:pk>/end/", views.end, name="end"),
    path("regulations/<uuid:pk>/<int:number>/", views.public, name="public"),
    path("regulations/<uuid:pk>/<int:number>/file/", views.public_file, name="public_file"),
]
