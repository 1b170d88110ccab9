#!/usr/bin/env python3
"""Fault campaigns over the built program, to be run by hand: the short forms of the same faults are in the test suites.

    faults.py kill    PROGRAM INPUT [-n 1000]   kill -9 at a random time, run again, compare the tree
    faults.py signal  PROGRAM INPUT [-n 100]    SIGINT, SIGTERM, SIGHUP at a random time: how it ends, and the tree
    faults.py full    PROGRAM INPUT [-n 50]     a tmpfs of a random size as output (needs root or unshare)
    faults.py denied  PROGRAM INPUT             a forbidden folder under another uid (needs root)

PROGRAM is the command as one word list in quotes, for instance "dotnet .../VoiceClean.Cli.dll".
Prints one line a fault and a summary; the exit code is 1 if anything is not as promised.
"""
import argparse
import hashlib
import json
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def tree(root):
    """Every result with its hash; temporary files show as such."""
    found = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [f for f in folders if f != ".voiceclean"]
        for name in names:
            with open(os.path.join(folder, name), "rb") as f:
                found[os.path.relpath(os.path.join(folder, name), root)] = hashlib.sha256(f.read()).hexdigest()
    return found


def run(program, source, output, *more, **options):
    words = [*program, "batch", source, "-o", output, "-q", *more]
    return subprocess.run(words, stderr=subprocess.PIPE, text=True, **options)


def is_whole(path):
    """A WAV file whose sizes are those it claims."""
    with open(path, "rb") as f:
        data = f.read()
    return data[:4] == b"RIFF" and int.from_bytes(data[4:8], "little") + 8 == len(data)


def listen():
    """What a shell starts in the background ignores SIGINT, under nohup SIGHUP; programs keep to that."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def start(program, source, output, *more):
    words = [*program, "batch", source, "-o", output, "-q", *more]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True, preexec_fn=listen)


def undisturbed(program, source, work):
    begin = time.time()
    result = run(program, source, os.path.join(work, "reference"))
    assert result.returncode == 0, result.stderr
    return tree(os.path.join(work, "reference")), time.time() - begin


def kill(program, source, work, n):
    """Kills batches, sets and single runs in turn until n of them died of it; the run after it must make all good."""
    recording = next(os.path.join(f, x) for f, _, names in sorted(os.walk(source)) for x in sorted(names)
                     if x.endswith(".wav"))
    output = os.path.join(work, "out")
    commands = {"batch": ["batch", source, "-o", output, "-q"], "set": ["dataset", source, "-o", output, "-q"],
                "set with a report": ["dataset", source, "-o", output, "-q", "--loudness-per", "speaker", "-j", "2"],
                "one recording": [recording, os.path.join(output, "one.wav"), "-q", "--force"]}
    expected, took = {}, {}
    for name, words in commands.items():
        shutil.rmtree(output, ignore_errors=True)
        os.makedirs(output)
        begin = time.time()
        subprocess.run([*program, *words], check=True)
        took[name], expected[name] = time.time() - begin, tree(output)
    kills, rounds, wrong, partial = dict.fromkeys(commands, 0), 0, 0, 0
    while sum(kills.values()) < n:
        name = list(commands)[rounds % len(commands)]
        rounds += 1
        shutil.rmtree(output, ignore_errors=True)
        os.makedirs(output)
        tries = 0
        while tries < random.choice((1, 1, 2, 3)):      # several kills on the way to one complete tree
            tries += 1
            child = subprocess.Popen([*program, *commands[name]], stderr=subprocess.DEVNULL)
            try:
                child.wait(random.uniform(0.01, took[name] * 1.1))
                took[name] = max(0.05, took[name] * 0.97)       # the machine has become faster
                break
            except subprocess.TimeoutExpired:
                child.send_signal(signal.SIGKILL)
                child.wait()
                kills[name] += child.returncode == -signal.SIGKILL
                took[name] *= 1.01
            broken = [p for p in tree(output) if p.endswith(".wav") and not is_whole(os.path.join(output, p))]
            partial += len(broken)
        result = subprocess.run([*program, *commands[name]], stderr=subprocess.PIPE, text=True)
        # A single run never looks at its neighbours, so the temporary file of a killed one stays; it is no result.
        found = {p: h for p, h in tree(output).items() if name != "one recording" or not p.startswith(".vc-")}
        if found != expected[name] or result.returncode != 0:
            wrong += 1
            print(f"{rounds}: {name}: rerun {result.returncode} {result.stderr.strip()}, "
                  f"differs in {[p for p in {**found, **expected[name]} if found.get(p) != expected[name].get(p)]}",
                  flush=True)
    print(f"SUMMARY kill: {sum(kills.values())} kills ({', '.join(f'{k} {v}' for k, v in kills.items())}) in {rounds} "
          f"rounds, partial files {partial}, wrong trees {wrong}")
    return wrong + partial


def stop(program, source, work, n):
    expected, took = undisturbed(program, source, work)
    output, bad, times = os.path.join(work, "out"), 0, []
    codes = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}
    for i in range(n):
        shutil.rmtree(output, ignore_errors=True)
        number = random.choice(list(codes))
        child = start(program, source, output)
        ended = False
        try:
            child.wait(random.uniform(0.2 * took, 0.9 * took))
            ended = True
        except subprocess.TimeoutExpired:
            child.send_signal(number)
        begin = time.time()
        child.wait()
        seconds = time.time() - begin
        lines = 0
        journal = os.path.join(output, ".voiceclean", "journal.jsonl")
        torn = 0
        if os.path.exists(journal):
            with open(journal, "rb") as f:
                data = f.read()
            torn = data != b"" and not data.endswith(b"\n")
            lines = len([json.loads(line) for line in data.splitlines()])
        left = [p for p in tree(output) if not p.endswith(".wav")] if os.path.exists(output) else []
        done = len(tree(output)) if os.path.exists(output) else 0
        # A signal that comes before the runtime has started ends the process itself; a shell says 130 to that too.
        early = child.returncode == -number and not os.path.exists(output)
        again = run(program, source, output)
        expected_end = child.returncode == codes[number] or early
        ok = ended or (expected_end and seconds < 2 and not torn and not left and lines == done)
        ok = ok and again.returncode == 0 and tree(output) == expected
        bad += not ok
        if ended:
            took *= 0.85            # the machine has become faster than the reference run was
        else:
            times.append(seconds)
        print(f"{i}: {number.name} exit {child.returncode} after {seconds:.2f} s, {done} results, {lines} lines, "
              f"rerun {again.returncode} {'ok' if ok else 'WRONG ' + child.stderr.read()}", flush=True)
    times = sorted(times) or [0.0]
    print(f"SUMMARY signal: {len(times)} signals, median {times[len(times) // 2]:.2f} s, longest {times[-1]:.2f} s, "
          f"wrong {bad}")
    return bad


def full(program, source, work, n):
    expected, _ = undisturbed(program, source, work)
    size = sum(os.path.getsize(os.path.join(work, "reference", p)) for p in expected)
    mount, bad = os.path.join(work, "small"), 0
    os.makedirs(mount)
    for i in range(n):
        kilobytes = random.randrange(64, max(65, size // 1024))
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", mount], check=True)
        try:
            result = run(program, source, os.path.join(mount, "out"))
            found = tree(os.path.join(mount, "out"))
            wrong = [p for p, h in found.items() if expected.get(p) != h]
            named = mount in result.stderr
            subprocess.run(["mount", "-o", f"remount,size={size // 1024 * 3 + 4096}k", mount], check=True)
            again = run(program, source, os.path.join(mount, "out"))
            same = tree(os.path.join(mount, "out")) == expected
        finally:
            subprocess.run(["umount", mount], check=True)
        ok = result.returncode == 75 and not wrong and named and again.returncode == 0 and same
        bad += not ok
        print(f"{i}: {kilobytes} kB: exit {result.returncode}, {len(found)} of {len(expected)} whole, "
              f"wrong or left over {wrong}, volume {'named' if named else 'NOT named'}; "
              f"with room: exit {again.returncode}, tree {'equal' if same else 'DIFFERS'}", flush=True)
    print(f"SUMMARY full: {n} sizes, wrong {bad}")
    return bad


def denied(program, source, work, n):
    bad = 0
    os.chmod(work, 0o755)
    for name, make in (("folder not ours", lambda p: os.mkdir(p, 0o755)), ("parent not ours", lambda p: None)):
        output = os.path.join(work, "denied-" + name.split()[0])
        make(output)
        begin = time.time()
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        result = run([*nobody, *program], source, output, env={**os.environ, "HOME": "/tmp"})
        ok = result.returncode == 5 and not (os.path.exists(output) and os.listdir(output))
        bad += not ok
        print(f"{name}: exit {result.returncode} after {time.time() - begin:.2f} s: {result.stderr.strip()}")
    return bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["kill", "signal", "full", "denied"])
    parser.add_argument("program")
    parser.add_argument("input")
    parser.add_argument("-n", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    random.seed(a.seed)
    campaign, usual = {"kill": (kill, 1000), "signal": (stop, 100), "full": (full, 50), "denied": (denied, 1)}[a.what]
    with tempfile.TemporaryDirectory(prefix="voiceclean-faults-") as work:
        bad = campaign(shlex.split(a.program), a.input, work, a.n or usual)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
