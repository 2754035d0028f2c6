"""Flood levels of every reach of a basin, for the authority's tables."""

from basin import reaches
from study import Study

study = Study("wet month")


def main():
    study.calculate(reaches(36))
    for name, highest, hours in study.table():
        if hours > 20:
            print(f"{name}  {highest:6.2f} m  {hours:4} h")


if __name__ == "__main__":
    main()
