"""Addresses of the account pages; sign-in and passwords are allauth's views under our templates."""

from allauth.account import views
from django.urls import URLPattern, URLResolver, path, re_path

from upstander.web.account import calendar_feed, letters, letters_stop, pages

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages.account, name="account"),
    path("calendar/", calendar_feed.calendar_address, name="account-calendar"),
    path("letters/", letters.letters_page, name="account-letters"),
    path("letters/stop/<str:token>/", letters_stop.stop, name="letters-stop"),
    path("invitation/<str:token>/", pages.invitation, name="account_invitation"),
    path("demo/", pages.demo_door, name="demo_door"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("signup/", pages.no_sign_up, name="account_signup"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
