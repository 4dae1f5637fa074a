"""Addresses of one's own account. Log-in, password and second factor are allauth's, under the same prefix."""

from django.urls import path

from keqiao.web.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.me, name="me"),
    path("account/email/", views.address, name="address"),  # in place of allauth's, which writes when opened
    path("account/language/", views.language, name="language"),
    path("account/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("account/demonstration/<uuid:pk>/", views.log_in_for_demonstration, name="demonstration"),
]
