"""Addresses of the learner pages."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.learner import plan

urlpatterns: list[URLPattern | URLResolver] = [
    path("my-training/", plan.my_training, name="my-training"),
    path("my-training/<slug:key>/compare/", plan.compare, name="compare"),
    path("my-training/<slug:key>/due.ics", plan.due_date, name="due-date"),
    path("my-training/<slug:key>/wrong/", plan.wrong, name="wrong"),
    path("courses/", plan.courses, name="courses"),
]
