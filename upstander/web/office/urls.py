"""Addresses of the office pages."""

from django.urls import URLPattern, URLResolver, include, path

from upstander.web.office import (
    adjustments,
    case,
    case_handling,
    case_share,
    cases,
    cases_file,
    messages,
    past,
    people,
    person,
    presets,
    programmes,
    proof,
    sending,
    wording,
    wording_page,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", programmes.index, name="office"),
    path("", include("upstander.web.office.arrangement_urls")),
    path("presets/", presets.index, name="office-presets"),
    path("presets/together/", presets.stacked, name="office-preset-stack"),
    path("presets/<slug:preset_id>/", presets.one, name="office-preset"),
    path("programmes/<slug:key>/", programmes.programme, name="office-programme"),
    path("programmes/<slug:key>/document/", programmes.document, name="office-document"),
    path("programmes/<slug:key>/document.toml", programmes.document_file, name="office-document-file"),
    path("programmes/<slug:key>/rehearse/", include("upstander.web.office.rehearsal_urls")),
    path("programmes/<slug:key>/sending/", sending.sending, name="office-sending"),
    path("programmes/<slug:key>/messages/", messages.messages_page, name="office-messages"),
    path("messages/<uuid:message_id>/again/", messages.again, name="office-message-again"),
    path("programmes/<slug:key>/people/", people.people, name="office-people"),
    path("programmes/<slug:key>/people.<slug:kind>", people.people_file, name="office-people-file"),
    path("people/<int:standing_id>/", person.person, name="office-person"),
    path("people/<int:standing_id>/past/", past.past, name="office-person-past"),
    path("proof/", proof.proof, name="office-proof"),
    path("people/<int:standing_id>/adjust/", adjustments.adjust, name="office-adjust"),
    path("adjustments/<uuid:ref>/end/", adjustments.end_adjustment, name="office-adjustment-end"),
    path("cases/", cases.cases, name="office-cases"),
    path("cases/load.<slug:kind>", cases_file.load_file, name="office-cases-file"),
    path("cases/<uuid:case_id>/", case.case, name="office-case"),
    path("cases/<uuid:case_id>/files/<uuid:file_id>/", case_handling.file, name="office-case-file"),
    path(
        "cases/<uuid:case_id>/files/<uuid:file_id>/remove/", case_handling.remove_file, name="office-case-file-remove"
    ),
    path("cases/<uuid:case_id>/access/", case_handling.access, name="office-case-access"),
    path("cases/<uuid:case_id>/hands/", case_handling.hands, name="office-case-hands"),
    path("cases/<uuid:case_id>/share/", case_share.share, name="office-case-share"),
    path("letters/", wording.overview_page, name="office-letters"),
    path("letters/<slug:kind>/<slug:lang>/", wording_page.letter, name="office-letter"),
    path("letters/<slug:kind>/<slug:lang>/live/", wording_page.live, name="office-letter-live"),
    path("answers/<int:shared_id>/end/", case_share.end, name="office-answer-end"),
]
