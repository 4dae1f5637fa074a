"""Addresses of the registers: those of the office under the desk, the look-up for everybody."""

from django.urls import path

from keqiao.web.registers import views

app_name = "registers"
DESK = "desk/registers/"
urlpatterns = [
    path(DESK, views.home, name="home"),
    path(f"{DESK}<uuid:pk>/", views.overview, name="overview"),
    path(f"{DESK}<uuid:pk>/schemes/new/", views.new_scheme, name="new_scheme"),
    path(f"{DESK}schemes/<uuid:pk>/", views.scheme, name="scheme"),
    path(f"{DESK}schemes/<uuid:pk>/edit/", views.edit_scheme, name="edit_scheme"),
    path(f"{DESK}schemes/<uuid:pk>/new/", views.new_recognition, name="new_recognition"),
    path(f"{DESK}recognitions/<uuid:pk>/", views.recognition, name="recognition"),
    path(f"{DESK}recognitions/<uuid:pk>/merge/", views.merge, name="merge"),
    path(f"{DESK}recognitions/<uuid:pk>/<str:act>/", views.follow, name="follow"),
    path(f"{DESK}<uuid:pk>/debarments/", views.debarments, name="debarments"),
    path(f"{DESK}<uuid:pk>/debarments/new/", views.new_debarment, name="new_debarment"),
    path(f"{DESK}debarments/<uuid:pk>/", views.debarment, name="debarment"),
    path(f"{DESK}<uuid:pk>/keeping/", views.keeping, name="keeping"),
    path(f"{DESK}<uuid:pk>/sharing/", views.sharing, name="sharing"),
    path(f"{DESK}statements/<uuid:pk>/", views.take_back_statement, name="take_back_statement"),
    path(f"{DESK}parties/<uuid:pk>/", views.party, name="party"),
    path(f"{DESK}<uuid:pk>/books/<slug:code>/", views.book, name="book"),
    path(f"{DESK}<uuid:pk>/books/<slug:code>/new/", views.new_line, name="new_line"),
    path(f"{DESK}books/<slug:code>/<uuid:pk>/", views.line, name="line"),
    path(f"{DESK}books/<slug:code>/<uuid:pk>/take-back/", views.take_back, name="take_back"),
    path(f"{DESK}books/past/<uuid:pk>/result/", views.result, name="result"),
    path(f"{DESK}books/<slug:code>/<uuid:pk>/end/", views.end, name="end"),
    path("registers/of/<uuid:pk>/", views.own, name="own"),
    path("registers/<slug:slug>/look-up/", views.look_up, name="look_up"),
    path("registers/<slug:slug>/debarments/", views.public_debarments, name="public_debarments"),
]
