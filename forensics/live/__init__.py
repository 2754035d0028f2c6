"""What a running process can say of itself and of another one, for a service that goes on serving.

Standard library alone, every answer bounded in time and memory: shared by the sampler, the
snapshots, the debug endpoint and the census.
"""
