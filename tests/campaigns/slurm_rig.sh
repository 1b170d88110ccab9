# shellcheck shell=bash disable=SC2154
# A real Slurm with two nodes on this machine, as root; to be sourced with $work set. Packages (Debian): slurmctld slurmd
# slurm-client slurm-wlm-basic-plugins munge. Leaves $ctld, $n1 and $n2, which end with the script.
export SLURM_CONF=$work/slurm.conf
mkdir -p "$work/state"
cat > "$SLURM_CONF" <<CONF
ClusterName=vctest
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/none
CredType=cred/none
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
SlurmctldPort=16817
SlurmdPort=16821
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_interval=2,bf_interval=2,sched_min_interval=0
SlurmdParameters=config_overrides
SlurmdTimeout=10
ReturnToService=2
MaxArraySize=1001
JobRequeue=1
JobFileAppend=1
JobCompType=jobcomp/none
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool.%n
SlurmdPidFile=$work/slurmd.%n.pid
SlurmctldPidFile=$work/ctld.pid
AccountingStorageType=accounting_storage/none
NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=16821 CPUs=2 RealMemory=4000
NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=16822 CPUs=2 RealMemory=4000
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF
mkdir -p "$work/spool.n1" "$work/spool.n2"
slurmctld -D -c > "$work/ctld.log" 2>&1 & ctld=$!
slurmd -D -N n1 > "$work/n1.log" 2>&1 & n1=$!
slurmd -D -N n2 > "$work/n2.log" 2>&1 & n2=$!
trap 'kill $ctld $n1 $n2 2> /dev/null || true' EXIT
for _ in $(seq 60); do [ "$(sinfo -h -t idle -o %D 2> /dev/null)" = 2 ] && break; sleep 1; done
