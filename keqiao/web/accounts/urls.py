"""Addresses of one's own account. Log-in, password and second factor are allauth's, under the same prefix."""

from django.urls import path

from keqiao.web.accounts import acting, views
from keqiao.web.accounts.guarding import views as guarding
from keqiao.web.accounts.people import pairing_views as pairing
from keqiao.web.accounts.people import views as people
from keqiao.web.accounts.registration import verifying
from keqiao.web.accounts.registration import views as registering

app_name = "accounts"
urlpatterns = [
    path("account/", views.me, name="me"),
    path("account/email/", views.address, name="address"),  # in place of allauth's, which writes when opened
    path("account/second-factor/recovery-codes/", views.recovery_codes, name="recovery_codes"),  # likewise
    path("account/language/", views.language, name="language"),
    path("account/acting-for/", acting.choose, name="acting"),
    path("account/sessions/end-others/", views.end_other_sessions, name="end_other_sessions"),
    path("account/sessions/<int:pk>/end/", views.end_session, name="end_session"),
    path("account/pairings/<uuid:pk>/", pairing.answer_pairing, name="answer_pairing"),
    path("account/person/part/", pairing.part, name="part_person"),
    path("register/", registering.register, name="register"),
    path("register/code/", registering.code, name="register_code"),
    path("register/mine/", registering.mine, name="registrations_mine"),
    path("register/new/", registering.new, name="register_new"),
    path("register/leave/", registering.leave, name="register_leave"),
    path("register/<uuid:pk>/", registering.correct, name="register_correct"),
    path("register/<uuid:pk>/withdraw/", registering.withdraw, name="register_withdraw"),
    path("registrations/", verifying.queue, name="registrations"),
    path("registrations/<uuid:pk>/", verifying.registration, name="registration"),
    path("registrations/<uuid:pk>/certificate/", verifying.certificate, name="registration_certificate"),
    path("accounts/", guarding.accounts, name="accounts"),
    path("accounts/new/", guarding.new_account, name="new_account"),
    path("accounts/<uuid:pk>/", guarding.account, name="account"),
    path("accounts/<uuid:pk>/close/", guarding.act, {"what": "close"}, name="close_account"),
    path("accounts/<uuid:pk>/reopen/", guarding.act, {"what": "reopen"}, name="reopen_account"),
    path("accounts/<uuid:pk>/reset-second-factor/", guarding.act, {"what": "reset"}, name="reset_factor"),
    path("accounts/grants/<uuid:pk>/end/", guarding.end, name="end_grant"),
    path("units/", people.units, name="units"),
    path("units/<uuid:pk>/people/", people.people, name="people"),
    path("units/<uuid:pk>/invitations/", people.invitations, name="invitations"),
    path("roles/<uuid:pk>/end/", people.end, name="end_role"),
    path("roles/<uuid:pk>/hand-over/", people.hand_over, name="hand_over"),
    path("roles/<uuid:pk>/person/", pairing.pair, name="pair"),
    path("pairings/<uuid:pk>/withdraw/", pairing.withdraw_pairing, name="withdraw_pairing"),
    path("invitations/<uuid:pk>/revoke/", people.revoke, name="revoke"),
    path("invitations/<uuid:pk>/answer/", people.own_invitation, name="own_invitation"),
    path("invitations/<str:token>/", people.invitation, name="invitation"),
    path("account/demonstration/<uuid:pk>/", views.log_in_for_demonstration, name="demonstration"),
]
