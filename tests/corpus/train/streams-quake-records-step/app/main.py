from seismic.filters import centred, loudest
from seismic.stations import records

if __name__ == "__main__":
    for hour, swing, near in loudest(centred(records(hours=20))):
        print(f"{hour:02}h {swing:9.1f}, {near} near")
