"""Addresses of the office's pages on what comes back by mail."""

from django.urls import URLPattern, URLResolver, path

from upstander.web.office import post

urlpatterns: list[URLPattern | URLResolver] = [
    path("post/", post.post, name="office-post"),
    path("post/addresses.<slug:kind>", post.post_file, name="office-post-file"),
    path("post/<int:failing_id>/release/", post.release, name="office-post-release"),
]
