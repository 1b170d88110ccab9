#!/usr/bin/env python3
"""Random words on the command line, to be run by hand.

    words.py PROGRAM INPUT [-n 10000] [--seed 1]

PROGRAM is the command as one word list in quotes, INPUT a folder with short recordings. The options are those that
`--help` of each command shows; each run takes some of them, with values that are right, at the ends of a range, beyond,
of another kind, empty, or missing. It must end within a minute with a documented code, without words of the runtime, a
usage error must name a word that was given, and no input may change and no temporary file stay. Prints what is not as
promised and a summary; the exit code is 1 then.
"""
import argparse
import collections
import hashlib
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

CODES = {0, 1, 2, 3, 4, 5, 75}
COMMANDS = ["clean", "batch", "inspect", "dataset", "check", "report", "doctor", "completion"]
RUNTIME = re.compile(r"^   at |System\.|Exception|Unhandled|null reference|JsonObject|Nullable", re.MULTILINE)
VALUES = ["0", "1", "0.5", "-1", "-20", "1e9", "1e-9", "nan", "inf", "-inf", "", " ", "x", "é", "\u202e", "1,5",
          "1_000", "0x10", "3s", "300ms", "2min", "4h", "12dB", "-1dB", "-16LUFS", "44100Hz", "48k", "48kHz",
          "50%", "100 %", "on", "off", "true", "auto", "head", "range:0s-0.5s", "range:5-1", "file:in/a.wav",
          "file:nowhere", "left", "mix", "speech", "1/2", "3/2", "0/0", "auto/4", "zh", "en,zh", "gpt-sovits",
          "mine.json", "nowhere/deep", "in", "in/a.wav", "/dev/null", "out.json", "out.html", "-", "--", "*.wav",
          "[", "**", "24", "32f", "none", "bar", "warning", "never", "9" * 400, "a" * 300,
          "estimate-noise,spectral-gate", "spectral-gate", "high-pass,high-pass", "2147483648"]


def options_of(program, command):
    """The options of a command with the value that its help calls the default, or one of those it lists."""
    words = [] if command == "clean" else [command]
    text = subprocess.run([*program, *words, "--help"], capture_output=True, text=True).stdout
    found = {}
    for block in re.split(r"\n(?=  (?:-|    --))", text):
        names = re.match(r"\s*((?:-\w, )?--[a-z][a-z0-9-]*)", block)
        if names:
            plain = " ".join(block.split())
            default = re.search(r"Default ([^ ,;]+?)[.,;]?(?: |$)", plain)
            found.update({name: default.group(1) if default else None for name in names.group(1).split(", ")})
    return found or {"--help": None}


def hashes(folder):
    found = {}
    for root, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(root, name), "rb") as f:
                found[os.path.relpath(os.path.join(root, name), folder)] = hashlib.sha256(f.read()).hexdigest()
    return found


def words_of(command, options):
    words = {"clean": ["in/a.wav", "out.wav"], "batch": ["batch", "in", "-o", "out"], "inspect": ["inspect", "in"],
             "dataset": ["dataset", "in", "-o", "set"], "check": ["check", "set"], "report": ["report", "out"],
             "doctor": ["doctor"], "completion": ["completion", "bash"]}[command][:]
    for _ in range(random.choice([1, 1, 2, 3, 5])):
        option = random.choice(list(options))
        shape = random.random()
        if options[option] and shape < 0.6:
            words += [option, options[option]]
        elif shape < 0.25:
            words.append(option)
        elif shape < 0.55 or not option.startswith("--"):
            words += [option, random.choice(VALUES)]
        else:
            words.append(f"{option}={random.choice(VALUES)}")
    if random.random() < 0.1:
        words.insert(random.randrange(len(words) + 1), random.choice(VALUES))
    if random.random() < 0.1:
        del words[random.randrange(len(words))]
    if random.random() < 0.05:
        random.shuffle(words)
    return words


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("input")
    parser.add_argument("-n", type=int, default=10000)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    random.seed(a.seed)
    program, codes, bad = shlex.split(a.program), collections.Counter(), 0
    options = {c: options_of(program, c) for c in COMMANDS}
    with tempfile.TemporaryDirectory(prefix="voiceclean-words-") as work:
        shutil.copytree(a.input, os.path.join(work, "in"))
        expected = hashes(os.path.join(work, "in"))
        for i in range(a.n):
            command = random.choice(COMMANDS[:4] * 3 + COMMANDS)
            words = words_of(command, options[command])
            faults = []
            try:
                result = subprocess.run([*program, *words], cwd=work, stdin=subprocess.DEVNULL, timeout=60,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                code, errors = result.returncode, result.stderr.decode("utf-8", "replace")
                faults += [f"exit {code}"] if code not in CODES else []
                faults += ["words of the runtime"] if RUNTIME.search(errors) else []
                faults += ["no word"] if code in (2, 4, 5, 75) and not errors.strip() else []
            except subprocess.TimeoutExpired:
                code, errors, faults = "timeout", "", ["a minute was not enough"]
            codes[code] += 1
            if any(n.startswith(".vc-") for _, _, names in os.walk(work) for n in names):
                faults.append("a temporary file stays")
            now = hashes(os.path.join(work, "in"))
            if {k: v for k, v in now.items() if k in expected} != expected:
                # shuffled words may make of that folder one to write into, and give leave to replace what is there
                may = any(w == "-f" or w.startswith(("--force", "--overwrite")) for w in words)
                faults += [] if may and ("-o" in words or "--output" in words) else ["an input changed"]
                shutil.rmtree(os.path.join(work, "in"))
                shutil.copytree(a.input, os.path.join(work, "in"))
            if faults:
                bad += 1
                print(f"{i}: {shlex.join(words)}: {', '.join(faults)}: {errors.strip()[:300]}", flush=True)
            if i % 50 == 0:
                for name in os.listdir(work):
                    path = os.path.join(work, name)
                    if name != "in":
                        shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
                for name in set(os.listdir(os.path.join(work, "in"))) - {k.split(os.sep)[0] for k in expected}:
                    path = os.path.join(work, "in", name)
                    shutil.rmtree(path) if os.path.isdir(path) else os.remove(path)
    print(f"SUMMARY words: {a.n} runs, exits {dict(codes)}; wrong {bad}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
