#!/usr/bin/env python3
"""How many shards: simulates runs of many shards on many cores and says how long they take beside the ideal.

    stragglers.py [--clips 1e8] [--cores 1000] [--cost 0.013] [--names 1e6]

One line for each number of shards a core, the mean of 20 runs: length over that of equal work without any loss, share
of the core time that is no cleaning (starts, listing, waiting for the last shards), the number of tasks, and the length
if all shards were equal work, which is what balancing by duration could give at best. What is
assumed, besides the figures measured (cost of a clip, of a start, of listing names): cores differ by 10 % (standard
deviation of the logarithm), one in 50 is three times slower for the whole run; clips cost alike within a shard of
thousands, in the second table they are recordings whose length is log-normal with a mean of 10 minutes (sigma 1); a
task is killed once in 500 core hours, goes on from its journal, and waits 30 s for its second start; the scheduler
starts 20 tasks a second.
"""
import argparse
import heapq
import math
import random

START = 0.0075          # CPU seconds of a start
LISTING = 1.4e-6        # CPU seconds a name, in every shard of a list
DISPATCH = 1 / 20
KILLED_AFTER = 500 * 3600
SECOND_START = 30


def run(shards, cores, work, spread, listing, rng):
    """Length of a run, and how much of it was cleaning."""
    speeds = [math.exp(rng.gauss(0, 0.1)) * (3 if rng.random() < 0.02 else 1) for _ in range(cores)]
    mean = work / shards
    free = [(i * DISPATCH, i) for i in range(cores)]
    heapq.heapify(free)
    end, given = 0.0, 0.0
    for _ in range(shards):
        at, core = heapq.heappop(free)
        at = max(at, given)
        given = at + DISPATCH
        seconds = START + listing + mean * max(0.05, rng.gauss(1, spread))
        while True:
            killed = rng.expovariate(1 / KILLED_AFTER)
            if killed > seconds * speeds[core]:
                break
            at += killed + SECOND_START
            seconds -= killed / speeds[core] - START - listing
        at += seconds * speeds[core]
        end = max(end, at)
        heapq.heappush(free, (at, core))
    return end


def mean_length(shards, cores, work, spread, listing):
    return sum(run(shards, cores, work, spread, listing, random.Random(seed)) for seed in range(20)) / 20


def table(title, clips, cores, cost, names, recordings):
    work = clips * cost
    print(f"\n{title}: {work / 3600:,.0f} core hours on {cores:,} cores, ideal {work / cores / 60:.1f} min")
    print("| shards a core | tasks | a shard | length over ideal | not cleaning | if shards were equal |")
    print("|---|---|---|---|---|---|")
    for per_core in (1, 2, 4, 8, 16, 32, 64):
        shards = per_core * cores
        # The sum of n log-normal lengths of sigma 1 varies by 1.31 / sqrt(n).
        spread = 1.31 / math.sqrt(recordings / shards) if recordings else 0.0
        length, equal = (mean_length(shards, cores, work, s, LISTING * names) for s in (spread, 0.0))
        print(f"| {per_core} | {shards:,} | {work / shards / 60:.1f} min | {length * cores / work:.2f} "
              f"| {100 * (1 - work / (length * cores)):.0f} % | {equal * cores / work:.2f} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--clips", type=float, default=1e8)
    parser.add_argument("--cores", type=int, default=200)
    parser.add_argument("--cost", type=float, default=0.013)
    parser.add_argument("--names", type=float, default=1e6)
    given = parser.parse_args()
    table("clips of 5 s", given.clips, given.cores, given.cost, given.names, 0)
    # The same hours of sound as recordings of 10 minutes, and 20,000 of an hour.
    table("recordings of 10 min", given.clips, given.cores, given.cost, given.names, given.clips * 5 / 600)
    table("20,000 recordings of 1 h", 20_000 * 720, given.cores // 2, given.cost, 20_000, 20_000)
