from fastapi import APIRouter, HTTPException

from .encoder import EncoderPool
from .plants import PLANTS, Plant
from .settings import settings

router = APIRouter()
encoders = EncoderPool(settings.encoder_pool_size)


@router.get("/plants/{number}")
def plant(number: int) -> Plant:
    if number >= len(PLANTS):
        raise HTTPException(404, "no such sheet")
    return PLANTS[number]


@router.get("/plants")
def by_word(word: str) -> list[Plant]:
    return [one for one in PLANTS if word in one.caption][: settings.answers]


@router.get("/alike/{number}")
def alike(number: int) -> list[Plant]:
    some = PLANTS[number : number + 8]
    vectors = encoders.encode(one.caption for one in some)
    order = (-vectors @ vectors[0]).argsort()
    return [some[index] for index in order[1 : settings.answers]]
