#!/bin/sh
# Sends the picklists and the objects of this folder to Lockstep; again, after a change, as often as you like.
set -eu
cd "$(dirname "$0")"

# The port of a program of this folder.
port() { sed -n "s/.*\"$1\" *: *\([0-9]*\).*/\1/p" systems.json; }

send() {
  code=$(basename "$2" .json)
  if ! answer=$(sed -e "s|CRM_URL|http://127.0.0.1:$(port crm)|" -e "s|DESK_URL|http://127.0.0.1:$(port desk)|" \
    -e "s|CRM_KEY|$(cat secrets/crm.key)|" -e "s|DESK_TOKEN|$(cat secrets/desk.token)|" "$2" |
    curl -sS --fail-with-body -X PUT "http://127.0.0.1:$(port lockstep)$1/by-external-reference-code/$code" \
      -H 'Content-Type: application/json' --data-binary @-); then
    echo "$code: $answer" >&2
    exit 1
  fi
  echo "$code"
}

for file in list-type-definitions/*.json; do send /o/headless-admin-list-type/v1.0/list-type-definitions "$file"; done
for file in object-definitions/*.json; do send /o/object-admin/v1.0/object-definitions "$file"; done
