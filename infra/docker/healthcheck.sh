#!/bin/bash
# healthcheck PORT PATH: exit 0 when http://127.0.0.1:PORT/PATH answers 200 within 5 seconds.
# Bash alone, because the runtime images carry neither curl nor wget, and starting a second .NET process every half minute costs more than the check is worth.
set -euo pipefail

port=$1
path=$2

exec 3<>"/dev/tcp/127.0.0.1/$port"
printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$path" "$port" >&3
read -r -t 5 _ status _ <&3
[[ $status == 200 ]]
