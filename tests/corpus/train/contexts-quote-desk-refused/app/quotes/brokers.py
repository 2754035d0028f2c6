import asyncio
import json
import random

HEAD = "POST /quotes HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"


def proposal(broker, number, dice):
    """A ship with her last voyages, as brokers type them in: many are older than what is insured."""
    voyages = [
        {"from": f"port {dice.randrange(900)}", "to": f"port {dice.randrange(900)}", "cargo": "x" * 60}
        for _ in range(180)
    ]
    return {
        "ship": f"IMO {broker}{number:06}",
        "built": dice.randrange(1975, 2026),
        "tons": dice.randrange(900, 90_000),
        "voyages": voyages,
    }


async def broker(number, port, ships):
    dice = random.Random(number)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    quoted = refused = 0
    for ship in range(ships):
        body = json.dumps(proposal(number, ship, dice)).encode()
        writer.write(HEAD.format(len(body)).encode() + body)
        status = int((await reader.readline()).split()[1])
        length = 0
        while line := (await reader.readline()).strip().lower():
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        await reader.readexactly(length)
        quoted += status == 200
        refused += status != 200
    writer.close()
    await writer.wait_closed()
    return quoted, refused
