from bikes.report import Archive, by_warmth
from bikes.sources import hires, weather

DAYS = 365


def main():
    archive = Archive(weather(10 * DAYS))
    table = by_warmth(hires(34_000, DAYS), archive, range(DAYS))
    print(table.round(2).to_string())
    print(f"{archive.usual(0):.2f} to {archive.usual(182):.2f}")


main()
