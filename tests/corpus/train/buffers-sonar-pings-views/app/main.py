from sonar.receiver import receive
from sonar.ship import depart
from sonar.track import Track

track = Track()

if __name__ == "__main__":
    for head, echo in receive(depart(pings=3_400)):
        track.sound(head, echo)
    print(track.deepest(), track.echoes, "strong echoes")
