#!/usr/bin/env bash
# Keeps one comment of ours on the pull request NUMBER: what REPORT says now. Says nothing where there was and is nothing to say.
set -euo pipefail
: "${GITHUB_REPOSITORY:?}" "${NUMBER:?}" "${REPORT:?}"
mark='<!-- gatewright: what changed -->'
body=$(mktemp)
trap 'rm -f "$body"' EXIT
# A comment has room for 65,536 characters; the job's summary has all of it.
{ echo "$mark"; awk '{ size += length($0) + 1 } size < 60000 { print; next } { print "\n… the rest is in the summary of the job."; exit }' "$REPORT"; } >"$body"

comments="repos/$GITHUB_REPOSITORY/issues/$NUMBER/comments"
# Of bots alone: anybody may write a comment that begins like ours.
ours=".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$mark\"))) | .id"
id=$(gh api --paginate "$comments" --jq "$ours" | head -n 1) || { echo "::warning::The comment could not be written: the token may not read the pull request. The job's summary has it."; exit 0; }
if [ -n "$id" ]; then
  [ -s "$REPORT" ] || printf 'No change of the API or its policy any more.\n' >>"$body"
  call=(--method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id")
elif [ -s "$REPORT" ]; then
  call=(--method POST "$comments")
else
  exit 0
fi
gh api "${call[@]}" --silent --field "body=@$body" || echo "::warning::The comment could not be written: pull requests from forks have a token that only reads. The job's summary has it."
