from pydantic import BaseModel, Field


class Settings(BaseModel):
    encoder_pool_size: int = Field(30, ge=1, description="encoders that answer at the same time")
    answers: int = 5


settings = Settings()
