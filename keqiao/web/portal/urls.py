"""The doors of the site: public home, public calls, and the desk of a signed-in person."""

from django.urls import path

from keqiao.web.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("calls/", views.calls, name="calls"),
    path("calls/<slug:slug>/", views.call, name="call"),
    path("calls/<slug:slug>/original", views.original, name="original"),
    path("desk/", views.desk, name="desk"),
]
