"""Which of our languages a reader prefers (Accept-Language, RFC 9110 section 12.5.4); Dutch unless another is asked."""

from functools import lru_cache

from matcher.explanation import LANGUAGES

DEFAULT = "nl"


@lru_cache(maxsize=256)
def preferred(header: str | None) -> str:
    """The language with the highest weight of those we have; the first named of equals."""
    asked = [_weighed(part) for part in (header or "").lower().split(",")]
    ours = [(weight, -place, code) for place, (code, weight) in enumerate(asked) if code in LANGUAGES and weight > 0]
    return max(ours)[2] if ours else DEFAULT


def _weighed(part: str) -> tuple[str, float]:
    """`en-GB;q=0.8` → ("en", 0.8); an unreadable weight counts as none."""
    tag, _, parameter = part.partition(";")
    try:
        weight = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
    except ValueError:
        weight = 0.0
    return tag.strip().partition("-")[0], weight
