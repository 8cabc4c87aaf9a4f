#!/bin/bash
# What a sweep on a cluster has to survive, on a real Slurm on this machine: ./scenarios.sh [WB] [SCENARIO…]
#
# Every scenario ends with one store, which has to be what one wb run writes, to the bit: wb merge --dry-run compares every number.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/cluster.sh"
wb=$(realpath "${1:-$here/../../.build/release/wb}")
shift
obstacle=$(cluster_obstacle)
if [ -n "$obstacle" ]; then
  echo "test-slurm is left out: $obstacle"
  exit 0
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/wb-slurm-XXXXXX")
chmod 755 "$work"
failures=0
trap 'cluster_stop; for mount in "$work"/*/small; do umount "$mount" 2>/dev/null; done; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

say() { printf '%s\n' "$*"; }
# check TEXT COMMAND…: says whether a command succeeds.
check() {
  local text=$1
  shift
  if "$@"; then say "  pass  $text"; else say "  FAIL  $text"; failures=$((failures + 1)); fi
}
equals() { [ "$1" = "$2" ] || { say "        found: $1"; false; }; }
contains() { case $1 in *"$2"*) ;; *) say "        found: $1"; false ;; esac; }
below() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a < b) }' || { say "        found: $1"; false; }; }

# sweep NAME SEEDS STEPS EVERY: writes NAME.yaml with 4 × SEEDS runs, here.
sweep() {
  cat > "$1.yaml" <<EOF
name: $1
run:
  model: eight-schools
  optimizer: {adam: {learning_rate: 0.05}}
  steps: $3
  record: {every: $4}
sweep:
  family: [mean-field, full-rank]
  beta: [1, 4]
seeds: $2
checkpoint_seconds: 1
EOF
}

# undisturbed NAME: the store that a laptop writes, once.
undisturbed() { [ -e "$work/$1.sqlite" ] || "$wb" run "$1.yaml" --store "$work/$1.sqlite" -j 2 --progress none >/dev/null 2>&1; }

# same NAME: collects, and compares with the undisturbed store.
same() {
  local said
  "$wb" collect "$1.yaml" --shared pool --store collected.sqlite > collect.out 2>&1
  check "collect exits with 0" equals $? 0
  undisturbed "$1"
  said=$("$wb" merge --dry-run "$work/$1.sqlite" --store collected.sqlite 2>&1)
  check "the store is that of wb run -j 2, to the bit" contains "$said" ": $2 the same"
}

submit() { "$wb" submit slurm "$1.yaml" --shared pool --lease 6 -j "$2" -- "${@:3}" > submit.out 2> submit.err; }
status() { "$wb" status --shared pool --format json; }
# The value of a key on each line of the status.
values() { status | sed -n "s/.*\"$1\" : \"\{0,1\}\([^\",]*\)\"\{0,1\},*$/\1/p"; }
running() { [ "$(status 2>/dev/null | grep -c '"step"')" -ge "$1" ]; }
job() { sed -n 's/.* as job \([0-9]*\).*/\1/p' submit.out; }
done_within() { check "every pilot ends" wait_until "$1" no_jobs; }

# attempts PATTERN: how many attempts of the collected store have a command like that, with a run of theirs.
attempts() {
  "$wb" sql "SELECT count(DISTINCT attempt) FROM attempt JOIN run_attempt USING (attempt) WHERE command LIKE '$1'" \
    --store collected.sqlite --format csv | tail -1 | tr -d '\r'
}

# A pilot that has made steps of a run.
some_worker() { status | awk '/"pid"/ { gsub(/[^0-9]/, ""); pid = $0 } /"step"/ { found = pid } END { print found }'; }

two_thousand() {
  sweep two-thousand 500 50 1
  submit two-thousand 8
  check "wb submit returns" equals $? 0
  done_within 300
  same two-thousand 2000
  local operations
  operations=$(values operations | awk '{ sum += $1 } END { print sum / 2000 }')
  check "fewer than 10 file operations a run in the folder ($operations)" below "$operations" 10
  check "job, array index and restart count are in the provenance" contains \
    "$("$wb" show "$("$wb" ls --store collected.sqlite --format csv | sed -n 2p | cut -d, -f1)" --store collected.sqlite --format csv)" "SLURM_RESTART_COUNT=0 wb worker"
}

killed() {
  sweep long 6 400000 100
  submit long 4
  wait_until 60 running 1
  kill -9 "$(some_worker)"
  done_within 300
  check "the status tells of a worker that is gone" contains "$(status)" '"gone"'
  same long 24
}

# Two pilots have all runs, and one of them is started again: without it, it would take the other twice as long.
requeued() {
  sweep longer 24 400000 100
  submit longer 2
  wait_until 60 running 2
  sleep 2
  scontrol requeue "$(job)_1"
  done_within 300
  same longer 96
  check "the requeued pilot executed runs, as its provenance says by restart count 1" equals \
    "$(attempts '%SLURM_ARRAY_TASK_ID=1 SLURM_RESTART_COUNT=1 %')" 1
  check "and those of its first life were gone on with" test "$(attempts '%SLURM_ARRAY_TASK_ID=1 SLURM_RESTART_COUNT=0 %')" -eq 1
}

# A job of a partition of higher priority needs all nodes: the pilots have GraceTime to end, and are queued again by Slurm. The first
# to return may end all that is left before the second looks.
preempted() {
  sweep longer 24 400000 100
  submit longer 2 --exclusive
  wait_until 60 running 2
  sleep 2
  sbatch --partition=urgent --nodes=4 --exclusive --output=/dev/null --wrap "date +%s > urgent; sleep 5" > urgent.out
  check "the urgent job begins while pilots have runs" wait_until 60 test -s urgent
  done_within 300
  check "both pilots told of being stopped" equals "$(cat pool/slurm/*.log | grep -c "interrupted; go on")" 2
  same longer 96
  check "Slurm started both again" equals "$(scontrol show job "$(job)" | grep -c "Restarts=1 ")" 2
  check "runs were gone on with at restart count 1" test "$(attempts '%SLURM_RESTART_COUNT=1 %')" -ge 1
}

told_to_stop() { grep -qs "interrupted; go on" pool/slurm/*.log; }
restarted() { scontrol show job "$(job)" | grep -q "Restarts=[1-9]"; }

# A pilot of two minutes is told after twenty seconds, again and again.
out_of_time() {
  sweep longer 24 400000 100
  submit longer 1 --time=2 --signal=B:USR1@100
  check "the pilot stops cleanly before its time is over" wait_until 100 told_to_stop
  check "its task is queued again" wait_until 60 restarted
  done_within 300
  same longer 96
  check "it went on with restart count 1" test "$(attempts '%SLURM_RESTART_COUNT=1 %')" -eq 1
  check "runs were gone on with from their checkpoints" test "$("$wb" sql \
    "SELECT count(*) FROM run WHERE attempts > 1" --store collected.sqlite --format csv | tail -1 | tr -d '\r')" -gt 0
}

cancelled() {
  sweep longer 24 400000 100
  submit longer 2
  wait_until 60 running 2
  "$wb" cancel --shared pool > cancel.out
  check "wb cancel stops the array" wait_until 60 no_jobs
  check "its pilots stop cleanly" equals "$(cat pool/slurm/*.log | grep -c "interrupted; go on")" 2
  "$wb" worker longer.yaml --shared pool -j 2 --progress none > worker.out 2>&1
  check "another worker goes on and ends the sweep" contains "$(cat worker.out)" "every run of the sweep is done"
  same longer 96
}

cancelled_element() {
  sweep long 6 400000 100
  submit long 4
  wait_until 60 running 1
  scancel "$(job)_0"
  done_within 300
  same long 24
}

node_down() {
  sweep long 6 400000 100
  submit long 4 --exclusive
  wait_until 60 running 4
  cluster_node_crash 2
  done_within 300
  check "the status tells of a worker that is gone" contains "$(status)" '"gone"'
  same long 24
  cluster_node_start 2
  wait_until 60 all_idle
}

array_size() {
  sweep short 10 50 1
  submit short 25
  check "25 pilots are three arrays where MaxArraySize is 11" contains "$(cat submit.out)" "submitted 25 workers as jobs"
  check "three" equals "$(wc -l < pool/slurm/jobs)" 3
  done_within 120
  same short 40
}

submit_limit() {
  sweep short 10 50 1
  # What a limit of an account says, from the second array on.
  mkdir -p bin
  cat > bin/sbatch <<EOF
#!/bin/bash
[ -e "$PWD/full" ] && { echo "sbatch: error: AssocMaxSubmitJobLimit" >&2; exit 1; }
touch "$PWD/full"
exec $(command -v sbatch) "\$@"
EOF
  chmod +x bin/sbatch
  PATH="$PWD/bin:$PATH" submit short 25
  check "what was submitted is said" contains "$(cat submit.out)" "submitted 11 workers as job"
  check "what was refused, too" contains "$(cat submit.err)" "the other 14 workers were refused: sbatch: error: AssocMaxSubmitJobLimit"
  done_within 120
  same short 40
}

# MaxJobCount is 300 here: sbatch would try for minutes what Slurm does not take.
job_count() {
  sweep short 10 50 1
  submit short 310
  check "more workers than MaxJobCount leaves room for are refused" equals $? 1
  check "and why" contains "$(cat submit.err)" "nothing was submitted: Slurm takes"
  check "and by what" contains "$(cat submit.err)" "MaxJobCount is 300, and"
  check "nothing was submitted" equals "$(squeue -h)" ""
  local room
  room=$(sed -n 's/.*use -j \([0-9]*\),.*/\1/p' submit.err)
  "$wb" submit slurm short.yaml --shared pool --lease 6 -j "$room" -- --hold > submit.out 2> submit.err
  check "as many as it says are taken ($room)" equals $? 0
  "$wb" cancel --shared pool > cancel.out
}

# Limits that accounting enforces: a Slurm of its own, with a database.
account_limits() {
  local obstacle
  obstacle=$(accounting_obstacle)
  [ -z "$obstacle" ] || { say "  left out: $obstacle"; return; }
  cluster_stop
  cluster_start "$work/accounting" 2 11 300 accounting || { say "  FAIL  Slurm starts with accounting"; failures=$((failures + 1)); return; }
  sweep short 10 50 1
  sacctmgr -i modify user root where account=physics set maxsubmitjobs=15 > limits.out
  wait_until 20 eval 'scontrol -o show assoc_mgr flags=assoc users=root | grep -q "MaxSubmitJobs=15"'
  submit short 25
  check "more than MaxSubmitJobs of the account are refused before any is submitted" contains "$(cat submit.err)" \
    "Slurm takes 15 more jobs now, and 25 workers are asked for: MaxSubmitJobs of account physics is 15, and 0 are there; use -j 15"
  check "nothing was submitted" equals "$(squeue -h)" ""
  # What is not known before sbatch says, from the second array on.
  sacctmgr -i modify user root where account=physics set maxsubmitjobs=-1 >> limits.out
  sacctmgr -i modify qos normal set maxsubmitjobsperuser=15 >> limits.out
  wait_until 20 eval '! scontrol -o show assoc_mgr flags=assoc users=root | grep -q "MaxSubmitJobs=15"'
  sleep 1
  submit short 25 --hold
  check "where a limit is hit half-way what was submitted is said" contains "$(cat submit.out)" "submitted 11 workers as job"
  check "and what was refused, by which limit" contains "$(cat submit.err)" \
    "the other 14 workers were refused: sbatch: error: QOSMaxSubmitJobPerUserLimit"
  scontrol release "$(job)"
  done_within 120
  same short 40
  cluster_stop
  cluster_start "$work/cluster-again" 4 11 300 || { say "  FAIL  Slurm starts again"; failures=$((failures + 1)); }
}

# The line of README, with three names for this machine.
ssh_loop() {
  local sshd port
  sshd=$(PATH=$PATH:/usr/sbin command -v sshd)
  [ -n "$sshd" ] || { say "  left out: there is no sshd (Debian: openssh-server)"; return; }
  sweep short 10 50 1
  port=$((40000 + RANDOM % 10000))
  mkdir -p ssh bin /run/sshd
  ssh-keygen -q -t ed25519 -N "" -f ssh/host
  ssh-keygen -q -t ed25519 -N "" -f ssh/user
  chmod 700 ssh
  cp ssh/user.pub ssh/keys
  ln -s "$wb" bin/wb
  cat > ssh/sshd_config <<EOF
Port $port
ListenAddress 127.0.0.1
HostKey $PWD/ssh/host
PidFile $PWD/ssh/pid
AuthorizedKeysFile $PWD/ssh/keys
StrictModes no
UsePAM no
PermitRootLogin prohibit-password
SetEnv PATH=$PWD/bin:/usr/bin:/bin
EOF
  cat > ssh/config <<EOF
Host a b c
HostName 127.0.0.1
Port $port
IdentityFile $PWD/ssh/user
IdentitiesOnly yes
StrictHostKeyChecking no
UserKnownHostsFile $PWD/ssh/known
LogLevel ERROR
EOF
  printf '#!/bin/sh\nexec %s -F %s/ssh/config "$@"\n' "$(command -v ssh)" "$PWD" > bin/ssh
  chmod +x bin/ssh
  "$sshd" -D -f "$PWD/ssh/sshd_config" 2> sshd.err &
  local server=$!
  wait_until 10 test -s ssh/pid
  sed -n 's/^| ssh | `\(.*\)` |$/\1/p' "$here/../../README.md" | sed 's/sweep\.yaml/short.yaml/; s/\\|/|/g' > loop.sh
  check "README has the loop" test -s loop.sh
  PATH="$PWD/bin:$PATH" bash loop.sh > loop.out 2>&1
  check "three hosts execute the sweep" equals "$(ls pool/workers | wc -l)" 3
  kill $server
  same short 40
}

# A store on FUSE is refused, and a folder there can be shared.
fuse() {
  local fuse
  fuse=$(command -v bindfs)
  [ -n "$fuse" ] && [ -e /dev/fuse ] || { say "  left out: there is no bindfs or no /dev/fuse (Debian: bindfs)"; return; }
  sweep short 10 50 1
  mkdir -p below small
  bindfs below small 2> fuse.err || { say "  left out: $(head -1 fuse.err)"; return; }
  "$wb" run short.yaml --store small/runs.sqlite --progress none > run.out 2>&1
  check "a store on FUSE is refused with 7" equals $? 7
  check "and the way out" contains "$(cat run.out)" "copy it to a local disk with 'wb backup', or name a place there with --store or WB_STORE"
  TMPDIR=$PWD/small "$wb" worker short.yaml --shared small/pool -j 1 --progress none > worker.out 2>&1
  check "a worker whose TMPDIR is there has its store under /tmp" equals $? 0
  check "and shares a folder there" contains "$(cat worker.out)" "every run of the sweep is done"
  mkdir pool
  cp -r small/pool/. pool
  umount small
  same short 40
}

full_folder() {
  sweep wide 10 2000 1
  mkdir small
  mount -t tmpfs -o size=200k none small || return
  "$wb" worker wide.yaml --shared small/pool -j 1 --progress none > worker.out 2>&1 &
  local worker=$!
  check "a full folder is told at once" wait_until 30 grep -q "No space left" worker.out
  kill -TERM $worker
  wait $worker
  check "and the pilot exits with 7" equals $? 7
  mount -o remount,ro small
  "$wb" worker wide.yaml --shared small/pool -j 1 --progress none > worker.out 2>&1
  check "a read-only folder is refused with 7" equals $? 7
  check "and the way out" contains "$(cat worker.out)" "share a folder that every worker may write"
  mount -o remount,rw,size=100m small
  "$wb" worker wide.yaml --shared small/pool -j 2 --lease 2 --progress none > worker.out 2>&1
  check "with room again a worker ends the sweep" contains "$(cat worker.out)" "every run of the sweep is done"
  mkdir pool
  cp -r small/pool/. pool
  umount small
  same wide 40
}

merged_meanwhile() {
  sweep long 6 400000 100
  submit long 4
  wait_until 60 running 1
  "$wb" collect long.yaml --shared pool --store collected.sqlite > first.out 2>&1
  check "collecting while pilots run exits with 75" equals $? 75
  done_within 300
  "$wb" collect long.yaml --shared pool --store collected.sqlite > second.out 2>&1
  check "collecting again exits with 0" equals $? 0
  "$wb" collect long.yaml --shared pool --store collected.sqlite > third.out 2>&1
  check "and the third time has nothing new" contains "$(cat third.out)" "nothing is missing; 0 new"
  same long 24
  cp -r pool broken
  local shard
  shard=$(ls broken/workers/*/0001.sqlite | head -1)
  truncate -s 20000 "$shard"
  "$wb" collect long.yaml --shared broken --store partial.sqlite > broken.out 2>&1
  check "with a truncated shard it exits with 75" equals $? 75
  check "and names the shard, which is left out" contains "$(cat broken.out)" "0001.sqlite is damaged"
  "$wb" run long.yaml --store partial.sqlite -j 2 --progress none > run.out 2>&1
  check "wb run executes what is missing" contains "$("$wb" merge --dry-run "$work/long.sqlite" --store partial.sqlite 2>&1)" ": 24 the same"
}

wrong_clock() {
  sweep long 6 400000 100
  submit long 4
  wait_until 60 running 1
  # All that was written by a host whose clock is ten minutes ahead, and ten minutes behind.
  find pool -type f -exec touch -d '+10 minutes' {} +
  kill -9 "$(some_worker)"
  sleep 1
  find pool -path '*shelves*' -type f -exec touch -d '-10 minutes' {} +
  done_within 300
  same long 24
}

other_program() {
  sweep short 10 50 1
  "$wb" worker short.yaml --shared pool -j 1 --progress none > worker.out 2>&1
  sed -i 's/"build" : "[^"]*"/"build" : "another"/' pool/pool.json
  "$wb" worker short.yaml --shared pool -j 1 --progress none > worker.out 2>&1
  check "another build of wb is refused" equals $? 1
  check "and the way out" contains "$(cat worker.out)" "start the same program on every node"
  same short 40
}

# The seconds of a processor that a command takes, which do not depend on what else the machine does.
processor_seconds() {
  local TIMEFORMAT='%U %S'
  { time "$@" > command.out 2>&1; } 2>&1 | awk '{ print $1 + $2 }'
}

overhead() {
  sweep two-thousand 500 50 1
  local own shared each first best=9999
  own=$(processor_seconds "$wb" run two-thousand.yaml --store run.sqlite -j 1 --progress none)
  shared=$(processor_seconds "$wb" worker two-thousand.yaml --shared pool -j 1 --progress none)
  sed 's/^/        /' command.out
  each=$(awk -v a="$own" -v b="$shared" 'BEGIN { print (b - a) / 2 }')
  check "less than 5 ms of a processor a run beyond wb run ($each ms)" below "$each" 5
  # Before all others who need the processors: what it takes when it is alone.
  for attempt in 1 2 3 4 5; do
    chrt --fifo 1 "$wb" worker two-thousand.yaml seeds=1 --shared "pool-$attempt" -j 1 --progress none > worker.out 2>&1
    first=$(sed -n 's/.*the first began after \([0-9]*\) ms.*/\1/p' worker.out)
    [ "$first" -ge "$best" ] || best=$first
  done
  check "the first run begins within 200 ms of the process, the best of five ($best ms)" below "$best" 200
}

all="two_thousand killed requeued preempted cancelled cancelled_element node_down array_size submit_limit account_limits full_folder fuse
  merged_meanwhile wrong_clock other_program ssh_loop overhead out_of_time job_count"
cluster_start "$work/cluster" 4 11 300 || { say "Slurm does not start; see its logs"; tail -n 3 "$work"/cluster/*.log; exit 1; }
for scenario in ${*:-$all}; do
  say "$scenario"
  mkdir -p "$work/$scenario"
  cd "$work/$scenario" || exit 1
  $scenario
  scancel --user=root >/dev/null 2>&1
  wait_until 60 no_jobs
done
say ""
[ "$failures" -eq 0 ] && say "all scenarios pass" || say "$failures checks fail"
exit $((failures > 0))
