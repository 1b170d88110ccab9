#!/bin/sh
# Cleans /data/in of the file system into /data/out in 16 shards; fill in job-definition.json first.
cd "$(dirname "$0")" || exit
aws batch register-job-definition --cli-input-json file://job-definition.json
aws batch submit-job --job-name voiceclean --job-queue QUEUE --job-definition voiceclean --array-properties size=16
