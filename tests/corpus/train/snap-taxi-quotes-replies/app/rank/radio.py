"""The radio to the cars: questions go out with a number, answers come back with the same number."""

import asyncio
import itertools
import json
from contextlib import contextmanager

from .cars import answer


class Radio:
    def __init__(self):
        self._numbers = itertools.count(1)
        self._asked = {}

    async def ask(self, car, question):
        number = next(self._numbers)
        reply = asyncio.get_running_loop().create_future()
        self._asked[number] = reply
        await self._air.put(json.dumps({"number": number, "car": car, "question": question}))
        return await reply

    @contextmanager
    def on_air(self):
        self._air = asyncio.Queue(maxsize=64)
        receiver = asyncio.create_task(self._receive())
        yield
        receiver.cancel()

    async def _receive(self):
        while True:
            message = json.loads(answer(await self._air.get()))
            reply = self._asked.get(message["number"])
            if reply is not None and not reply.done():
                reply.set_result(message)


radio = Radio()
