"""Addresses of the desk of forms, below those of a call."""

from django.urls import path

from keqiao.web.programmes.form_desk import condition_views, office_views, preview_views, views

urlpatterns = [
    path("desk/calls/<uuid:pk>/forms/", views.forms, name="forms"),
    path("desk/calls/<uuid:pk>/forms/new/", views.form_new, name="form_new"),
    path("desk/calls/<uuid:pk>/form/", views.form, name="form"),
    path("desk/calls/<uuid:pk>/form/move/", views.form_move, name="form_move"),
    path("desk/calls/<uuid:pk>/form/mend/", views.form_mend, name="form_mend"),
    path("desk/calls/<uuid:pk>/form/preview/", preview_views.form_preview, name="form_preview"),
    path("desk/calls/<uuid:pk>/form/blank.<slug:face>", preview_views.form_file, name="form_file"),
    path("desk/calls/<uuid:pk>/form/paper/", office_views.form_paper, name="form_paper"),
    path(
        "desk/calls/<uuid:pk>/form/paper/blanks/", office_views.form_paper_confirm, name="form_paper_confirm"
    ),
    path("desk/calls/<uuid:pk>/form/condition/", condition_views.condition, name="form_condition"),
    path("desk/calls/<uuid:pk>/form/checks/new/", condition_views.check_new, name="form_check_new"),
    path("desk/calls/<uuid:pk>/form/<slug:slot>/remove/", views.form_remove, name="form_remove"),
]
