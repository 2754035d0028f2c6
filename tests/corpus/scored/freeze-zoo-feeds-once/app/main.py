from zoo.kitchen import Kitchen
from zoo.stock import shares

kitchen = Kitchen(shares())

if __name__ == "__main__":
    print(*kitchen.year(days=360))
