#!/usr/bin/env bash
# Holds the handlers to what the documents promise, on the local gateway; a deployment where URL names one.
source "${BASH_SOURCE[0]%/*}/documents.sh"
each test "${format[@]}" ${out[@]+"${out[@]}"} ${URL:+--url "$URL"}
