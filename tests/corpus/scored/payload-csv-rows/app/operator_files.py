from pathlib import Path


def write_readings(directory, count):
    path = Path(directory) / "readings.csv"
    with path.open("w") as file:
        file.write("meter,street,reading\n")
        file.writelines(map(reading, range(count)))
    return path


def reading(number):
    return f"M{number % 900:06d},Long Street Number {number} at the End of Town,{number % 77}\n"
