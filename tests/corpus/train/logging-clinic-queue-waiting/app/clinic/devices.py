import asyncio
import random

KINDS = ("K", "NA", "GLU", "CREA", "HB", "LEU", "CRP", "TSH")


def message(device, number, dice):
    """A result as a device sends it: segments of fields, some of them with the whole curve."""
    lines = [f"MSH|^~\\&|device-{device}|ward {device % 4}|||{number:06}||ORU^R01"]
    lines += [
        f"OBX|{index}|NM|{dice.choice(KINDS)}||{dice.uniform(0, 300):.3f}|mmol/l|||||F|{dice.random():.16f}"
        for index in range(70)
    ]
    return "\r".join(lines)


async def device(number, port, results):
    dice = random.Random(number)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for result in range(results):
        writer.write(b"\x0b" + message(number, result, dice).encode() + b"\x1c\n")
        await reader.readline()
    writer.close()
    await writer.wait_closed()
