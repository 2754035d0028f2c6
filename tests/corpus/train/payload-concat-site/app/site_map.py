class Site:
    """The pages as they are served, with their tags."""

    def __init__(self):
        self._served = {}

    def put(self, address, encoded):
        self._served[address] = self.with_head(address, encoded)

    def with_head(self, address, encoded):
        return (
            f"HTTP/1.1 200 OK\r\nX-Address: {address}\r\nContent-Length: {len(encoded)}\r\n\r\n".encode()
            + encoded
        )

    def __len__(self):
        return len(self._served)
