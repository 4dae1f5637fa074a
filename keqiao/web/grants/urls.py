"""Addresses of the room."""

from django.urls import path

from keqiao.web.grants import views

app_name = "grants"
urlpatterns = [
    path("desk/grants/", views.calls, name="calls"),
    path("desk/grants/calls/<uuid:pk>/", views.call, name="call"),
    path("desk/grants/calls/<uuid:pk>/begin/", views.begin, name="begin"),
    path("grants/", views.own, name="own"),
    path("grants/<uuid:pk>/", views.grant, name="grant"),
    path("grants/<uuid:pk>/agreement/", views.agreement, name="agreement"),
    path("grants/<uuid:pk>/agreement.<str:form>", views.agreement_file, name="agreement_file"),
    path("grants/<uuid:pk>/draft/", views.draft, name="draft"),
    path("grants/<uuid:pk>/free-place/", views.free_place, name="free_place"),
    path("grants/<uuid:pk>/receipts/new/", views.receipt, name="receipt"),
    path("grants/<uuid:pk>/change/", views.change, name="change"),
    path("grants/<uuid:pk>/settlement/", views.settlement, name="settlement"),
    path("grants/<uuid:pk>/<slug:act>/", views.act_on_grant, name="act"),
    path("grants/receipts/<uuid:pk>/", views.judge, name="judge"),
    path("grants/instalments/<uuid:pk>/<slug:act>/", views.act_on_instalment, name="instalment_act"),
    path("grants/changes/<uuid:pk>/paper.<str:form>", views.change_paper, name="change_paper"),
    path("grants/changes/<uuid:pk>/<slug:act>/", views.act_on_change, name="change_act"),
    path("grants/settlements/<uuid:pk>/table.<str:form>", views.settlement_file, name="settlement_file"),
    path("grants/settlements/<uuid:pk>/<slug:act>/", views.act_on_settlement, name="settlement_act"),
]
