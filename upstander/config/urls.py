"""Every address of the site, by reader; each reader's list stands beside its pages."""

from django.urls import include, path

from upstander.api.post_in import post_in
from upstander.web.account.urls import urlpatterns as account
from upstander.web.confidence.urls import urlpatterns as confidence
from upstander.web.department.urls import urlpatterns as department
from upstander.web.in_person.urls import urlpatterns as in_person
from upstander.web.learner.case_technical_urls import urlpatterns as technical
from upstander.web.learner.urls import urlpatterns as learner
from upstander.web.office.courses.urls import urlpatterns as course_desk
from upstander.web.office.post_urls import urlpatterns as office_post
from upstander.web.office.survey_urls import urlpatterns as office_survey
from upstander.web.office.urls import urlpatterns as office
from upstander.web.office.workbench.urls import urlpatterns as workbench
from upstander.web.public.trouble_urls import urlpatterns as trouble
from upstander.web.public.urls import urlpatterns as public

urlpatterns = [
    path("", include(public)),
    path("account/", include(account)),
    path("", include(trouble)),
    path("", include(technical)),
    path("", include(learner)),
    path("", include(in_person)),
    path("department/", include(department)),
    path("confidence/", include(confidence)),
    path("office/", include(office)),
    path("office/", include(office_survey)),
    path("office/", include(office_post)),
    path("office/", include(workbench)),
    path("office/", include(course_desk)),
    path("post/in/", post_in, name="post-in"),
]

handler400 = "upstander.web.public.errors.bad_request"
handler403 = "upstander.web.public.errors.forbidden"
handler404 = "upstander.web.public.errors.not_found"
handler500 = "upstander.web.public.errors.failed"
