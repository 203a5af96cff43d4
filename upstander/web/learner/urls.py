"""Addresses of the learner pages."""

from django.urls import URLPattern, URLResolver, include, path

from upstander.web import away
from upstander.web.learner import (
    assessment,
    assessment_result,
    case_ask,
    case_file,
    case_form,
    cases,
    certificate,
    confidence_question,
    confidence_way,
    media,
    plan,
    player,
    player_changes,
    player_seat,
    reading_print,
    reading_search,
    survey,
    trace,
)
from upstander.web.learner.case_access import where_open
from upstander.web.learner.survey_way import over_survey

urlpatterns: list[URLPattern | URLResolver] = [
    path("my-training/", over_survey(plan.my_training), name="my-training"),
    path("my-training/<slug:key>/compare/", plan.compare, name="compare"),
    path("my-training/<slug:key>/changes/", trace.changes, name="own-changes"),
    path("my-training/<slug:key>/due.ics", plan.due_date, name="due-date"),
    path("my-training/<slug:key>/wrong/", case_form.wrong, name="wrong"),
    path("survey/<slug:name>/", survey.survey, name="survey"),
    path("ask/", case_ask.ask, name="ask"),
    path("ask/<slug:kind>/", case_ask.ask_kind, name="ask-kind"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<uuid:case_id>/", cases.case, name="case"),
    path("cases/<uuid:case_id>/files/", case_file.add_files, name="case-files"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", case_file.file, name="case-file"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/remove/", case_file.remove, name="case-file-remove"),
    path("courses/", plan.courses, name="courses"),
    path("", include("upstander.web.learner.arrangement_urls")),
    path("learn/<slug:course>/", over_survey(where_open(player.start)), name="learn-start"),
    path("learn/<slug:course>/again/", where_open(player.again), name="learn-again"),
    path("learn/<slug:course>/changed/", where_open(player_changes.changed), name="learn-changed"),
    path("learn/<slug:course>/time/", where_open(player_seat.beat), name="learn-time"),
    path("courses/search/", reading_search.in_courses, name="courses-search"),
    path("learn/<slug:course>/search/", where_open(reading_search.in_course), name="learn-search"),
    path("learn/<slug:course>/print/", where_open(reading_print.page), name="learn-print"),
    path("learn/<slug:course>/print.pdf", where_open(reading_print.pdf), name="learn-print-file"),
    path("learn/<slug:course>/media/<str:file>", media.media, name="learn-media"),
    path("learn/<slug:course>/pause/", confidence_way.pause, name="learn-pause"),
    path("learn/<slug:course>/ask/", confidence_question.question, name="learn-ask"),
    path("support/", confidence_way.support, name="support"),
    path("leave/", away.leave, name="leave"),
    path("learn/<slug:course>/assessment/", where_open(assessment.intro), name="learn-assessment"),
    path("learn/<slug:course>/assessment/<int:number>/", where_open(assessment.question), name="learn-question"),
    path("learn/<slug:course>/assessment/answers/", where_open(assessment.answers), name="learn-answers"),
    path("learn/<slug:course>/assessment/<uuid:attempt>/", where_open(assessment_result.result), name="learn-result"),
    path(
        "learn/<slug:course>/assessment/<uuid:attempt>/review/",
        where_open(assessment_result.review),
        name="learn-review",
    ),
    path("learn/<slug:course>/<slug:section>/<slug:page>/", where_open(player.page), name="learn-page"),
    path("certificates/<str:code>.pdf", certificate.certificate, name="certificate"),
]
