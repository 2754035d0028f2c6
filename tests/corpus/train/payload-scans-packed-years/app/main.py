"""Measures the plates of an observatory: a packed archive a year, taken out plate by plate."""

from observatory.archive import packed_years
from observatory.brightness import mean
from observatory.reader import Reader

reader = Reader()


def run():
    for year, packed in packed_years(1931, 1961):
        for name, plate in reader.plates(year, packed):
            yield year, name, mean(plate)


if __name__ == "__main__":
    print(sum(brightness for _, _, brightness in run()))
