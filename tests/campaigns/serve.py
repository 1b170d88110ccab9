#!/usr/bin/env python3
"""Campaigns over `voiceclean serve`, to be run by hand on a quiet machine; only 127.0.0.1, bounded in count and time.

    serve.py bytes   PROGRAM [-n 20]    n files x 5 formats, 16 at once: every answer against the command line
    serve.py load    PROGRAM [-n 200]   n clients for 30 s: statuses, latencies, memory, temporary files
    serve.py gone    PROGRAM [-n 100]   clients that go away: how long until the worker is free
    serve.py stalled PROGRAM            as many uploads that stand still as there are places
    serve.py signal  PROGRAM [-n 50]    SIGTERM under load: answers that were cut, exit codes
    serve.py rate    PROGRAM            requests per second against one process a clip, in turns
    serve.py start   PROGRAM OTHER      --version of two programs in pairs, and their sizes

PROGRAM is the command as one word list in quotes. Prints what it measured; the exit code is 1 if something is not as
promised. ffmpeg makes the recordings, from samples/.
"""
import argparse
import asyncio
import collections
import os
import random
import re
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import time

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../samples")
FORMATS = {"wav": [], "flac": [], "m4a": ["-c:a", "aac", "-b:a", "96k"], "mp3": [], "opus": ["-ar", "48000"]}


class Server:
    """A server on a free port, with a folder of temporary files of its own."""

    def __init__(self, program, *options):
        self.temp = tempfile.TemporaryDirectory()
        self.errors = tempfile.TemporaryFile()
        words = shlex.split(program) + ["serve", "--listen", "127.0.0.1:0", "--temp", self.temp.name, *options]
        self.process = subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        line = self.process.stderr.readline().decode()
        self.port = int(re.search(r"127\.0\.0\.1:(\d+)", line).group(1))
        subprocess.Popen(["cat"], stdin=self.process.stderr, stdout=self.errors)

    def memory(self):
        """Peak resident memory [MB]."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) / 1024

    def cpu(self):
        """Processor time so far [s]."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def open_files(self):
        """Temporary files that are open, and those that have a name."""
        links = f"/proc/{self.process.pid}/fd"
        targets = [os.readlink(os.path.join(links, f)) for f in os.listdir(links) if os.path.lexists(f"{links}/{f}")]
        return sum(self.temp.name in t for t in targets), len(os.listdir(self.temp.name))

    def times(self, status):
        """How long it took over answers of one status, by its own log [s]."""
        self.errors.seek(0)
        return [int(t) / 1000 for t in re.findall(rf"{status} (\d+) ms", self.errors.read().decode())]

    def end(self):
        """SIGTERM, and the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


async def ask(port, method, path, body=b"", declared=None):
    """One request on a connection of its own: status, headers, body, whether it is whole."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        length = len(body) if declared is None else declared
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {length}\r\n\r\n"
        try:
            writer.write(head.encode() + body)
            await writer.drain()
        except (ConnectionError, OSError):
            pass                                                    # it may have answered already
        raw = await reader.readuntil(b"\r\n\r\n")
        status = int(raw.split()[1])
        headers = dict(line.lower().split(": ", 1) for line in raw.decode().split("\r\n")[1:] if ": " in line)
        size = int(headers.get("content-length", 0))
        return status, headers, await reader.readexactly(size)
    finally:
        writer.close()


async def figure(port, name):
    """One figure of /metrics."""
    _, _, text = await ask(port, "GET", "/metrics")
    return float(re.search(rf"^{name} (\S+)$", text.decode(), re.M).group(1))


def recordings(folder, count, formats=tuple(FORMATS)):
    """Variants of the samples: other speeds and levels, in each format."""
    paths = []
    for i in range(count):
        source = os.path.join(SAMPLES, ["fan.wav", "hum.wav", "keyboard.wav"][i % 3])
        change = f"atempo={0.8 + 0.02 * i:.2f},volume={-(i % 7)}dB"
        for ending in formats:
            path = os.path.join(folder, f"{i:02}.{ending}")
            subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", source, "-af", change,
                            *FORMATS[ending], path], check=True)
            paths.append(path)
    return paths


def read(path):
    with open(path, "rb") as file:
        return file.read()


def run_bytes(args):
    """Every answer against the command line."""
    with tempfile.TemporaryDirectory() as folder:
        paths = recordings(folder, args.n)
        for path in paths:
            subprocess.run(shlex.split(args.program) + ["-q", path, path + ".out"], check=True)
        server = Server(args.program, "--queue", "32")

        async def all_of_them():
            gate = asyncio.Semaphore(16)

            async def one(path):
                async with gate:
                    query = f"/v1/clean?id={os.path.basename(path)}"
                    status, _, body = await ask(server.port, "POST", query, read(path))
                    return status == 200 and body == read(path + ".out")
            return await asyncio.gather(*(one(p) for p in paths))
        same = asyncio.run(all_of_them())
        code = server.end()
        print(f"bytes: {sum(same)} of {len(same)} equal, 16 at once; exit {code}")
        return all(same) and code == 0


def percentile(times, share):
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else 0


def run_load(args):
    """Many clients; who is refused comes again after as long as was said."""
    workers = os.cpu_count()
    with tempfile.TemporaryDirectory() as folder:
        body = read(recordings(folder, 1, ["wav"])[0])
    server = Server(args.program, "--max-upload", "10MB", "--workers", str(workers))
    times, statuses = collections.defaultdict(list), collections.Counter()
    stop = time.monotonic() + args.seconds

    async def client():
        await asyncio.sleep(random.random())
        while time.monotonic() < stop:
            start = time.monotonic()
            try:
                status, headers, _ = await ask(server.port, "POST", "/v1/clean?id=a.wav", body)
            except (OSError, EOFError) as e:
                statuses[type(e).__name__] += 1
                continue
            statuses[status] += 1
            times[status].append(time.monotonic() - start)
            if status == 503:
                await asyncio.sleep(int(headers["retry-after"]) * (0.5 + random.random()))

    async def clients():
        await asyncio.gather(*(client() for _ in range(args.n)))
    asyncio.run(clients())
    memory, (opened, named), cpu = server.memory(), server.open_files(), server.cpu()
    code, bound = server.end(), workers * 150 + 100
    print(f"load: {args.n} clients, {args.seconds} s, load average {os.getloadavg()[0]:.0f}: {dict(statuses)}; "
          f"{statuses[200] / args.seconds:.1f} clips/s; cpu {cpu:.1f} s; 200 p50 {percentile(times[200], .5):.0f} ms "
          f"p99 {percentile(times[200], .99):.0f} ms; 503 p50 {percentile(times[503], .5):.1f} ms "
          f"p99 {percentile(times[503], .99):.1f} ms (in the server {percentile(server.times(503), .99):.0f} ms); "
          f"peak {memory:.0f} MB (bound {bound}); temporary files: {opened} open, {named} named; exit {code}")
    return set(statuses) <= {200, 503} and memory <= bound and opened == named == code == 0


def run_gone(args):
    """Clients that go away while ten minutes are worked on."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "long.flac")
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-stream_loop", "150", "-i",
                        os.path.join(SAMPLES, "fan.wav"), path], check=True)
        body = read(path)
    server, times = Server(args.program), []

    async def one():
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(f"POST /v1/clean HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {len(body)}\r\n\r\n"
                     .encode() + body)
        await writer.drain()
        while await figure(server.port, "voiceclean_running") < 1:
            await asyncio.sleep(0.005)
        await asyncio.sleep(random.random() * 0.8)
        writer.close()
        start = time.monotonic()
        while await figure(server.port, "voiceclean_running") > 0:
            await asyncio.sleep(0.002)
        times.append(time.monotonic() - start)
    for _ in range(args.n):
        asyncio.run(one())
    gone = asyncio.run(figure(server.port, "voiceclean_cancelled_total"))
    opened, named = server.open_files()
    code = server.end()
    print(f"gone: {len(times)} clients, {gone:.0f} cancelled, worker free after p50 {percentile(times, .5):.0f} ms, "
          f"max {max(times) * 1000:.0f} ms; temporary files: {opened} open, {named} named; exit {code}; "
          f"load average {os.getloadavg()[0]:.0f}")
    return max(times) <= 1 and gone == args.n and opened == named == code == 0


def run_stalled(args):
    """As many uploads that stand still as there are places."""
    server = Server(args.program)

    async def all_of_them():
        places = int(await figure(server.port, "voiceclean_places"))
        starts = time.monotonic()

        async def one():
            status, _, _ = await ask(server.port, "POST", "/v1/clean", b"RIFF", declared=1_000_000)
            return status, time.monotonic() - starts
        tasks = [asyncio.create_task(one()) for _ in range(places)]
        while await figure(server.port, "voiceclean_places_taken") < places:
            await asyncio.sleep(0.02)
        running = await figure(server.port, "voiceclean_running")
        health = (await ask(server.port, "GET", "/healthz"))[0]
        refused = (await ask(server.port, "POST", "/v1/clean", read(os.path.join(SAMPLES, "fan.wav"))))[0]
        ended = await asyncio.gather(*tasks)
        after = (await ask(server.port, "POST", "/v1/clean", read(os.path.join(SAMPLES, "fan.wav"))))[0]
        print(f"stalled: {places} of {places} places, running {running:.0f}, health {health}, next client {refused}; "
              f"ended with {dict(collections.Counter(s for s, _ in ended))} after at most "
              f"{max(t for _, t in ended):.1f} s; then {after}")
        return health == 200 and running == 0 and after == 200 \
            and all(s == 408 and t <= 10 for s, t in ended)
    good = asyncio.run(all_of_them())
    return server.end() == 0 and good


def run_signal(args):
    """SIGTERM under load: whoever was let in gets a whole answer."""
    body, outcomes, codes = read(os.path.join(SAMPLES, "fan.wav")), collections.Counter(), collections.Counter()

    async def once():
        server = Server(args.program)
        ended = asyncio.Event()

        async def client():
            while not ended.is_set():
                try:
                    status, headers, _ = await ask(server.port, "POST", "/v1/clean?id=a.wav", body)
                    outcomes[status] += 1
                    await asyncio.sleep(float(headers.get("retry-after", 0)))
                except asyncio.IncompleteReadError as e:
                    outcomes["cut" if e.partial or e.expected is not None else "no answer"] += 1
                except ConnectionRefusedError:
                    return                                          # it listens no more
                except OSError:
                    outcomes["no answer"] += 1
        clients = [asyncio.create_task(client()) for _ in range(12)]
        await asyncio.sleep(0.3 + random.random())
        server.process.send_signal(signal.SIGTERM)
        code = await asyncio.to_thread(server.process.wait, 60)
        ended.set()
        await asyncio.gather(*clients)
        codes[code] += 1
    for _ in range(args.n):
        asyncio.run(once())
    print(f"signal: {args.n} ends, exit codes {dict(codes)}; answers {dict(outcomes)}")
    # "no answer" is a connection that nobody had accepted when the server stopped listening: it was never let in.
    return codes == {0: args.n} and not outcomes["cut"]


def run_rate(args):
    """The same clips through the server and through a process each, in turns."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ten.wav")
        subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-stream_loop", "3", "-t", "10", "-i",
                        os.path.join(SAMPLES, "fan.wav"), path], check=True)
        body, server, rates = read(path), Server(args.program, "--queue", "32"), {"server": [], "process": []}
        count, jobs = 40, os.cpu_count()

        async def through_server():
            gate = asyncio.Semaphore(2 * jobs)

            async def one():
                async with gate:
                    assert (await ask(server.port, "POST", "/v1/clean", body))[0] == 200
            await asyncio.gather(*(one() for _ in range(count)))

        async def through_processes():
            gate = asyncio.Semaphore(jobs)

            async def one(i):
                async with gate:
                    process = await asyncio.create_subprocess_exec(
                        *shlex.split(args.program), "-q", path, os.path.join(folder, f"{i}.wav"), "-f")
                    assert await process.wait() == 0
            await asyncio.gather(*(one(i) for i in range(count)))
        for _ in range(5):
            for name, run in (("server", through_server), ("process", through_processes)):
                start = time.monotonic()
                asyncio.run(run())
                rates[name].append(count / (time.monotonic() - start))
        server.end()
        medians = {name: statistics.median(r) for name, r in rates.items()}
        print(f"rate: clips of 10 s per second, median of 5 turns: server {medians['server']:.1f}, one process a clip "
              f"{medians['process']:.1f}; load average {os.getloadavg()[0]:.0f}")
        return medians["server"] > medians["process"]


def run_start(args):
    """--version of two programs in pairs."""
    programs, times = [shlex.split(args.program), shlex.split(args.other)], [[], []]
    for _ in range(100):
        for which in random.sample((0, 1), 2):
            start = time.perf_counter()
            subprocess.run(programs[which] + ["--version"], check=True, stdout=subprocess.DEVNULL)
            times[which].append(time.perf_counter() - start)
    sizes = [os.path.getsize(p[0]) for p in programs]
    median = statistics.median(a - b for a, b in zip(*times)) * 1000
    print(f"start: size {sizes[0]:,} against {sizes[1]:,} bytes; --version median "
          f"{statistics.median(times[0]) * 1000:.1f} against {statistics.median(times[1]) * 1000:.1f} ms, least "
          f"{min(times[0]) * 1000:.1f} against {min(times[1]) * 1000:.1f} ms, median of the pairs {median:+.1f} ms")
    return median <= 3 and sizes[0] <= 16_000_000


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    defaults = {"bytes": 20, "load": 200, "gone": 100, "stalled": 0, "signal": 50, "rate": 0, "start": 0}
    parser.add_argument("campaign", choices=defaults)
    parser.add_argument("program")
    parser.add_argument("other", nargs="?", default="")
    parser.add_argument("-n", type=int)
    parser.add_argument("--seconds", type=int, default=30)
    args = parser.parse_args()
    args.n = args.n or defaults[args.campaign]
    sys.exit(0 if globals()["run_" + args.campaign](args) else 1)


if __name__ == "__main__":
    main()
