#!/usr/bin/env python3
"""What does it cost to move a constant of the gate?

  gate_constants.py MIXTURES EVALUATION [--items 8] [--by 20] [--only NAME[,NAME ...]] [--jobs 2] [--strength 0.6]

Every constant of GateConstants.cs is moved up and down by --by per cent, alone (a zero by one unit, a small whole
number by one), and the gate cleans --items mixtures, spread evenly over MIXTURES/items.json. Printed is the change of
the mean of the improvement of SI-SDR, of the speech's distortion (sp_snr), of consonants (fric), of musical noise (lkr)
and of the attenuation in pauses (na), each in dB. EVALUATION is the folder with metrics.py, align.py and score.py;
MIXTURES what its make_mix.py wrote.

The program that is measured is built once, from a copy of the sources in which each constant is multiplied by what
an environment variable says. The sources that are shipped hold nothing of this. Outputs with the same bytes are not
measured again: "no effect" means that no sample of any mixture changed. Needs numpy, scipy and soundfile.
"""
import argparse, hashlib, json, os, re, shutil, subprocess, sys, tempfile
from concurrent.futures import ProcessPoolExecutor

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TABLE = "src/VoiceClean/Stages/SpectralGate/GateConstants.cs"
CONSTANT = re.compile(r"public const (double|float|int) (\w+) = ([-\d._]+?)f?;")
CONSTANTS = re.compile(r"public static readonly double\[\] (\w+) = \[([^\]]+)\];")
FIGURES = ["sisdr_i", "sp_snr", "fric", "lkr", "na"]
MOVER = """
    private static readonly string[] s_moved =
        (System.Environment.GetEnvironmentVariable("GATE_CONSTANT") ?? "=1").Split('=');

    private static double Moved(string name, double value)
    {
        double factor = s_moved[0] != name ? 1
            : double.Parse(s_moved[1], System.Globalization.CultureInfo.InvariantCulture);
        return value == 0 ? System.Math.Sign(factor - 1) : value * factor;
    }
"""


def generate(text):
    """The table with movable constants, and their names with their values."""
    names = {m[2]: m[3] for m in CONSTANT.finditer(text)} | {m[1]: m[2] for m in CONSTANTS.finditer(text)}

    def one(match):
        kind, name, value = match.groups()
        cast = {"double": "", "float": "(float)", "int": "(int)System.Math.Round"}[kind]
        return f'public static readonly {kind} {name} = {cast}(Moved("{name}", {value}));'

    def many(match):
        values = ", ".join(f'Moved("{match[1]}", {v})' for v in match[2].split(","))
        return f"public static readonly double[] {match[1]} = [{values}];"

    text = CONSTANTS.sub(many, CONSTANT.sub(one, text))
    at = text.index("{", text.index("internal static class GateConstants")) + 1
    return text[:at] + MOVER + text[at:], names


def build(folder):
    for name in ("src", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", ".editorconfig",
                 "global.json", "nuget.config", "README.md", "LICENSE"):
        path = os.path.join(ROOT, name)
        if os.path.isdir(path):
            shutil.copytree(path, os.path.join(folder, name), ignore=shutil.ignore_patterns("bin", "obj"))
        elif os.path.exists(path):
            shutil.copy(path, folder)
    table = os.path.join(folder, TABLE)
    text, names = generate(open(table, encoding="utf8").read())
    with open(table, "w", encoding="utf8") as file:
        file.write(text)
    out = os.path.join(folder, "out")
    done = subprocess.run(["dotnet", "build", "-c", "Release", "src/VoiceClean.Cli", "-o", out,
                           "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false", "-p:WarningLevel=0"],
                          cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout[-3000:])
    return os.path.join(out, "VoiceClean.Cli.dll"), names


def steps(value, by):
    """The factors to move a constant by; whole numbers move by at least one."""
    if re.fullmatch(r"\d+", value) and 0 < int(value) < 3:
        return [(int(value) - 1) / int(value), (int(value) + 1) / int(value)]
    return [1 - by / 100, 1 + by / 100]


def clean(job):
    program, path, out, strength, moved = job
    environment = dict(os.environ, GATE_CONSTANT=moved)
    subprocess.run(["dotnet", program, path, out, "--strength", str(strength), "--silence", "off", "--loudness", "off",
                    "--gate", "off", "--force", "-q"], env=environment, capture_output=True)
    return hashlib.sha256(open(out, "rb").read()).hexdigest() if os.path.exists(out) else "none"


def measure(job):
    evaluation, root, item, out = job
    sys.path.insert(0, evaluation)
    import score
    return score.one((root, item, f"cp '{out}' {{out}}"))


def mean(rows, key):
    values = [r[key] for r in rows if r.get(key) is not None and r[key] == r[key]]
    return sum(values) / len(values) if values else float("nan")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mixtures")
    parser.add_argument("evaluation")
    parser.add_argument("--items", type=int, default=8)
    parser.add_argument("--by", type=float, default=20)
    parser.add_argument("--only")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--strength", type=float, default=0.6)
    a = parser.parse_args()
    noisy = [i for i in json.load(open(os.path.join(a.mixtures, "items.json"))) if i["list"] not in ("clean", "talk")]
    items = [noisy[(2 * n + 1) * len(noisy) // (2 * a.items)] for n in range(a.items)]
    print("mixtures:", " ".join(i["id"] for i in items))
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(a.jobs) as pool:
        program, names = build(folder)
        paths = [os.path.join(a.mixtures, "mix", i["id"] + ".wav") for i in items]

        def outputs(moved):
            outs = [os.path.join(folder, f"{i['id']}.{moved}.wav") for i in items]
            return outs, list(pool.map(clean, [(program, p, o, a.strength, moved) for p, o in zip(paths, outs)]))

        outs, usual = outputs("=1")
        before = list(pool.map(measure, [(a.evaluation, a.mixtures, i, o) for i, o in zip(items, outs)]))
        now = " ".join("%s %.2f" % (k, mean(before, k)) for k in FIGURES)
        print("%-28s %12s %s" % ("as it is", "", now), flush=True)
        for name, value in names.items():
            if a.only and name not in a.only.split(","):
                continue
            for factor in steps(value, a.by):
                outs, hashes = outputs(f"{name}={factor:g}")
                changed = [n for n, h in enumerate(hashes) if h != usual[n]]
                rows = list(before)
                jobs = [(a.evaluation, a.mixtures, items[n], outs[n]) for n in changed]
                for n, row in zip(changed, pool.map(measure, jobs)):
                    rows[n] = row
                text = " ".join("%s %+.2f" % (k, mean(rows, k) - mean(before, k)) for k in FIGURES)
                print("%-28s %12s %s" % (name, "x %.3g" % factor, text if changed else "no effect"), flush=True)
                for out in outs:
                    if os.path.exists(out):
                        os.remove(out)


if __name__ == "__main__":
    main()
