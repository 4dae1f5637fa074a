"""Addresses of what needs a second person."""

from django.urls import path

from keqiao.web.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals/", views.waiting, name="waiting"),
    path("approvals/mine/", views.mine, name="mine"),
    path("approvals/all/", views.everything, name="all"),
    path("approvals/<uuid:pk>/", views.detail, name="detail"),
    path("approvals/<uuid:pk>/decide/", views.decide, name="decide"),
    path("approvals/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
]
