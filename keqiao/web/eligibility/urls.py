"""Addresses of the room."""

from django.urls import path

from keqiao.web.eligibility import views

app_name = "eligibility"
urlpatterns = [
    path("may-we/", views.home, name="home"),
    path("may-we/<uuid:unit>/", views.mine, name="mine"),
    path("may-we/<uuid:unit>/<int:pk>/", views.category, name="category"),
    path("desk/may-they/", views.inviting, name="inviting"),
    path("desk/may-they/<int:pk>/", views.invitees, name="invitees"),
]
