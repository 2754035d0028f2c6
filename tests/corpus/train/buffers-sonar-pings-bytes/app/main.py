from sonar.profiles import Recorder
from sonar.receiver import receive
from sonar.ship import depart
from sonar.track import Track

track = Track()
recorders = [Recorder(beam) for beam in range(0, 512, 32)]

if __name__ == "__main__":
    for head, echo in receive(depart(pings=3_400)):
        track.sound(head, echo)
        for recorder in recorders:
            recorder.write(echo)
    print(track.deepest(), track.echoes, "strong echoes", recorders[3].brightest())
