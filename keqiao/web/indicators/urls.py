"""Addresses of the room."""

from django.urls import path

from keqiao.web.indicators import views

app_name = "indicators"
urlpatterns = [
    path("desk/targets/of/<slug:kind>/<uuid:pk>/", views.targets, name="targets"),
    path("desk/targets/closed/<uuid:pk>/", views.snapshot, name="snapshot"),
]
