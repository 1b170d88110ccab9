#!/usr/bin/env python3
"""Signals at random points, also while a stream blocks, to be run by hand.

    streams.py PROGRAM INPUT [-n 300]

PROGRAM is the command as one word list in quotes, INPUT a recording that is cleaned without complaint. Each round
picks a situation, a signal and a moment; the first signal must end the program within 2 s with 128 + its number (or the
run was over before), and nothing may be left but whole files. Prints one line a round and a summary; the exit code is 1
if anything is not as promised.
"""
import argparse
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time

CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def listen():
    """What a shell starts in the background ignores SIGINT, under nohup SIGHUP; programs keep to that."""
    for number in CODES:
        signal.signal(number, signal.SIG_DFL)


class Situation:
    """A folder, a program that runs in it, and the ends of its streams, which say nothing and read nothing."""

    def __init__(self, program, work, source):
        self.work, self.ends = work, []
        os.makedirs(os.path.join(work, "in"))
        for i in range(40):
            shutil.copy(source, os.path.join(work, "in", f"{i:03}.wav"))
        shutil.copy(source, os.path.join(work, "in.wav"))
        os.mkfifo(os.path.join(work, "fifo"))
        self.program = program

    def start(self, words, stdin=None, stdout=None, stderr=None):
        def end(which, ours):
            if which != "blocked":
                return subprocess.DEVNULL if which is None else which
            read, write = os.pipe()
            self.ends.append(write if ours == "read" else read)
            return read if ours == "read" else write
        child_in, child_out, child_err = end(stdin, "read"), end(stdout, "write"), end(stderr, "write")
        self.child = subprocess.Popen([*self.program, *words], cwd=self.work, stdin=child_in, stdout=child_out,
                                      stderr=child_err, preexec_fn=listen)
        for descriptor in (child_in, child_out, child_err):
            if descriptor >= 0:
                os.close(descriptor)

    def close(self):
        for descriptor in self.ends:
            os.close(descriptor)

    def leftovers(self):
        found = []
        for folder, _, names in os.walk(self.work):
            for name in names:
                path = os.path.join(folder, name)
                if name.startswith(".vc-") or (name.endswith(".wav") and not is_whole(path)):
                    found.append(os.path.relpath(path, self.work))
        return found


def is_whole(path):
    with open(path, "rb") as f:
        data = f.read()
    return data[:4] == b"RIFF" and int.from_bytes(data[4:8], "little") + 8 == len(data)


def hold(situation, mode):
    """Opens the FIFO so that its other end can be opened too, and then neither reads nor writes."""
    situation.ends.append(os.open(os.path.join(situation.work, "fifo"), mode | os.O_NONBLOCK))


SITUATIONS = {
    "standard input says nothing": lambda s: s.start(["-", "out.wav", "-q"], stdin="blocked"),
    "list on standard input says nothing": lambda s: s.start(["batch", "--from-file", "-", "-o", "out", "-q"],
                                                             stdin="blocked"),
    "inspect, list on standard input": lambda s: s.start(["inspect", "--from-file", "-", "-q"], stdin="blocked"),
    "nobody reads the audio": lambda s: s.start(["in.wav", "-", "-q", "--bit-depth", "32f"], stdout="blocked"),
    "nobody reads the JSON of a batch": lambda s: s.start(["batch", "in", "-o", "out", "--json", "-q"],
                                                          stdout="blocked"),
    "nobody reads the JSON of inspect": lambda s: s.start(["inspect", "in", "--json", "-q"], stdout="blocked"),
    "nobody reads the JSON of a set": lambda s: s.start(["dataset", "in", "-o", "out", "--json", "-q"],
                                                        stdout="blocked"),
    "nobody reads the errors of a batch": lambda s: s.start(["batch", "in", "-o", "out", "-vv"], stderr="blocked"),
    "FIFO as input, no writer": lambda s: s.start(["fifo", "out.wav", "-q"]),
    "FIFO as input, silent writer": lambda s: (hold(s, os.O_RDWR), s.start(["fifo", "out.wav", "-q"])),
    "FIFO as output, no reader": lambda s: s.start(["in.wav", "fifo", "-f", "-q"]),
    "FIFO as output, idle reader": lambda s: (hold(s, os.O_RDONLY), s.start(["in.wav", "fifo", "-f", "-q",
                                                                             "--bit-depth", "32f"])),
    "FIFO as report": lambda s: s.start(["in.wav", "out.wav", "--report", "fifo", "-q"]),
    "FIFO as report of a batch": lambda s: s.start(["batch", "in", "-o", "out", "--report", "fifo", "-q"]),
    "FIFO as log": lambda s: s.start(["in.wav", "out.wav", "--log-file", "fifo", "-q"]),
    "FIFO as list": lambda s: s.start(["batch", "--from-file", "fifo", "-o", "out", "-q"]),
    "FIFO as configuration": lambda s: s.start(["in.wav", "out.wav", "--config", "fifo", "-q"]),
    "FIFO as transcripts": lambda s: s.start(["dataset", "in", "-o", "out", "--transcripts", "fifo", "-q"]),
    "FIFO as noise": lambda s: s.start(["in.wav", "out.wav", "--noise", "file:fifo", "-q"]),
    "batch at work": lambda s: s.start(["batch", "in", "-o", "out", "-q"]),
    "set at work": lambda s: s.start(["dataset", "in", "-o", "out", "-q"]),
    "inspect at work": lambda s: s.start(["inspect", "in", "-q"]),
    "check at work": lambda s: s.start(["check", "in", "-q"]),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("input")
    parser.add_argument("-n", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="only situations with this in their name")
    a = parser.parse_args()
    random.seed(a.seed)
    names = [n for n in SITUATIONS if not a.only or a.only in n]
    bad, times, over = {}, [], 0
    for i in range(a.n):
        name, number = names[i % len(names)], random.choice(list(CODES))
        with tempfile.TemporaryDirectory(prefix="voiceclean-streams-") as work:
            situation = Situation(shlex.split(a.program), work, os.path.abspath(a.input))
            SITUATIONS[name](situation)
            child = situation.child
            # not before the runtime has started, when a signal simply ends the process
            time.sleep(random.uniform(0.25, 1.2))
            if child.poll() is not None:
                over += 1
                print(f"{i}: {name}: over before, exit {child.returncode}", flush=True)
                situation.close()
                continue
            begin = time.time()
            child.send_signal(number)
            try:
                child.wait(8)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            seconds = time.time() - begin
            situation.close()
            left = situation.leftovers()
            if child.returncode in (0, 3) and not left:
                over += 1               # it was about to end by itself
                print(f"{i}: {name}: over before, exit {child.returncode}", flush=True)
                continue
            # A signal that comes before the runtime has started ends the process itself; a shell says 130 to that too.
            early = child.returncode == -number and not os.path.exists(os.path.join(work, "out"))
            ok = (child.returncode == CODES[number] or early) and seconds < 2 and not left
            times.append(seconds)
            if not ok:
                bad[name] = bad.get(name, 0) + 1
            print(f"{i}: {name}: {number.name} exit {child.returncode} after {seconds:.2f} s"
                  f"{'' if ok else ' WRONG ' + ' '.join(left)}", flush=True)
    times = sorted(times) or [0.0]
    print(f"SUMMARY streams: {len(times)} signals in {len(names)} situations ({over} were over before), median "
          f"{times[len(times) // 2]:.2f} s, longest {times[-1]:.2f} s, wrong {sum(bad.values())} {bad}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
