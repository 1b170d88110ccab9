#!/usr/bin/env python3
"""Fault campaigns over the built program, to be run by hand: the short forms of the same faults are in the test suites.

    faults.py kill    PROGRAM INPUT [-n 1000]   kill -9 at a random time, run again, compare the tree
    faults.py signal  PROGRAM INPUT [-n 100]    SIGINT, SIGTERM, SIGHUP at a random time: how it ends, and the tree
    faults.py full    PROGRAM INPUT [-n 50]     a tmpfs of a random size as output (needs root or unshare)
    faults.py denied  PROGRAM INPUT             a forbidden folder under another uid (needs root)
    faults.py options PROGRAM INPUT             every option that writes x what must not be written over (needs root)
    faults.py limits  PROGRAM INPUT [-n 50]     sizes of files and memory, full and closed streams

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
import stat
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
        over = child.returncode == 0 and left == [] and tree(output) == expected    # all was done when it came
        expected_end = child.returncode == codes[number] or early or over
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


WRITING = [("clean", ""), ("clean", "--report"), ("clean", "--log-file"),
           ("batch", "-o"), ("batch", "--state"), ("batch", "--report"), ("batch", "--log-file"),
           ("dataset", "-o"), ("dataset", "--state"), ("dataset", "--report"), ("dataset", "--log-file"),
           ("inspect", "--report"), ("inspect", "--log-file"), ("check", "--log-file")]
FOLDERS = ("-o", "--state")
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def words_of(command, option, target, work, force):
    """A run in which one option names the target, and nothing else is in its way."""
    source, words = os.path.join(work, "in"), []
    if command == "clean":
        words = [os.path.join(source, "a.wav"), target if option == "" else os.path.join(work, "result", "o.wav")]
    elif command == "check":
        words = [command, source]
    else:
        words = [command, source]
        if command != "inspect":
            words += ["-o", target if option == "-o" else os.path.join(work, "result", "set")]
    if option not in ("", "-o"):
        words += [option, target]
    return words + ["-v"] + (["--force"] if force and command in ("clean", "inspect") else []) \
        + (["--overwrite", "always"] if force and command in ("batch", "dataset") else [])


def options(program, source, work, n):
    """Every option that writes x input, output, device, FIFO, link, existing file, read-only."""
    recording = next(os.path.join(f, x) for f, _, names in sorted(os.walk(source)) for x in sorted(names)
                     if x.endswith(".wav"))
    os.chmod(work, 0o755)
    counts, bad = {}, 0
    for command, option in WRITING:
        for kind in (
                "input", "output", "device", "FIFO", "link", "existing file", "read-only folder", "read-only file"):
            for force in (False, True):
                root = tempfile.mkdtemp(dir=work)
                os.chmod(root, 0o755)
                os.makedirs(os.path.join(root, "in"))
                os.makedirs(os.path.join(root, "result"))
                shutil.copy(recording, os.path.join(root, "in", "a.wav"))
                outcome = try_target(program, command, option, kind, force, root)
                if outcome is None:
                    continue
                ok, code, why = outcome
                bad += not ok
                counts.setdefault(kind, []).append(ok)
                if not ok:
                    print(f"{command} {option or 'OUT'} {kind} force={force}: exit {code}: {why}", flush=True)
                shutil.rmtree(root, ignore_errors=True)
    print("SUMMARY options: " + ", ".join(f"{k} {sum(v)} of {len(v)}" for k, v in counts.items()) + f"; wrong {bad}")
    return bad


def try_target(program, command, option, kind, force, root):
    folder = option in FOLDERS
    target, original = os.path.join(root, "target"), open(os.path.join(root, "in", "a.wav"), "rb").read()
    victim, reader, prefix = os.path.join(root, "victim"), None, []
    if kind == "input":
        target = os.path.join(root, "in", "a.wav")
    elif kind == "output":
        if option in ("", "-o") or command in ("inspect", "check"):
            return None
        target = os.path.join(root, "result", "o.wav" if command == "clean" else "set/a.wav" if command == "batch"
                              else "set/report.json")
        if folder:
            return None
    elif kind == "device":
        os.mknod(target, 0o666 | 0o020000, os.makedev(1, 3))
    elif kind == "FIFO":
        os.mkfifo(target)
        if not folder:
            reader = subprocess.Popen(["cat", target], stdout=subprocess.DEVNULL)
    elif kind in ("link", "existing file"):
        with open(victim if kind == "link" else target, "w") as f:
            f.write("somebody's notes\n")
        if kind == "link":
            os.symlink(victim, target)
    elif kind == "read-only folder":
        prefix, target = NOBODY, os.path.join(root, "closed", "x")
        os.mkdir(os.path.join(root, "closed"), 0o555)
        os.chmod(os.path.join(root, "result"), 0o777)
    elif kind == "read-only file":
        if folder:
            return None
        prefix = NOBODY
        with open(target, "w") as f:
            f.write("somebody's notes\n")
        os.chmod(target, 0o444)
        os.chmod(os.path.join(root, "result"), 0o777)
    try:
        result = subprocess.run([*prefix, *program, *words_of(command, option, target, root, force)], text=True,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60, cwd="/",
                                env={**os.environ, "HOME": "/tmp"})
    except subprocess.TimeoutExpired:
        return False, "none", "hangs"
    finally:
        if reader:
            reader.kill()
            reader.wait()
    code, said = result.returncode, result.stderr
    if open(os.path.join(root, "in", "a.wav"), "rb").read() != original:
        return False, code, "THE INPUT CHANGED"
    if "   at " in said or "Unhandled" in said or code == 70:
        return False, code, said
    if kind in ("input", "output"):
        return code in (2, 4, 5), code, said
    if kind == "device":
        return stat.S_ISCHR(os.stat(target).st_mode) and code in (0, 2, 3, 5), code, said
    if kind == "FIFO":
        return stat.S_ISFIFO(os.stat(target).st_mode) and code in (0, 2, 3, 5), code, said
    path = victim if kind == "link" else target
    if kind == "link" and not os.path.islink(target):
        return False, code, "the link is gone"
    if kind in ("link", "existing file"):
        kept = open(path).read() == "somebody's notes\n" if is_text(path) else False
        replaced = force and option in ("", "--report") and code in (0, 3)
        return (kept and code in (2, 5)) or replaced, code, said
    left = os.path.exists(target) if kind == "read-only folder" else open(target).read() != "somebody's notes\n"
    return code in (2, 5) and not left, code, said


def is_text(path):
    with open(path, "rb") as f:
        return b"\0" not in f.read(1000)


def limits(program, source, work, n):
    """Limits of the system: n sizes of files (ulimit -f), /dev/full as every stream, 30 sizes of memory (ulimit -v)."""
    recording = next(os.path.join(f, x) for f, _, names in sorted(os.walk(source)) for x in sorted(names)
                     if x.endswith(".wav"))
    bad, program = 0, " ".join(shlex.quote(w) for w in program)
    for i in range(n):
        out = os.path.join(work, f"f{i}")
        os.makedirs(out)
        blocks = random.randrange(1, 2 * os.path.getsize(recording) // 1024)
        begin = f"export DOTNET_EnableWriteXorExecute=0; ulimit -f {blocks}; "
        words = f"{recording} {out}/o.wav -q" if i % 2 else f"batch {source} -o {out}/set -q"
        result = subprocess.run(["bash", "-c", f"{begin}{program} {words}"], stderr=subprocess.PIPE, text=True)
        left = [x for _, _, names in os.walk(out) for x in names if x.startswith(".vc-")]
        broken = [x for f, _, names in os.walk(out) for x in names
                  if x.endswith(".wav") and not is_whole(os.path.join(f, x))]
        ok = result.returncode in (0, 75) and not left and not broken and (result.returncode == 0 or result.stderr)
        bad += not ok
        if not ok:
            print(f"ulimit -f {blocks}: exit {result.returncode}, left {left}, broken {broken}: {result.stderr}")
    streams = 0
    for words in (f"{recording} - -q", f"{recording} {work}/a.wav --json -q -f", f"inspect {source} --json",
                  f"inspect {source}", f"batch {source} -o {work}/b --json -q",
                  f"dataset {source} -o {work}/s --json -q",
                  "--help", "doctor", "--version", "help tuning", f"check {work}/s --json"):
        for place, expected in ((">/dev/full", (75,)), ("2>/dev/full >/dev/null", (0, 3)), ("2>&- >/dev/null", (0, 3))):
            streams += 1
            result = subprocess.run(["bash", "-c", f"{program} {words} {place}"], stderr=subprocess.PIPE, text=True)
            if result.returncode not in expected or "   at " in result.stderr:
                bad += 1
                print(f"{words} {place}: exit {result.returncode}: {result.stderr}")
    long, memory, asleep = os.path.join(work, "long.wav"), {}, 0
    with open(recording, "rb") as f:
        data = f.read()
    with open(long, "wb") as f:
        sound = data[44:] * (60_000_000 // len(data))
        f.write(data[:4] + (36 + len(sound)).to_bytes(4, "little") + data[8:40])
        f.write(len(sound).to_bytes(4, "little") + sound)
    for kilobytes in [int(150_000 * 1.08 ** i) for i in range(30)]:
        out = os.path.join(work, f"m{kilobytes}")
        os.makedirs(out)
        limit = f"ulimit -v {kilobytes}; {program}"
        if subprocess.run(["bash", "-c", f"{limit} --version >/dev/null 2>&1"]).returncode:
            asleep += 1             # the runtime itself does not start
            continue
        result = subprocess.run(["bash", "-c", f"{limit} {long} {out}/o.wav -q"], stderr=subprocess.PIPE, text=True)
        left = [x for x in os.listdir(out) if x.startswith(".vc-")]
        whole = all(is_whole(os.path.join(out, x)) for x in os.listdir(out))
        memory[result.returncode] = memory.get(result.returncode, 0) + 1
        said = result.returncode == 0 or "memory" in result.stderr
        if result.returncode not in (0, 75) or left or not whole or "   at " in result.stderr or not said:
            bad += 1
            print(f"ulimit -v {kilobytes}: exit {result.returncode}, left {left}: {result.stderr[:300]}")
    print(f"SUMMARY limits: {n} sizes of files, {streams} full or closed streams, {30 - asleep} sizes of memory "
          f"(exits {memory}; {asleep} too small to start); wrong {bad}")
    return bad


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["kill", "signal", "full", "denied", "options", "limits"])
    parser.add_argument("program")
    parser.add_argument("input")
    parser.add_argument("-n", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    random.seed(a.seed)
    campaign, usual = {"kill": (kill, 1000), "signal": (stop, 100), "full": (full, 50), "denied": (denied, 1),
                       "options": (options, 1), "limits": (limits, 50)}[a.what]
    with tempfile.TemporaryDirectory(prefix="voiceclean-faults-") as work:
        bad = campaign(shlex.split(a.program), a.input, work, a.n or usual)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
