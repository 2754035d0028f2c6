from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

_used = []


def session(url):
    engine = create_engine(url, pool_size=5)
    _used.append(engine)
    return sessionmaker(engine)()
