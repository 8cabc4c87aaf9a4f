# A Slurm on this machine alone, in a folder of its own: a controller and several nodes on loopback ports, stopped and removed in the end.
# To be sourced; needs root, slurmctld, slurmd, the Slurm clients and munge.

# Says why there is no Slurm to be tested with here; nothing where there is.
cluster_obstacle() {
  [ "$(id -u)" -eq 0 ] || { echo "it needs root"; return; }
  for program in slurmctld slurmd sbatch scontrol scancel munged; do
    command -v "$program" >/dev/null || { echo "there is no $program (Debian: slurmctld slurmd slurm-client munge)"; return; }
  done
}

# Says why there is no accounting to be tested with here; nothing where there is.
accounting_obstacle() {
  for program in slurmdbd sacctmgr mariadbd mariadb-install-db mariadb; do
    command -v "$program" >/dev/null || { echo "there is no $program (Debian: slurmdbd mariadb-server)"; return; }
  done
}

# cluster_start FOLDER NODES MAX_ARRAY_SIZE MAX_JOBS [accounting]: starts it and waits until every node is idle. What is queued again begins
# after seconds (cred_expire), not two minutes. Jobs of the partition `urgent` have those of `all` end and be queued again.
cluster_start() {
  cluster_folder=$1
  cluster_nodes=$2
  cluster_pids=()
  local port=$((20000 + RANDOM % 20000)) node names
  local accounting="AccountingStorageType=accounting_storage/none"
  [ "${5:-}" = accounting ] && accounting="AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort=$((port + 101))
AccountingStoragePass=$cluster_folder/munge/socket
AccountingStorageEnforce=associations,limits,qos"
  names="n[1-$cluster_nodes]"
  mkdir -p "$cluster_folder"/state "$cluster_folder"/spool "$cluster_folder"/munge
  chown munge: "$cluster_folder"/munge
  chmod 755 "$cluster_folder" "$cluster_folder"/munge
  dd if=/dev/urandom of="$cluster_folder/munge/key" bs=1024 count=1 status=none
  chown munge: "$cluster_folder/munge/key"
  chmod 400 "$cluster_folder/munge/key"
  cat > "$cluster_folder/slurm.conf" <<EOF
ClusterName=loopback
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$cluster_folder/munge/socket,cred_expire=10
CredType=cred/munge
SlurmctldPort=$port
StateSaveLocation=$cluster_folder/state
SlurmdSpoolDir=$cluster_folder/spool/%n
SlurmctldPidFile=$cluster_folder/slurmctld.pid
SlurmdPidFile=$cluster_folder/slurmd-%n.pid
SlurmctldLogFile=$cluster_folder/slurmctld.log
SlurmdLogFile=$cluster_folder/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0
$accounting
JobAcctGatherType=jobacct_gather/none
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
SlurmdTimeout=10
SlurmctldTimeout=30
KillWait=10
MinJobAge=300
MaxArraySize=$3
MaxJobCount=$4
JobRequeue=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
EOF
  for node in $(seq "$cluster_nodes"); do
    echo "NodeName=n$node NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$((port + node)) CPUs=2 RealMemory=500 State=UNKNOWN"
  done >> "$cluster_folder/slurm.conf"
  cat >> "$cluster_folder/slurm.conf" <<EOF
PartitionName=all Nodes=$names Default=YES MaxTime=INFINITE PriorityTier=1 PreemptMode=REQUEUE GraceTime=3 State=UP
PartitionName=urgent Nodes=$names MaxTime=INFINITE PriorityTier=10 PreemptMode=OFF State=UP
EOF
  export SLURM_CONF="$cluster_folder/slurm.conf"
  runuser -u munge -- munged --foreground --key-file="$cluster_folder/munge/key" --socket="$cluster_folder/munge/socket" \
    --pid-file="$cluster_folder/munge/pid" --log-file="$cluster_folder/munge/log" --seed-file="$cluster_folder/munge/seed" \
    >/dev/null 2>&1 &
  cluster_pids+=($!)
  wait_until 10 test -S "$cluster_folder/munge/socket" || return 1
  [ "${5:-}" != accounting ] || accounting_start $((port + 100)) $((port + 101)) || return 1
  slurmctld -D -f "$SLURM_CONF" >/dev/null 2>&1 &
  cluster_pids+=($!)
  for node in $(seq "$cluster_nodes"); do cluster_node_start "$node"; done
  wait_until 60 all_idle
}

# accounting_start DATABASE_PORT PORT: starts a database and the accounting of Slurm over it, with an account for this user.
accounting_start() {
  local folder=$cluster_folder/accounting
  mkdir -p "$folder"
  mariadb-install-db --no-defaults --user=root --datadir="$folder/data" --skip-test-db >/dev/null 2>&1
  mariadbd --no-defaults --user=root --datadir="$folder/data" --socket="$folder/socket" --pid-file="$folder/pid" \
    --bind-address=127.0.0.1 --port="$1" > "$folder/log" 2>&1 &
  cluster_pids+=($!)
  wait_until 30 mariadb --no-defaults --socket="$folder/socket" -e "SELECT 1" >/dev/null 2>&1 || return 1
  mariadb --no-defaults --socket="$folder/socket" \
    -e "CREATE USER slurm@127.0.0.1 IDENTIFIED BY 'loopback'; GRANT ALL ON slurm.* TO slurm@127.0.0.1"
  (
    umask 077
    cat > "$cluster_folder/slurmdbd.conf" <<EOF
AuthType=auth/munge
AuthInfo=socket=$cluster_folder/munge/socket
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort=$2
SlurmUser=root
PidFile=$folder/slurmdbd.pid
LogFile=$folder/slurmdbd.log
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort=$1
StorageUser=slurm
StoragePass=loopback
StorageLoc=slurm
EOF
  )
  slurmdbd -D >/dev/null 2>&1 &
  cluster_pids+=($!)
  wait_until 30 sacctmgr -i add cluster loopback >/dev/null 2>&1 || return 1
  sacctmgr -i add account physics >/dev/null && sacctmgr -i add user root account=physics >/dev/null &&
    sacctmgr -i modify user root set defaultaccount=physics >/dev/null
}

all_idle() { [ "$(sinfo -h -N -t idle -o %N 2>/dev/null | sort -u | wc -l)" -eq "$cluster_nodes" ]; }

# cluster_node_start N: starts a node.
cluster_node_start() {
  slurmd -D -N "n$1" -f "$SLURM_CONF" >/dev/null 2>&1 &
  cluster_node_pid[$1]=$!
  cluster_pids+=($!)
}

# cluster_node_crash N: ends a node at once, with all that runs on it: its daemon, what watches over its jobs, and the jobs.
cluster_node_crash() {
  local job victims=
  for job in $(squeue -h -w "n$1" -t R -o %A); do
    for pid in $(pgrep -f "^slurmstepd: \[$job\."); do victims="$victims $pid $(descendants "$pid")"; done
  done
  # The daemon first: it must not say how its jobs ended.
  kill -9 "${cluster_node_pid[$1]}" $victims 2>/dev/null
}

descendants() {
  local child
  for child in $(pgrep -P "$1"); do echo "$child" "$(descendants "$child")"; done
}

# cluster_stop: ends what was started, by its ids.
cluster_stop() {
  [ -n "${cluster_folder:-}" ] || return 0
  scancel --state=PENDING,RUNNING --user=root >/dev/null 2>&1
  sleep 1
  local pid
  for pid in "${cluster_pids[@]}"; do kill "$pid" 2>/dev/null; done
  sleep 1
  for pid in "${cluster_pids[@]}"; do kill -9 "$pid" 2>/dev/null; done
  wait 2>/dev/null
  return 0
}

# wait_until SECONDS COMMAND…: repeats a command until it succeeds.
wait_until() {
  local deadline=$(($(date +%s) + $1))
  shift
  until "$@"; do
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    sleep 0.2
  done
}

no_jobs() { [ -z "$(squeue -h 2>/dev/null)" ]; }
