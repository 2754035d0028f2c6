"""Collects the baptisms of a county from the registers that an archive has put on line."""

from parish.archive import reading_room
from parish.client import Archive
from parish.gazetteer import Gazetteer
from parish.registers import Index, collect

if __name__ == "__main__":
    gazetteer = Gazetteer.from_csv("gazetteer.csv")
    index = Index(gazetteer)
    with reading_room() as address:
        archive = Archive(address)
        collect(archive, index, books=range(1, 14), pages=24)
    print(index.summary())
    print("slowest:", *archive.slowest(3), sep="\n  ")
