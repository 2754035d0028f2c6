from bench.shell import Shell
from bench.sound import Recordings, loudest, spectrogram

CELL = """
sound = recordings.day({day})
calls[{day}] = loudest(spectrogram(sound))
spectrogram(sound)
"""
DAYS = range(1, 37)


def main():
    shell = Shell(recordings=Recordings(DAYS), spectrogram=spectrogram, loudest=loudest)
    shell.run("calls = {}")
    for day in DAYS:
        shell.run(CELL.format(day=day))
    shell.run("max(calls, key=calls.get)")
    print(len(shell.In), shell.Out[len(shell.In) - 1])


main()
