from bench.shell import Shell
from bench.sound import Recordings, loudest, spectrogram

CELL = """
sound = recordings.day({day})
calls[{day}] = loudest(spectrogram(sound))
spectrogram(sound)
"""


def main():
    shell = Shell(recordings=Recordings(), spectrogram=spectrogram, loudest=loudest)
    shell.run("calls = {}")
    for day in range(1, 37):
        shell.run(CELL.format(day=day))
    shell.run("max(calls, key=calls.get)")
    print(len(shell.In), shell.Out[len(shell.In) - 1])


main()
