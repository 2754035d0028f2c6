import sqlite3

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

    def __init__(self, path):
        self._file = sqlite3.connect(path, check_same_thread=False)
        self._file.execute("create table if not exists post (thread text, heated integer, body text)")

    def add(self, post):
        row = (post.thread, post.heated, post.model_dump_json())
        with self._file:
            self._file.execute("insert into post values (?, ?, ?)", row)

    def heated(self, thread):
        found = self._file.execute("select sum(heated) from post where thread = ?", (thread,))
        return found.fetchone()[0]
