#!/bin/bash
# Cleans IN into OUT in 16 shards, 4 at a time:   clean.sh IN OUT
# The same command again does only what failed or was not begun. On other machines too: add --sshloginfile nodes.
in=$1 out=$2 shards=16
export VOICECLEAN_JOBS=1 VOICECLEAN_PROGRESS=none
seq "$shards" | parallel -q --jobs 4 --joblog "$out.joblog" --resume-failed --retries 3 --halt soon,fail=25% \
  voiceclean batch "$in" -o "$out" --shard "{}/$shards" --fail-on never
