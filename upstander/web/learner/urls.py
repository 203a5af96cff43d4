"""Addresses of the learner pages."""

from django.urls import URLPattern, URLResolver, path

from upstander.web import away
from upstander.web.learner import (
    assessment,
    assessment_result,
    case_ask,
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
    path("courses/", plan.courses, name="courses"),
    path("learn/<slug:course>/", over_survey(player.start), name="learn-start"),
    path("learn/<slug:course>/again/", player.again, name="learn-again"),
    path("learn/<slug:course>/changed/", player_changes.changed, name="learn-changed"),
    path("learn/<slug:course>/time/", player_seat.beat, name="learn-time"),
    path("courses/search/", reading_search.in_courses, name="courses-search"),
    path("learn/<slug:course>/search/", reading_search.in_course, name="learn-search"),
    path("learn/<slug:course>/print/", reading_print.page, name="learn-print"),
    path("learn/<slug:course>/print.pdf", reading_print.pdf, name="learn-print-file"),
    path("learn/<slug:course>/media/<str:file>", media.media, name="learn-media"),
    path("learn/<slug:course>/pause/", confidence_way.pause, name="learn-pause"),
    path("learn/<slug:course>/ask/", confidence_question.question, name="learn-ask"),
    path("support/", confidence_way.support, name="support"),
    path("leave/", away.leave, name="leave"),
    path("learn/<slug:course>/assessment/", assessment.intro, name="learn-assessment"),
    path("learn/<slug:course>/assessment/<int:number>/", assessment.question, name="learn-question"),
    path("learn/<slug:course>/assessment/answers/", assessment.answers, name="learn-answers"),
    path("learn/<slug:course>/assessment/<uuid:attempt>/", assessment_result.result, name="learn-result"),
    path("learn/<slug:course>/assessment/<uuid:attempt>/review/", assessment_result.review, name="learn-review"),
    path("learn/<slug:course>/<slug:section>/<slug:page>/", player.page, name="learn-page"),
    path("certificates/<str:code>.pdf", certificate.certificate, name="certificate"),
]
