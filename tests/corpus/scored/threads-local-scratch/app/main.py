"""Makes previews of photographs: many arrive on Sunday evening, few otherwise."""

from previews import preview
from studio import Studio

if __name__ == "__main__":
    with Studio(preview) as studio:
        evening = studio.work(f"IMG_{n:04d}" for n in range(260))
        night = [studio.work([f"IMG_{n:04d}"]) for n in range(9_000, 9_040)]
    print(len(evening), len(night))
