"""Corrects the pictures of a telescope and keeps a catalogue of the night's stars."""

from correct import correct
from stars import stars_of
from telescope import night


def run():
    catalogue = []
    for number, picture in enumerate(night(400)):
        correct(picture)
        catalogue.append(stars_of(number, picture))
    return catalogue


if __name__ == "__main__":
    catalogue = run()
    print(len(catalogue))
