#!/usr/bin/env bash
# The job on a real cluster of this machine: a master and two workers, each a process of its own, and its results held
# against those of a single run. Needs Java 17 or later, Python 3.10 or later and, the first time, PyPI.
#
#   examples/spark/run.sh path/to/rolescope [people]
#
# PYSPARK_ENV names a virtual environment to use again; without it one is made and thrown away.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "${1:?the program}")
people=${2:-20000}
folder=$(mktemp -d)
started=()
finish() {
  for id in "${started[@]}"; do kill "$id" 2>/dev/null || true; done
  wait
  rm -rf "$folder"
}
trap finish EXIT

env=${PYSPARK_ENV:-$folder/env}
if [ ! -x "$env/bin/python" ]; then
  python3 -m venv "$env"
  "$env/bin/pip" install -q --disable-pip-version-check pyspark==4.3.0
fi
export PYSPARK_PYTHON=$env/bin/python SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS=$folder/local
SPARK_HOME=$("$env/bin/python" -c 'import pyspark, os; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME

echo "== sheets of $people simulated people in eight files, two lines of them spoilt"
mkdir "$folder/in"
"$program" sample -n "$people" -f ndjson --blank 0.1 |
  sed -e '7s/"helping-1":[0-9]*/"helping-1":9/' -e '11s/}}$//' >"$folder/all.ndjson"
split -n l/8 -d --additional-suffix=.ndjson "$folder/all.ndjson" "$folder/in/part-"

echo "== a master and two workers"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
master=spark://127.0.0.1:$port
class=org.apache.spark.deploy
"$SPARK_HOME/bin/spark-class" $class.master.Master --host 127.0.0.1 --port "$port" --webui-port 0 \
  >"$folder/master.log" 2>&1 &
started+=($!)
for n in 1 2; do
  "$SPARK_HOME/bin/spark-class" $class.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g \
    --work-dir "$folder/worker-$n" "$master" >"$folder/worker-$n.log" 2>&1 &
  started+=($!)
done
until [ "$(grep -c 'Registering worker' "$folder/master.log")" = 2 ]; do
  for id in "${started[@]}"; do
    kill -0 "$id" || { cat "$folder"/*.log; exit 1; }
  done
  sleep 0.2
done

echo "== the job"
time "$SPARK_HOME/bin/spark-submit" --master "$master" --executor-memory 512m --conf spark.executor.cores=1 \
  --conf spark.scheduler.minRegisteredResourcesRatio=1 --conf spark.scheduler.maxRegisteredResourcesWaitingTime=60s \
  --conf spark.ui.enabled=false "$here/score.py" --rolescope "$program" --partitions 16 \
  --input "$folder/in" --output "$folder/out" --rejects "$folder/rejects" >"$folder/job.log" 2>&1 ||
  { cat "$folder/job.log"; exit 1; }
grep ' scored, ' "$folder/job.log"

echo "== against a single run"
code=0
"$program" score -q -f ndjson "$folder/all.ndjson" >"$folder/single.ndjson" --rejects "$folder/single.csv" || code=$?
[ "$code" = 3 ]
cat "$folder"/out/part-* | cmp - "$folder/single.ndjson"
[ "$(wc -l <"$folder/single.ndjson")" = $((people - 2)) ]
cat "$folder"/rejects/*.csv | grep -v '^file,line,' | cut -d, -f3- | cmp - <(tail -n +2 "$folder/single.csv" | cut -d, -f3-)
for n in 1 2; do
  tasks=$(cat "$folder/worker-$n"/app-*/*/stderr | grep -c 'Finished task')
  echo "worker $n finished $tasks tasks"
  [ "$tasks" -gt 0 ]
done
echo "$(ls "$folder/out" | grep -c part-) partitions: the same bytes in the same order, and the same rejected rows"
