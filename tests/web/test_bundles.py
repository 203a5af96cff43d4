"""Stylesheets and scripts that are fetched together are one file each."""

import re

from django.contrib.staticfiles.finders import get_finders

from tests.cast import INES
from tests.staff import signed_in_as
from upstander.web.bundles import BUNDLES, joined

LINKED = re.compile(r'<link rel="stylesheet" href="([^"]+)"|<script src="([^"]+)"')


def fetched(page: str) -> list[str]:
    return ["".join(pair).removeprefix("/static/").split("?")[0] for pair in LINKED.findall(page)]


def collected() -> dict[str, bytes]:
    found = {}
    for finder in get_finders():
        for path, storage in finder.list([]):
            if path in BUNDLES:
                with storage.open(path) as file:
                    found[path] = file.read()
    return found


def test_every_bundle_is_collected_with_all_of_its_parts():
    files = collected()
    assert set(files) == set(BUNDLES)
    assert b".lesson-band" in files["lesson.css"] and b"upstander-kept:" in files["lesson.js"]


def test_each_of_our_scripts_has_a_scope_of_its_own_and_the_library_none():
    text = joined("lesson.js")
    assert text.count("(() => {\n//") == len(BUNDLES["lesson.js"]) - 1
    assert text.lstrip().startswith("var htmx")


def test_a_plan_fetches_one_stylesheet_beside_the_institutions_and_one_script(university):
    page = signed_in_as(INES).get("/my-training/").content.decode()
    assert fetched(page) == ["site.css", "/theme.css", "upstander.js"]


def test_where_files_are_served_as_they_lie_a_page_names_the_parts(university, settings):
    settings.DEBUG = True
    page = signed_in_as(INES).get("/my-training/").content.decode()
    assert fetched(page)[:2] == ["upstander.css", "parts.css"]
