from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Station(Base):
    __tablename__ = "station"

    number: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)


class Reading(Base):
    __tablename__ = "reading"

    number: Mapped[int] = mapped_column(primary_key=True)
    station_number: Mapped[int] = mapped_column(ForeignKey("station.number"))
    hour: Mapped[int]
    turbidity: Mapped[float]
    spectrum: Mapped[bytes]
    station: Mapped[Station] = relationship()


def open_database(url):
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    return engine
