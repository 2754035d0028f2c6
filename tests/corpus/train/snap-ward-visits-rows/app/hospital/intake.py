from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from .models import Base, Visit, Ward


class Intake:
    def __init__(self, url, formulary):
        self._formulary = formulary
        engine = create_engine(url)
        Base.metadata.create_all(engine)
        self._session = Session(engine, expire_on_commit=False)
        self._wards = {}

    def take(self, name, sheets):
        """The sheets of one ward and day, in one transaction."""
        ward = self._ward(name).id
        for sheet in sheets:
            strength = self._formulary[sheet["drug"]]["strength"]
            visit = Visit(
                ward_id=ward,
                day=sheet["day"],
                patient=sheet["patient"],
                drug=sheet["drug"],
                milligrams=sheet["dose"] * strength,
                note=sheet["note"],
            )
            self._session.add(visit)
        self._session.commit()

    def _ward(self, name):
        if name not in self._wards:
            ward = Ward(name=name)
            self._session.add(ward)
            self._session.flush()
            self._wards[name] = ward
        return self._wards[name]

    def report(self):
        query = select(func.count(), func.sum(Visit.milligrams))
        return "{} visits, {} mg".format(*self._session.execute(query).one())
