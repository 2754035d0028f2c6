import contextlib
import os

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

engine = create_engine(os.environ["DATABASE_URL"], pool_size=4, max_overflow=-1)


@contextlib.contextmanager
def unit_of_work():
    session = Session(engine)
    try:
        yield session
    finally:
        session.rollback()
        session.close()
