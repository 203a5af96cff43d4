"""Every page that a reader of the demo comes to stands: in both languages, both themes, narrow and wide."""

import pytest

from tests.browser.passing import stands

ANYBODY = ["/", "/help/", "/privacy/", "/courses/", "/account/login/", "/programmes/page-b/schedule/"]
A_LEARNER = [
    "/my-training/",
    "/my-training/page-b/compare/",
    "/my-training/page-b/wrong/?reason=0",
    "/courses/",
    "/account/",
]
A_DEPARTMENT = ["/department/page-a/", "/department/page-b/", "/department/page-b/changes/"]
AN_OFFICER = [
    "/office/",
    "/office/programmes/page-a/",
    "/office/programmes/page-b/",
    "/office/programmes/page-b/document/",
    "/office/programmes/page-b/people/",
    "/office/programmes/page-b/sending/",
]


@pytest.mark.row("A14", "A15")
@pytest.mark.parametrize("address", ANYBODY)
def test_a_page_for_anybody_stands(page, look, address):
    assert page.goto(address).status == 200
    stands(page, look.language)


@pytest.mark.row("A14", "A04")
@pytest.mark.parametrize("address", A_LEARNER)
def test_a_learners_page_stands(page, look, enter, address):
    enter("ines")
    assert page.goto(address).status == 200
    stands(page, look.language)


@pytest.mark.row("A14", "B18")
@pytest.mark.parametrize("address", A_DEPARTMENT)
def test_a_departments_page_stands(page, look, enter, address):
    enter("ruth")
    assert page.goto(address).status == 200
    stands(page, look.language)


@pytest.mark.row("A14", "B18")
@pytest.mark.parametrize("address", AN_OFFICER)
def test_an_officers_page_stands(page, look, enter, address):
    enter("mei")
    assert page.goto(address).status == 200
    stands(page, look.language)
