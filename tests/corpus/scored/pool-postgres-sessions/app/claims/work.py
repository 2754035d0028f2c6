import os

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine(os.environ["DATABASE_URL"], pool_size=4, max_overflow=-1)


class Work:
    """The units of work that are under way, by the number of their request."""

    def __init__(self):
        self._sessions = {}

    def begin(self, request):
        self._sessions[request] = Session(engine)
        return self._sessions[request]

    def end(self, request):
        session = self._sessions.pop(request)
        session.rollback()
        session.close()
