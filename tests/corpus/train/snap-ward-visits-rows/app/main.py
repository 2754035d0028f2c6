"""Takes the visits of a quarter from the wards' lists into the hospital's database."""

from hospital.formulary import read_formulary
from hospital.intake import Intake
from hospital.lists import rounds

if __name__ == "__main__":
    intake = Intake("sqlite:///visits.db", read_formulary("formulary.json"))
    for ward, sheets in rounds(days=45, wards=8):
        intake.take(ward, sheets)
    print(intake.report())
