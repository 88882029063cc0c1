#!/usr/bin/env bash
# Fails where what is committed is not what the documents give.
source "${BASH_SOURCE[0]%/*}/documents.sh"
each build --check "${format[@]}" ${out[@]+"${out[@]}"}
