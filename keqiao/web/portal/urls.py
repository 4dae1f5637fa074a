"""The doors of the site: public home and the desk of a signed-in person."""

from django.urls import path

from keqiao.web.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
]
