"""Letters of one person that go as one: what several programmes ask on the same instant is one letter."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from upstander.core.notices import ASKING, DIGEST
from upstander.core.rehearsal_player import Post


def asks(posts: Iterable[Post]) -> bool:
    """Whether any of these goes and asks for something: only such a letter goes together with another."""
    return any(post.kind in ASKING and not post.stopped for post in posts)


def together(own: Sequence[Post], others: Mapping[str, Sequence[Post]]) -> list[Post]:
    """The person's letters where other programmes ask too, by their keys; those of one instant are one letter."""
    beside: dict[datetime | None, set[str]] = defaultdict(set)
    for key, posts in others.items():
        for post in posts:
            if post.kind in ASKING and not post.stopped:
                beside[post.at].add(key)
    found: dict[object, Post] = {}
    for number, post in enumerate(own):
        is_shared = post.kind in ASKING and not post.stopped and post.at in beside
        place = post.at if is_shared else number
        found[place] = _digest(post, found.get(place), beside[post.at]) if is_shared else post
    return list(found.values())


def _digest(post: Post, so_far: Post | None, beside: Iterable[str]) -> Post:
    carries = (*so_far.carries, post.kind) if so_far else (post.kind,)
    return Post(post.day, DIGEST, post.cycle, "", post.at, carries, tuple(sorted(beside)))
