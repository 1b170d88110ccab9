#!/bin/bash
# Cleans IN into OUT in 16 shards, 4 at a time:   clean.sh IN OUT
# The same command again does only what failed or was not begun. Recordings were added? Remove OUT.joblog first.
# On other machines too, which see the same folders: add --sshloginfile nodes; 4 at a time is then 4 on each.
in=$1 out=$2 shards=16
seq "$shards" | parallel -q --wd . --jobs 4 --joblog "$out.joblog" --resume-failed --retries 3 --halt soon,fail=25% \
  voiceclean batch "$in" -o "$out" --shard "{}/$shards" --jobs 1 --progress none --fail-on never
