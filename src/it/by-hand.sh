#!/usr/bin/env bash
# What KubeSent is measured against (src/it/heal-against-script.sh): a script that knows what will fail and what cures it. It holds one watch of the
# pods with the label app=NAME, and acts in the moment the failure is told.
#   API=URL PKI=FOLDER by-hand.sh patch|replace FAILURE NAMESPACE NAME FILE        FAILURE: the text in the pod by which it is known; FILE: the patch, or the new pod
set -euo pipefail
act=$1 failure=$2 pods=$API/api/v1/namespaces/$3/pods deployments=$API/apis/apps/v1/namespaces/$3/deployments name=$4 file=$5
call() { curl -sSf --cacert "$PKI/ca" --cert "$PKI/crt" --key "$PKI/key" "$@"; }
write() { call -o /dev/null "$@"; }
begun=
call -N "$pods?watch=1&labelSelector=app=$name" 2>/dev/null | grep --line-buffered -oE "$failure|\"type\":\"DELETED\"" | while read -r told; do
  case $act:$begun:$told in
    patch::\"type\":*) ;;
    patch::*)
      write -X PATCH -H 'Content-Type: application/strategic-merge-patch+json' -d "@$file" "$deployments/$name"; exit ;;
    replace::*) write -X DELETE "$pods/$name"; begun=1 ;;
    replace:1:\"type\":*) write -H 'Content-Type: application/json' -d "@$file" "$pods"; exit ;;
  esac
done
