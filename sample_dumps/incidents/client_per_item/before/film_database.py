"""The film database on the web: answers every request with the same plot, over http or https.

Prints its address and the CA bundle that a client has to trust: the public one, and for https with
its own certificate added.
"""

import asyncio
import json
import ssl
import subprocess
import sys
import tempfile
from pathlib import Path

import certifi

BODY = json.dumps({"plot": "A number returns. " * 30, "rating": 7.1}).encode()
HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n".encode()


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer until the other side hangs up."""
    try:
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(HEAD + BODY)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def certificate(folder: Path) -> ssl.SSLContext:
    """A context with a certificate for 127.0.0.1, which is also added to a copy of the CA bundle."""
    key, own, bundle = folder / "key.pem", folder / "own.pem", folder / "bundle.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(own)),
        ],
        check=True,
        stderr=subprocess.DEVNULL,
    )
    bundle.write_text(Path(certifi.where()).read_text() + own.read_text())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    return context


async def main(scheme: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        secured = certificate(Path(folder)) if scheme == "https" else None
        bundle = Path(folder) / "bundle.pem" if secured else certifi.where()
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=secured, backlog=4096)
        print(f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}/", bundle, flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
