"""The doors of the site: public pages, what other programs read, and the desk of a signed-in person."""

from django.urls import path

from keqiao.web.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("calls/", views.calls, name="calls"),
    path("calls/calendar.ics", views.calendar, name="calendar"),
    path("calls/feed.atom", views.feed, name="feed"),
    path("calls/<slug:slug>/", views.call, name="call"),
    path("calls/<slug:slug>/calendar.ics", views.call_calendar, name="call_calendar"),
    path("calls/<slug:slug>/call.pdf", views.call_pdf, name="call_pdf"),
    path("calls/<slug:slug>/<path:node>/category.pdf", views.category_pdf, name="category_pdf"),
    path("calls/<slug:slug>/original", views.original, name="original"),
    path("calls/<slug:slug>/notices/<uuid:pk>", views.notice, name="notice"),
    path("calls/<slug:slug>/revisions/<int:number>/", views.revision, name="revision"),
    path(
        "calls/<slug:slug>/revisions/<int:number>/definition.<str:form>", views.definition, name="definition"
    ),
    path("calls/<slug:slug>/<path:node>/", views.category, name="category"),  # last: a node may bear any name
    path("notices/", views.public_notices, name="public_notices"),
    path("notices/<uuid:pk>/", views.public_notice, name="public_notice"),
    path("notices/<uuid:pk>/calendar.ics", views.public_notice_calendar, name="public_notice_calendar"),
    path("notices/<uuid:pk>/paper.<str:form>", views.public_notice_paper, name="public_notice_paper"),
    path("notices/<uuid:pk>/statement.<str:form>", views.public_statement, name="public_statement"),
    path("awards/<uuid:pk>/", views.public_award, name="public_award"),
    path("awards/<uuid:pk>/paper.<str:form>", views.public_award_paper, name="public_award_paper"),
    path("statistics/", views.statistics, name="statistics"),
    path("statistics/table.csv", views.statistics_table, name="statistics_table"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("desk/", views.desk, name="desk"),
    path("desk/waiting/<str:code>/", views.desk_kind, name="desk_kind"),
]
