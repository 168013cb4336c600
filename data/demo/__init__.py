"""The demo world: invented providers on the real map, the same for the same seed and day."""

from data.demo.world import demo_accounts, load_world

__all__ = ["demo_accounts", "load_world"]
