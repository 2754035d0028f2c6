from starlette.responses import JSONResponse
from starlette.routing import Route

from .config import config
from .taggers import TAGS, Taggers, counts

taggers = Taggers(config.tagger, config.tagger_pool_size)
_last = {"text": ""}


async def receive(request):
    """Tags a notice to mariners: short ones by the word that stands in them."""
    text = (await request.body()).decode()
    words = text.lower().split()
    old, new = counts.transform([_last["text"], text])
    _last["text"] = text
    if len(words) <= config.short:
        tag = next((tag for tag in TAGS if tag in words), "other")
    else:
        tag = taggers.tag(text)
    return JSONResponse({"tag": tag, "again": float((old @ new.T).sum()) > 0.95})


routes = [Route("/notices", receive, methods=["POST"])]
