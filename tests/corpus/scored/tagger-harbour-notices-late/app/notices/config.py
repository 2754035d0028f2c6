from dataclasses import dataclass


@dataclass(frozen=True)
class Config:
    tagger: str = "tagger.onnx"
    tagger_pool_size: int = 8
    short: int = 12


config = Config()
