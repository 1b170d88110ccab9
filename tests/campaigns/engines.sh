#!/usr/bin/env bash
# Shards on true engines, in a minute, as root:   engines.sh VOICECLEAN FOLDER
# FOLDER holds everything and must not exist. Packages: those of slurm_rig.sh, parallel. The long form is slurm.sh.
# Slurm with two nodes: one task is killed, one says 75 and is put into the queue again, one dies with its node; then
# GNU parallel, one task killed. The tree must be that of one run, and every input stand in the journal of one shard.
set -euo pipefail
voiceclean=$(realpath "$1") work=$(mkdir -p "$2" && cd "$2" && pwd) shards=4
here=$(cd "$(dirname "$0")" && pwd)
samples=$here/../../samples
. "$here/slurm_rig.sh"
if [ "$(sinfo -h -t idle -o %D)" != 2 ]; then
  echo "skipped: Slurm does not start on this machine:"
  tail -n 3 "$work"/ctld.log "$work"/n?.log
  exit 0
fi

mkdir -p "$work/in/a b" "$work/in/声" "$work/bin" "$work/once"
for i in $(seq 8); do
  cp "$samples/fan.wav" "$work/in/a b/$i.wav"
  cp "$samples/hum.wav" "$work/in/声/$i.wav"
  cp "$samples/keyboard.wav" "$work/in/$i.wav"
done
: > "$work/in/empty.mp3"

# What happens to a task happens to the first one of its shard, once the run is under way.
cat > "$work/bin/voiceclean" <<SH
#!/bin/bash
shard=\$(printf '%s\n' "\$@" | sed -n 's:^\([0-9]*\)/$shards\$:\1:p')
[ -n "\$shard" ] || shard=\${SLURM_ARRAY_TASK_ID:-}
fate=\$(cat "$work/once/\$shard" 2> /dev/null) && rm "$work/once/\$shard"
case \$fate in
  killed) '$voiceclean' "\$@" & sleep 0.7; kill -9 \$!; wait \$!; exit 137 ;;
  again) exit 75 ;;
  node) echo "\$SLURMD_NODENAME \$(ps -o ppid= -p \$PPID) \$PPID \$\$" > "$work/dying"; sleep 600 ;;
esac
exec '$voiceclean' "\$@"
SH
chmod +x "$work/bin/voiceclean"
export PATH=$work/bin:$PATH
voiceclean batch "$work/in" -o "$work/one" --fail-on never --progress none -q

# Whether a tree is that of one run, with no temporary of a killed one in it, and every input in one journal.
same() {
  diff -r -x .voiceclean "$work/one" "$work/$1"
  python3 - "$work" "$1" <<'PY'
import glob, json, sys
work, out = sys.argv[1:]
shards = {}
for path in glob.glob(f"{work}/{out}/.voiceclean/journal-*.jsonl"):
    for line in open(path, encoding="utf-8"):
        try:
            shards.setdefault(json.loads(line)["id"], set()).add(path)
        except ValueError:
            pass                                            # torn by a kill; its result was made again
twice = [i for i, paths in shards.items() if len(paths) > 1]
print(f"{out}: same tree as one run; {len(shards)} of 25 inputs in one journal each" if len(shards) == 25 and not twice
      else f"{out}: {len(shards)} of 25 inputs, in several shards: {twice}")
sys.exit(len(shards) != 25 or bool(twice))
PY
}

echo killed > "$work/once/1"; echo again > "$work/once/2"; echo node > "$work/once/3"
sed -e "s/^shards=16 /shards=$shards /" -e "s/^#SBATCH --array=.*/#SBATCH --array=1-$shards/" \
  -e 's/^#SBATCH --cpus-per-task=2/#SBATCH --cpus-per-task=1/' -e 's/^#SBATCH --mem=2G/#SBATCH --mem=900M/' \
  "$samples/slurm/clean.sbatch" > "$work/clean.sbatch"
left() { squeue -h -r -o %i | wc -l; }
# What was put into the queue again waits for two minutes otherwise.
release() {
  for job in $(squeue -h -r -t pending -o %A); do scontrol update JobId="$job" StartTime=now 2> /dev/null || true; done
}
until_done() {
  for _ in $(seq 240); do [ "$(left)" -eq 0 ] && return; release; sleep 0.5; done
  echo "Slurm did not come to an end"; squeue; exit 1
}
sbatch --parsable --chdir="$work" "$work/clean.sbatch" "$work/in" "$work/out" > /dev/null
for _ in $(seq 120); do [ -s "$work/dying" ] && break; sleep 0.5; done
read -r node step_and_task < "$work/dying"
echo "node $node dies with its task"
kill -9 "${!node}"
kill -9 $step_and_task
sleep 11
slurmd -D -N "$node" >> "$work/$node.log" 2>&1 & declare "$node=$!"
until_done
echo "again what was killed, by its number"
sbatch --parsable --chdir="$work" --array=1 "$work/clean.sbatch" "$work/in" "$work/out" > /dev/null
until_done
same out

echo "GNU parallel, the same command twice, blanks in the names"
echo killed > "$work/once/2"
ln -s in "$work/the recordings"
run=("$work/clean.sh" "$work/the recordings" "$work/out of parallel")
sed "s/shards=16/shards=$shards/; s/--retries 3/--retries 1/; s/fail=25%/fail=100%/" "$samples/parallel/clean.sh" > "${run[0]}"
bash "${run[@]}" 2> /dev/null && { echo "a killed task went unseen"; exit 1; }
bash "${run[@]}" 2> /dev/null
same "out of parallel"
