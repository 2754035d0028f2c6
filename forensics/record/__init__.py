"""Recording: a command under memray, and beside its capture a side-car that tells its story.

`run` starts and follows a command, `inside` records the running process, `attach` a foreign one.
What runs in the recorded process (`bootstrap`) and in the sampler (`sampler`, `proc`) imports the
standard library alone.
"""
