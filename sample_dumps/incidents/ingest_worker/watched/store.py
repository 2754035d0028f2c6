"""Posts that were seen, by their id."""


class Store:
    """Keeps posts, so that a post which comes again is known."""

    def __init__(self) -> None:
        self._posts: dict[str, dict] = {}

    def __len__(self) -> int:
        return len(self._posts)

    def has(self, post_id: str) -> bool:
        return post_id in self._posts

    def add(self, post: dict) -> None:
        self._posts[post["id"]] = post
