from bikes.report import by_warmth
from bikes.sources import hires, weather

DAYS = 365


def main():
    table = by_warmth(hires(34_000, DAYS), weather(DAYS))
    print(table.round(2).to_string())


main()
