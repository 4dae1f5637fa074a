"""Addresses of experts."""

from django.urls import path

from keqiao.web.review.views import experts, relations

PATHS = [
    path("desk/experts/", experts.experts, name="experts"),
    path("desk/experts/new/", experts.find, name="find_expert"),
    path("desk/experts/new/person/", experts.new_person, name="new_expert_person"),
    path("desk/experts/new/<str:token>/", experts.enter, name="enter_expert"),
    path("desk/experts/<uuid:pk>/", experts.expert, name="expert"),
    path("desk/experts/<uuid:pk>/change/", experts.change, name="change_expert"),
    path("desk/experts/<uuid:pk>/rest/", experts.move, {"act": "rest"}, name="rest_expert"),
    path("desk/experts/<uuid:pk>/leave/", experts.move, {"act": "leave"}, name="take_expert_out"),
    path("desk/experts/<uuid:pk>/back/", experts.move, {"act": "come_back"}, name="take_expert_back"),
    path("desk/experts/<uuid:pk>/account/", experts.account, name="expert_account"),
    path("desk/experts/<uuid:pk>/relations/", relations.add, name="add_relation"),
    path("desk/experts/relations/<uuid:pk>/end/", relations.end, name="end_relation"),
    path("desk/my-relations/", relations.own, name="own_relations"),
    path("desk/my-relations/<uuid:pk>/new/", relations.add_own, name="add_own_relation"),
    path("desk/my-relations/<uuid:pk>/whole/", relations.whole, name="relations_whole"),
]
