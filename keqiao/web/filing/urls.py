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
    path("applications/<uuid:pk>/stamped/", views.stamped, name="stamped"),
    path("applications/<uuid:pk>/stamped/page/", views.print_page, name="print_page"),
    path("stamped/of/<str:kind>/<uuid:pk>/", views.stamped, name="stamped_about"),
    path("stamped/of/<str:kind>/<uuid:pk>/page/", views.print_page, name="print_about"),
    path("desk/filing/stamped/", views.bring, name="bring"),
    path("stamped/<uuid:pk>/", views.scan, name="scan"),
    path("stamped/<uuid:pk>/attach/", views.attach_scan, name="attach_scan"),
    path("stamped/<uuid:pk>/set-aside/", views.set_scan_aside, name="set_scan_aside"),
    path("stamped/<uuid:pk>/picture.jpg", views.scan_picture, name="scan_picture"),
    path("stamped/<uuid:pk>/file/", views.scan_original, name="scan_original"),
]
