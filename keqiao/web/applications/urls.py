"""Addresses of the room."""

from django.urls import path

from keqiao.web.applications import views

app_name = "applications"
urlpatterns = [
    path("applications/", views.own, name="own"),
    path("applications/joint/", views.joinings, name="joinings"),
    path("applications/joint/<uuid:pk>/", views.joining, name="joining"),
    path("applications/<uuid:pk>/ask-partners/", views.ask_partners, name="ask_partners"),
    path("applications/<uuid:pk>/mark/", views.mark, name="mark"),
    path("desk/calls/<uuid:pk>/form/trial/", views.trial, name="trial"),
    path("applications/begin/<int:offer>/", views.begin, name="begin"),
    path("applications/receipts/<uuid:pk>/", views.receipt, name="receipt"),
    path("applications/receipts/<uuid:pk>/receipt.pdf", views.receipt_file, name="receipt_file"),
    path("applications/receipts/<uuid:pk>/form.<str:form>", views.submitted_form, name="submitted_form"),
    path("applications/<uuid:pk>/blank.<str:form>", views.blank_form, name="blank_form"),
    path("applications/<uuid:pk>/draft.<str:form>", views.draft_form, name="draft_form"),
    path("applications/<uuid:pk>/", views.detail, name="detail"),
    path("applications/<uuid:pk>/fill/", views.fill, name="fill"),
    path("applications/<uuid:pk>/autosave/", views.autosave, name="autosave"),
    path("applications/<uuid:pk>/merge/", views.merge, name="merge"),
    path("applications/<uuid:pk>/files/<slug:field>/", views.files, name="files"),
    path("applications/<uuid:pk>/word/", views.word, name="word"),
    path("applications/<uuid:pk>/word/take-over/", views.take_over, name="take_over"),
    path("applications/<uuid:pk>/versions/", views.versions, name="versions"),
    path("applications/<uuid:pk>/versions/<int:number>/", views.version, name="version"),
    path("applications/<uuid:pk>/undo/", views.step, {"act": "undo"}, name="undo"),
    path("applications/<uuid:pk>/redo/", views.step, {"act": "redo"}, name="redo"),
    path("applications/<uuid:pk>/restore/", views.step, {"act": "restore"}, name="restore"),
    path("applications/<uuid:pk>/preview/", views.preview, name="preview"),
    path("applications/<uuid:pk>/submitting/", views.last_look, name="submitting"),
    path("applications/<uuid:pk>/submit/", views.submit, name="submit"),
    path("applications/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("applications/<uuid:pk>/take-up-again/", views.take_up_again, name="take_up_again"),
    path("applications/<uuid:pk>/discard/", views.discard, name="discard"),
    path("desk/applications/", views.received, name="received"),
    path("desk/applications/<uuid:pk>/", views.reading, name="reading"),
    path("desk/applications/<uuid:pk>/return/", views.give_back, name="return"),
    path("desk/calls/<uuid:pk>/intake/", views.intake, name="intake"),
]
