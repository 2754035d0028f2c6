from fastapi import FastAPI, Request

from .posts import Paragraph, Post, Posts
from .words import Lexicon, published

lexicon = Lexicon(published(190_000))
posts = Posts("posts.db")
app = FastAPI(title="debates")


@app.post("/threads/{thread}", status_code=201)
async def submit(thread: str, request: Request):
    """Takes a post; its paragraphs are separated by empty lines."""
    text = (await request.body()).decode()
    post = Post(author=request.headers["x-author"], thread=thread, paragraphs=assess(text))
    posts.add(post)
    return {"heated": post.heated}


@app.get("/threads/{thread}/heated")
async def heated(thread: str):
    return {"heated": posts.heated(thread)}


def assess(text):
    return [Paragraph(text=part, valence=lexicon.valence(part)) for part in text.split("\n\n")]
