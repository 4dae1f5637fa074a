"""Addresses of the messages."""

from django.urls import path

from keqiao.web.notifications import views

app_name = "notifications"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/read/", views.mark_all_read, name="mark_all_read"),
    path("messages/<uuid:pk>/read/", views.mark_read, name="mark_read"),
    path("messages/choices/", views.choices, name="choices"),
    path("messages/wecom/", views.wecom_ask, name="wecom_ask"),
    path("messages/wecom/confirm/", views.wecom_confirm, name="wecom_confirm"),
    path("messages/wecom/forget/", views.wecom_forget, name="wecom_forget"),
    path("messages/calendar/", views.calendar_renew, name="calendar_renew"),
    path("messages/calendar/remove/", views.calendar_remove, name="calendar_remove"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/of/<uuid:pk>/review/", views.review, name="review"),
    path("outbox/of/<uuid:pk>/rules/", views.rules, name="rules"),
    path("outbox/<uuid:pk>/again/", views.again, name="again"),
    path("outbox/<uuid:pk>/arrived/", views.arrived, name="arrived"),
]
