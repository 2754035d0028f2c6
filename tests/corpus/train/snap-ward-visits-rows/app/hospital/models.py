from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Ward(Base):
    __tablename__ = "wards"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    visits: Mapped[list["Visit"]] = relationship(back_populates="ward")


class Visit(Base):
    __tablename__ = "visits"

    id: Mapped[int] = mapped_column(primary_key=True)
    ward_id: Mapped[int] = mapped_column(ForeignKey("wards.id"))
    day: Mapped[int]
    patient: Mapped[str]
    drug: Mapped[str]
    milligrams: Mapped[int]
    note: Mapped[str]
    ward: Mapped[Ward] = relationship(back_populates="visits")
