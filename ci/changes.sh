#!/usr/bin/env bash
# Tells what the documents change beside the branch BASE of `origin`; fails where a change is as bad as FAIL_ON (breaking, risky, none).
# The report for people, in Markdown, is written to REPORT; nothing is, where nothing changed.
source "${BASH_SOURCE[0]%/*}/documents.sh"
: "${BASE:?name the branch to compare with}" "${REPORT:?name the file for the report}"
fail=()
[ "${FAIL_ON:-breaking}" = none ] || fail=(--fail-on "${FAIL_ON:-breaking}")
if [ "${#documents[@]}" -eq 0 ]; then
  echo "What changed is told of documents that SPEC names; it names none." >&2
  exit 2
fi

git fetch --quiet --no-tags --depth=1 origin "refs/heads/$BASE"
base=$(git rev-parse FETCH_HEAD)
worst=0
: >"$REPORT"
for document in "${documents[@]}"; do
  if ! git cat-file -e "$base:$document" 2>/dev/null; then
    echo "$document is not on $BASE yet: all of it is new."
    continue
  fi
  pair=("git:$base:$document" "$document")
  told=$("${gatewright[@]}" diff "${pair[@]}" --format markdown) || { worst=1; continue; }
  # The table of verdicts is there where there is a change.
  if grep -q '^| verdict ' <<<"$told"; then
    [ "${#documents[@]}" -eq 1 ] || printf '## %s\n\n' "${document#./}" >>"$REPORT"
    printf '%s\n\n' "$told" >>"$REPORT"
  fi
  status=0
  "${gatewright[@]}" diff "${pair[@]}" "${format[@]}" ${fail[@]+"${fail[@]}"} || status=$?
  if [ "$status" -gt "$worst" ]; then worst=$status; fi
done
exit "$worst"
