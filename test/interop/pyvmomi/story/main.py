"""Runs one story: python -m story.main NAME, told where to connect by FARGO_* of the environment."""

import importlib
import os
import sys

from pyVim.connect import Disconnect, SmartConnect


def connect(**more):
    return SmartConnect(
        host=os.environ["FARGO_HOST"],
        port=int(os.environ["FARGO_PORT"]),
        user=more.pop("user", os.environ["FARGO_USER"]),
        pwd=more.pop("pwd", os.environ["FARGO_PASSWORD"]),
        disableSslCertValidation=True,
        **more,
    )


def main():
    story = importlib.import_module("story." + sys.argv[1])
    si = connect()
    try:
        story.run(si, {"connect": connect, "environment": os.environ})
    finally:
        Disconnect(si)


if __name__ == "__main__":
    main()
