"""The addresses of the whole site. Error pages are those of room ``ui``."""

from django.urls import include, path

from keqiao.web.config import views

urlpatterns = [
    path("", include("keqiao.web.portal.urls")),
    path("", include("keqiao.web.allocation.urls")),
    path("", include("keqiao.web.public_notice.urls")),
    path("", include("keqiao.web.acceptance.urls")),
    path("", include("keqiao.web.grants.urls")),
    path("", include("keqiao.web.review.urls")),
    path("", include("keqiao.web.endorsement.urls")),
    path("", include("keqiao.web.filing.urls")),
    path("", include("keqiao.web.api.urls")),
    path("", include("keqiao.web.applications.urls")),
    path("", include("keqiao.web.eligibility.urls")),
    path("", include("keqiao.web.programmes.urls")),
    path("", include("keqiao.web.indicators.urls")),
    path("", include("keqiao.web.activities.urls")),
    path("", include("keqiao.web.calendars.urls")),
    path("", include("keqiao.web.regulations.urls")),
    path("", include("keqiao.web.registers.urls")),
    path("", include("keqiao.web.ui.urls")),
    path("", include("keqiao.web.accounts.urls")),
    path("", include("keqiao.web.parties.urls")),
    path("", include("keqiao.web.imports.urls")),
    path("", include("keqiao.web.privacy.urls")),
    path("", include("keqiao.web.notifications.urls")),
    path("", include("keqiao.web.files.urls")),
    path("", include("keqiao.web.approvals.urls")),
    path("first-steps/", views.first_steps, name="first_steps"),
    path("first-steps/mail/", views.mail_test, name="mail_test"),
    path("associations/", views.associations, name="associations"),
    path("associations/new/", views.found_association, name="found_association"),
    path("account/", include("allauth.account.urls")),
    path("account/second-factor/", include("allauth.mfa.urls")),
]

handler400 = "keqiao.web.ui.pages.bad_request"
handler403 = "keqiao.web.ui.pages.forbidden"
handler404 = "keqiao.web.ui.pages.not_found"
handler500 = "keqiao.web.ui.pages.server_error"
