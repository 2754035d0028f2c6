from collections import defaultdict

from pydantic import BaseModel


class Paragraph(BaseModel):
    text: str
    valence: float


class Post(BaseModel):
    author: str
    thread: str
    paragraphs: list[Paragraph]

    @property
    def heated(self):
        return any(paragraph.valence < -20 for paragraph in self.paragraphs)


class Posts:
    """The posts by their thread."""

    def __init__(self):
        self._by_thread = defaultdict(list)

    def add(self, post):
        self._by_thread[post.thread].append(post)

    def heated(self, thread):
        return sum(post.heated for post in self._by_thread[thread])
