#!/bin/sh
# clean.sh IN OUT.wav: cleans one recording through a server. -f makes an answer other than 200 a failure, --retry waits
# as long as a full server says.
set -eu
curl -fsS --retry 5 --data-binary @"$1" -o "$2" \
  "${VOICECLEAN_URL:-http://127.0.0.1:8080}/v1/clean?id=$(basename "$1")"
