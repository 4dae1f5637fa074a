"""Addresses of the room."""

from django.urls import path

from keqiao.web.filing import views

app_name = "filing"
urlpatterns = [
    path("desk/filing/mailboxes/", views.mailboxes, name="mailboxes"),
    path("desk/filing/mailboxes/new/<uuid:pk>/", views.new_mailbox, name="new_mailbox"),
    path("desk/filing/mailboxes/<uuid:pk>/", views.mailbox, name="mailbox"),
    path("desk/filing/mailboxes/<uuid:pk>/close/", views.close_mailbox, name="close_mailbox"),
    path("desk/filing/mails/", views.mails, name="mails"),
    path("desk/filing/mails/<uuid:pk>/", views.mail, name="mail"),
    path("desk/filing/papers/", views.papers, name="papers"),
    path("desk/filing/papers/<uuid:pk>/", views.papers_of, name="papers_of"),
    path("desk/filing/papers/taken-back/<uuid:pk>/", views.take_back, name="take_back"),
    path("applications/<uuid:pk>/file/", views.case_file, name="file"),
]
