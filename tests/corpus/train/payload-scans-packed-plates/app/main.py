"""Measures the plates of an observatory: a packed archive a year, taken out plate by plate."""

from observatory.archive import packed_years
from observatory.brightness import mean
from observatory.reader import Reader
from observatory.survey import read_survey, survey

reader = Reader()


def run(stars):
    for year, packed in packed_years(1931, 1961):
        for name, plate in reader.plates(year, packed):
            yield year, name, mean(plate) / stars


if __name__ == "__main__":
    stars = read_survey(survey())
    print(sum(brightness for _, _, brightness in run(stars)))
