#!/usr/bin/env bash
# Judges the documents. DENY_WARNINGS=true fails on warnings, too.
source "${BASH_SOURCE[0]%/*}/documents.sh"
deny=()
[ "${DENY_WARNINGS:-false}" != true ] || deny=(--deny warnings)
each check "${format[@]}" ${deny[@]+"${deny[@]}"}
