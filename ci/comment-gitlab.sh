#!/usr/bin/env bash
# Keeps one note of ours on the merge request: what REPORT says now. GITLAB_TOKEN is a project access token with the scope `api`.
set -euo pipefail
: "${CI_API_V4_URL:?}" "${CI_PROJECT_ID:?}" "${CI_MERGE_REQUEST_IID:?}" "${GITLAB_TOKEN:?}" "${REPORT:?}"
mark='<!-- gatewright: what changed -->'
body=$(mktemp)
trap 'rm -f "$body"' EXIT
{ echo "$mark"; cat "$REPORT"; } >"$body"

notes="$CI_API_V4_URL/projects/$CI_PROJECT_ID/merge_requests/$CI_MERGE_REQUEST_IID/notes"
# The token goes by standard input: arguments can be seen by other processes.
call() { curl --silent --show-error --fail --header @- "$@" <<<"PRIVATE-TOKEN: $GITLAB_TOKEN"; }
id=$(call "$notes?per_page=100&sort=asc" | MARK="$mark" node -e "
  const notes = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  process.stdout.write(String(notes.find(({ body, author }) => author.bot !== false && body.startsWith(process.env.MARK))?.id ?? ''));")
if [ -n "$id" ]; then
  [ -s "$REPORT" ] || printf 'No change of the API or its policy any more.\n' >>"$body"
  call --request PUT "$notes/$id" --data-urlencode "body@$body" >/dev/null
elif [ -s "$REPORT" ]; then
  call --request POST "$notes" --data-urlencode "body@$body" >/dev/null
fi
