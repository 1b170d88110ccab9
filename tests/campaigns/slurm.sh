#!/usr/bin/env bash
# Shards on a real Slurm with two nodes on this machine, as root:   slurm.sh VOICECLEAN FOLDER [CLIPS] [SHARDS]
# FOLDER holds everything and must not exist. Packages (Debian): slurmctld slurmd slurm-client slurm-wlm-basic-plugins
# munge python3-numpy. What is done to the runs: one node is killed with its steps and comes back, three tasks are
# killed, one is told that it has to be tried again (exit code 75), the array is submitted in two parts and parts again.
# What must hold: the tree is that of one run, byte for byte; every input has exactly one last verdict.
set -euo pipefail
voiceclean=$(realpath "$1") work=$(mkdir -p "$2" && cd "$2" && pwd) clips=${3:-2000} shards=${4:-16}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$work/bin"
ln -sf "$voiceclean" "$work/bin/voiceclean"
export PATH=$work/bin:$PATH

. "$here/slurm_rig.sh"

python3 "$here/make_clips.py" "$clips" "$work/in" --seconds 4 > "$work/make.log"
cp "$(find "$work/in" -name '*.wav' | head -n 1)" "$work/in/声 with spaces.wav"
head -c 400 /dev/urandom > "$work/in/broken.wav"
: > "$work/in/empty.mp3"
voiceclean batch "$work/in" -o "$work/one" --fail-on never --progress none --report "$work/one.jsonl" -q

script=$work/clean.sbatch
sed -e "s/^shards=16 /shards=$shards /" -e 's/^#SBATCH --cpus-per-task=2/#SBATCH --cpus-per-task=1/' \
  -e 's/^#SBATCH --mem=2G/#SBATCH --mem=900M/' "$here/../../samples/slurm/clean.sbatch" > "$script"
submit() { sbatch --parsable --chdir="$work" --array="$1" "$script" "$work/in" "$work/out"; }
running() { squeue -h -r -t running -o %i | wc -l; }
left() { squeue -h -r -o %i | wc -l; }
# What was put into the queue again waits for two minutes otherwise.
release() {
  for job in $(squeue -h -r -t pending -o %A); do scontrol update JobId="$job" StartTime=now 2> /dev/null || true; done
}
half=$((shards / 2))
submit "1-$half" > /dev/null
submit "$((half + 1))-$shards" > /dev/null
while [ "$(running)" -lt 2 ]; do sleep 0.5; done
sleep 3

echo "node n2 dies with what runs on it"
kill -9 "$n2"
for pid in $(pgrep -f "slurmstepd.*"); do
  tr '\0' '\n' < "/proc/$pid/cmdline" | grep -q n2 && kill -9 -- "-$(ps -o pgid= "$pid" | tr -d ' ')" 2> /dev/null || true
done
echo "killed with it: $(pkill -9 -c -f "$work/out --shard" || true) runs"      # those of n1 too
sleep 12
slurmd -D -N n2 >> "$work/n2.log" 2>&1 & n2=$!

echo "one task after the other is killed, three in all"
for _ in 1 2 3; do
  while [ "$(running)" -lt 1 ] && [ "$(left)" -gt 0 ]; do sleep 0.5; done
  echo "killed: $(pgrep -o -a -f "$work/out --shard auto" | sed 's/.*--shard/--shard/' || true)"
  pkill -9 -o -f "$work/out --shard auto" || true
  sleep 2
done

echo "one finds its shard held by a run elsewhere: exit code 75, and is put into the queue again by its script"
while [ "$(left)" -gt 0 ]; do release; sleep 1; done
python3 - "$work/out/.voiceclean/lock-1-of-$shards" "$work/held" <<'PY' & holder=$!
import fcntl, os, sys, time
with open(sys.argv[1], "r+") as lock:
    fcntl.lockf(lock, fcntl.LOCK_EX, 1, 1 << 30)        # as the program does it
    open(sys.argv[2], "w").close()
    while os.path.exists(sys.argv[2]):
        time.sleep(0.2)
PY
until [ -e "$work/held" ]; do sleep 0.1; done
task=$(submit 1)
until grep -q "Another run" "$work/voiceclean-${task}_1.log" 2> /dev/null; do sleep 0.5; done
rm "$work/held"
wait "$holder" || true
# While it is put into the queue it is in none for a moment.
for _ in $(seq 120); do
  grep -q " failed in " "$work/voiceclean-${task}_1.log" && break
  release
  sleep 1
done
grep " failed in " "$work/voiceclean-${task}_1.log" || { echo "the second try did not come to its end"; exit 1; }

echo "what has not ended well is submitted again, by its numbers alone"
for _ in 1 2 3; do
  failed=()
  for i in $(seq "$shards"); do
    # Whoever came to his end has said so; whoever was killed has not.
    grep -lq ' failed in ' "$work"/voiceclean-*_"$i".log || failed+=("$i")
  done
  [ ${#failed[@]} -eq 0 ] && break
  echo "again: ${failed[*]}"
  submit "$(IFS=,; echo "${failed[*]}")" > /dev/null
  while [ "$(left)" -gt 0 ]; do sleep 2; done
done

# No temporary file of a killed run is left: the next run of the same shard has taken it away.
diff -r -x .voiceclean "$work/one" "$work/out"
echo "same tree as one run: $(find "$work/out" -name '*.wav' | wc -l) results"
python3 - "$work" <<'PY'
import glob, json, sys
work = sys.argv[1]
ids = {}
for path in glob.glob(work + "/out/.voiceclean/journal-*.jsonl"):
    for line in open(path, encoding="utf-8"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue                                    # torn by a kill; its result was made again
        ids.setdefault(entry["id"], set()).add(path)
want = {json.loads(l).get("id") for l in open(work + "/one.jsonl", encoding="utf-8")} - {None}
twice = [i for i, paths in ids.items() if len(paths) > 1]
print(f"{len(want)} inputs, {len(want & ids.keys())} with a verdict, {len(twice)} in two shards")
sys.exit(bool(twice or want - ids.keys()))
PY
