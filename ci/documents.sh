# What the scripts of this folder share. Whatever is given comes by the environment, and is never part of a command's text:
#   SPEC        paths of documents, one a line; those of the configuration where there are none
#   OUT         the output folder, where the configuration does not say it
#   FORMAT      how to report: `github` for annotations (default: terminal)
#   GATEWRIGHT  the command (default: the one that the project has installed)
set -euo pipefail

read -ra gatewright <<<"${GATEWRIGHT:-npx --no-install gatewright}"
format=(--format "${FORMAT:-terminal}")
out=(${OUT:+--out "$OUT"})
documents=()
while read -r line; do
  [ -n "$line" ] || continue
  if [[ $line == /* ]]; then
    echo "SPEC names documents from the working directory, and $line is no such path." >&2
    exit 2
  fi
  # No path is ever taken for a flag.
  documents+=("./${line#./}")
done <<<"${SPEC:-}"

# Runs a command for each document; fails as the worst of them did.
each() {
  local worst=0 status document
  if [ "${#documents[@]}" -eq 0 ]; then "${gatewright[@]}" "$@" || worst=$?; fi
  for document in ${documents[@]+"${documents[@]}"}; do
    status=0
    "${gatewright[@]}" "$1" "$document" "${@:2}" || status=$?
    if [ "$status" -gt "$worst" ]; then worst=$status; fi
  done
  return "$worst"
}
