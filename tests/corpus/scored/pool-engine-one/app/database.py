from functools import cache

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker


@cache
def engine_for(url):
    return create_engine(url, pool_size=5)


def session(url):
    return sessionmaker(engine_for(url))()
