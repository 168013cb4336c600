"""`python -m availability.cli`: the `zorg` of this very interpreter, wherever its script was installed."""

from availability.cli import main

main()
