#!/bin/sh
# Runs an experiment into a new store and writes its report; skips one whose data, or what its needs.sh asks for, are not on this
# machine.
#
#   report.sh WB EXPERIMENT FOLDER
set -eu

wb=$1 name=$2 folder=$3
sweep=Experiments/$name/sweep.yaml
needs=Experiments/$name/needs.sh

if [ -e "$needs" ] && ! said=$(sh "$needs"); then
  echo "skipped $name: $said" >&2
  exit 0
fi

if ! said=$("$wb" check "$sweep" 2>&1); then
  case $said in
    *'there is no such file'*)
      echo "skipped $name: $(echo "$said" | sed 1q)" >&2
      exit 0 ;;
  esac
  echo "$said" >&2
  exit 3
fi

mkdir -p "$folder"
# A new store: the report shows what the present sources compute.
rm -rf "$folder/$name".sqlite* "$folder/$name".checkpoints
# A sweep in which runs diverged exits with 4, and its report says so.
"$wb" run "$sweep" --store "$folder/$name.sqlite" || [ $? -eq 4 ]
"$wb" report "$name" --store "$folder/$name.sqlite" --file "$sweep" --output "$folder"
