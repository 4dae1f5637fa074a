"""Addresses of the working calendar."""

from django.urls import path

from keqiao.web.calendars import views

app_name = "calendars"
urlpatterns = [
    path("desk/calendar/", views.home, name="home"),
    path("desk/calendar/<uuid:pk>/<int:number>/", views.year, name="year"),
    path("desk/calendar/<uuid:pk>/days/", views.add, name="add"),
    path("desk/calendar/<uuid:pk>/count/", views.count, name="count"),
    path("desk/calendar/<uuid:pk>/between/", views.between, name="between"),
    path("desk/calendar/days/<uuid:pk>/", views.override, name="override"),
]
