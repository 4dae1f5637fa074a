"""Addresses of the room."""

from django.urls import path

from keqiao.web.review import views
from keqiao.web.review.urls_of_experts import PATHS as EXPERTS

app_name = "review"
urlpatterns = [
    path("desk/formal-checks/", views.calls, name="calls"),
    path("desk/formal-checks/calls/<uuid:pk>/", views.call, name="call"),
    path("desk/formal-checks/calls/<uuid:pk>/begin/", views.begin, name="begin"),
    path("desk/formal-checks/<uuid:pk>/", views.check, name="check"),
    path("desk/formal-checks/<uuid:pk>/refuse/", views.refuse, name="refuse"),
    path("desk/formal-checks/<uuid:pk>/reopen/", views.reopen, name="reopen"),
    path("desk/review/", views.rounds, name="rounds"),
    path("desk/review/calls/<uuid:pk>/new/", views.round_new, name="round_new"),
    path("desk/review/<uuid:pk>/", views.round_seen, name="round"),
    path("desk/review/<uuid:pk>/experts/", views.board, name="board"),
    path("desk/review/<uuid:pk>/experts/<uuid:expert>/<uuid:application>/", views.pair, name="pair"),
    path("desk/review/<uuid:pk>/take-in/", views.round_take_in, name="round_take_in"),
    path("desk/review/<uuid:pk>/open/", views.round_open, name="round_open"),
    path("desk/review/<uuid:pk>/close/", views.round_close, name="round_close"),
    path("desk/review/<uuid:pk>/cancel/", views.round_cancel, name="round_cancel"),
    path("desk/review/<uuid:pk>/outcomes/", views.outcomes, name="outcomes"),
    path("desk/review/tasks/<uuid:pk>/", views.task_seen, name="task_seen"),
    path("reviewing/", views.tasks, name="tasks"),
    path("reviewing/<uuid:pk>/", views.task, name="task"),
    path("reviewing/<uuid:pk>/save/", views.task_save, name="task_save"),
    path("reviewing/<uuid:pk>/decline/", views.task_leave, {"act": "decline"}, name="task_decline"),
    path("reviewing/<uuid:pk>/recuse/", views.task_leave, {"act": "recuse"}, name="task_recuse"),
    path("reviewing/<uuid:pk>/files/<uuid:file>/", views.task_file, name="task_file"),
    *EXPERTS,
]
