from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Artist(Base):
    __tablename__ = "artist"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    school: Mapped[str]
    works: Mapped[list["Work"]] = relationship(back_populates="artist")


class Work(Base):
    __tablename__ = "work"

    id: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(ForeignKey("artist.id"), index=True)
    title: Mapped[str]
    room: Mapped[int]
    minutes: Mapped[int]
    description: Mapped[str]
    artist: Mapped[Artist] = relationship(back_populates="works")
