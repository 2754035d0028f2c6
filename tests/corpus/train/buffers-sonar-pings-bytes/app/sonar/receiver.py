from sonar.ship import HEAD


def receive(connection):
    """Each ping as its head and its echo, both in the buffer that it came in."""
    with connection, connection.makefile("rb") as stream:
        while head := stream.read(HEAD.size):
            length = HEAD.unpack(head)[-1]
            buffer = bytearray(HEAD.size + length)
            view = memoryview(buffer)
            view[: HEAD.size] = head
            stream.readinto(view[HEAD.size :])
            yield view[: HEAD.size], view[HEAD.size :]
