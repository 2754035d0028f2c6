from sqlalchemy import Column, Float, Integer, MetaData, String, Table, create_engine, func, select
from sqlalchemy.exc import IntegrityError

METADATA = MetaData()
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("name", String, primary_key=True),
    Column("longest", Integer),
    Column("contrast", Float),
)


class Store:
    """The guild's list of drafts; a draft that was sent twice is listed once."""

    def __init__(self, path):
        self._engine = create_engine(f"sqlite:///{path}")
        METADATA.create_all(self._engine)

    def add(self, name, longest, contrast):
        try:
            with self._engine.begin() as connection:
                connection.execute(DRAFTS.insert(), {"name": name, "longest": longest, "contrast": contrast})
        except IntegrityError:
            return False
        return True

    def told(self):
        columns = DRAFTS.columns
        query = select(func.count(), func.max(columns.longest), func.avg(columns.contrast))
        with self._engine.connect() as connection:
            row = connection.execute(query).one()
        return "{} drafts, longest float {}, contrast {:.1f}".format(*row)
