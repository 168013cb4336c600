"""`python -m dashboard`: the screens, on one port, for the API of `ZORG_API_URL`."""

import argparse

from dashboard.server import app


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dashboard")
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    asked = parser.parse_args()
    app.run(config={"server.address": asked.address, "server.port": asked.port})


if __name__ == "__main__":
    main()
