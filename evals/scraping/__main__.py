"""python -m evals.scraping SIDE SHOP DATABASE: one side reads a shop once, and says what that took as one line of JSON."""

import importlib
import json
import resource
import sys
import time


def main(side: str, shop: str, database: str) -> None:
    read = importlib.import_module(f"evals.scraping.by_{side}").read  # the others' imports are no part of its memory
    began, worked = time.perf_counter(), time.process_time()
    count = read(shop, database)
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - worked
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"read": count, "seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mb": peak_mb}))


if __name__ == "__main__":
    main(*sys.argv[1:])
