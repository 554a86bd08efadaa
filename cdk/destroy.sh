#!/usr/bin/env bash
# Removes one environment from the account of the caller's credentials, both Regions, in the reverse order; nothing of another environment. Safe to run again.
#   cdk/destroy.sh ENV            make destroy ENV=dev
# YES=1 does not ask. KEEP_SNAPSHOTS=1 keeps the point-of-failure snapshots that reconciliations have copied.
set -euo pipefail
cd "$(dirname "$0")/.."
. cdk/lib.sh
load_environment "${1:-}"
need_aws
need_account
name=shop-$environment
parts=(network global data services link secrets orchestration routing observability chaos client)

# Exact names, for another environment's may begin like this one's. As a list for a query: ['a', 'b'].
quoted() { local IFS=,; printf "[%s]" "$(printf "'%s'," "$@" | sed 's/,$//')"; }
stack_names=() cluster_names=() secret_names=()
for role in primary standby; do for part in "${parts[@]}"; do stack_names+=("$name-$role-$part"); done; done
for database in catalog orders; do
  cluster_names+=("${regions[@]/#/$name-$database-}")
  secret_names+=("$name-$database-admin" "$name-$database-app")
done
secret_names+=("$name-broker" "$name-cache")

# What costs money or holds data, into `left`.
take_stock() {
  local region thing
  left=()
  for region in "${regions[@]}"; do
    look cloudformation list-stacks --region "$region" --query "StackSummaries[?StackStatus!='DELETE_COMPLETE' && contains($(quoted "${stack_names[@]}"), StackName)].StackName"
    for thing in "${found[@]}"; do left+=("$region: stack $thing"); done
    look rds describe-db-clusters --region "$region" --query "DBClusters[?contains($(quoted "${cluster_names[@]}"), DBClusterIdentifier)].DBClusterIdentifier"
    for thing in "${found[@]}"; do left+=("$region: cluster $thing"); done
    look dynamodb list-tables --region "$region" --query "TableNames[?contains($(quoted "$name-carts" "$name-failover-control"), @)]"
    for thing in "${found[@]}"; do left+=("$region: table $thing"); done
    look secretsmanager list-secrets --region "$region" --query "SecretList[?contains($(quoted "${secret_names[@]}"), Name)].Name"
    for thing in "${found[@]}"; do left+=("$region: secret $thing"); done
    own_buckets "$region"
    for thing in "${found[@]}"; do left+=("$region: bucket $thing"); done
  done
}

# Names of buckets are made by CloudFormation, and begin with the stack's, of which little may be left; the tag says whose they are.
own_buckets() { # REGION
  local bucket role=p own=()
  [ "$1" = "$primary" ] || role=s
  look s3api list-buckets --region "$1" --query "Buckets[?starts_with(Name, '$name-$role')].Name"
  for bucket in "${found[@]}"; do
    look s3api get-bucket-tagging --region "$1" --bucket "$bucket" --query "TagSet[?Key=='shop:environment'].Value | [0]"
    [ "${found[0]:-}" != "$environment" ] || own+=("$bucket")
  done
  found=("${own[@]}")
}

take_stock
[ ${#left[@]} != 0 ] || fail "nothing of $environment was found in ${regions[*]} of account $account. Are credentials and CDK_CONTEXT those it was deployed with?"
echo "Account $account, Regions ${regions[*]}. Everything named $name-* goes: databases, tables, reports, secrets, logs. There is no way back."
if [ "${YES:-}" != 1 ]; then
  [ -t 0 ] || fail "no terminal to ask: YES=1 says yes."
  read -r -p "Type the environment's name to go on: " typed
  [ "$typed" = "$environment" ] || fail "that was '$typed', not '$environment'. Nothing was touched."
fi

remove() { # ROLE-PART
  local region stack bucket
  case $1 in standby-*) region=$standby ;; *) region=$primary ;; esac
  stack=$(stack_name "$1")
  exists "$region" "$stack" || return 0
  say "$stack"
  aws cloudformation update-termination-protection --region "$region" --stack-name "$stack" --no-enable-termination-protection >/dev/null
  look cloudformation list-stack-resources --region "$region" --stack-name "$stack" --query "StackResourceSummaries[?ResourceType=='AWS::S3::Bucket'].PhysicalResourceId"
  for bucket in "${found[@]}"; do empty_bucket "$region" "$bucket"; done
  unprotect_instances "$region" "$stack"
  aws cloudformation delete-stack --region "$region" --stack-name "$stack"
  aws cloudformation wait stack-delete-complete --region "$region" --stack-name "$stack"
}

empty_bucket() { # REGION BUCKET
  echo "emptying $2"
  while true; do
    # 200 at a time: a page is one argument, and an argument has 128 KiB.
    local versions=
    versions=$(aws s3api list-object-versions --region "$1" --bucket "$2" --max-items 200 \
      --query '{Objects: [Versions, DeleteMarkers][] | [?Key].{Key: Key, VersionId: VersionId}, Quiet: `true`}' --output json 2>"$problem") || is_missing || not_answered s3api list-object-versions
    grep -q '"Key"' <<<"$versions" || break
    aws s3api delete-objects --region "$1" --bucket "$2" --delete "$versions" >/dev/null
  done
}

unprotect_instances() { # REGION STACK
  local instance
  look cloudformation list-stack-resources --region "$1" --stack-name "$2" --query "StackResourceSummaries[?ResourceType=='AWS::EC2::Instance'].PhysicalResourceId"
  for instance in "${found[@]}"; do
    unless_gone ec2 modify-instance-attribute --region "$1" --instance-id "$instance" --no-disable-api-termination
  done
}

stop_executions() { # REGION
  local file machine execution
  for file in statemachines/*.asl.json; do
    machine=$(basename "$file" .asl.json)
    look stepfunctions list-executions --region "$1" --state-machine-arn "arn:aws:states:$1:$account:stateMachine:$name-$machine" --status-filter RUNNING --query 'executions[].executionArn'
    for execution in "${found[@]}"; do
      unless_gone stepfunctions stop-execution --region "$1" --execution-arn "$execution" --cause "The environment is being removed"
      echo "stopped $execution"
    done
  done
}

remove_cluster() { # REGION CLUSTER
  local instance
  look rds describe-db-instances --region "$1" --filters "Name=db-cluster-id,Values=$2" --query 'DBInstances[].DBInstanceIdentifier'
  for instance in "${found[@]}"; do
    unless_gone rds delete-db-instance --region "$1" --db-instance-identifier "$instance" --skip-final-snapshot
    aws rds wait db-instance-deleted --region "$1" --db-instance-identifier "$instance"
  done
  unless_gone rds delete-db-cluster --region "$1" --db-cluster-identifier "$2" --skip-final-snapshot
  aws rds wait db-cluster-deleted --region "$1" --db-cluster-identifier "$2"
}

# Copies of lost primaries are known by the subnet group that they were restored into: the group is this environment's.
remove_copies() { # REGION
  local cluster snapshot
  look rds describe-db-clusters --region "$1" --query "DBClusters[?DBSubnetGroup=='$name-databases' && starts_with(DBClusterIdentifier, 'recon-')].DBClusterIdentifier"
  for cluster in "${found[@]}"; do
    say "copy $cluster"
    remove_cluster "$1" "$cluster"
  done
  [ "${KEEP_SNAPSHOTS:-}" != 1 ] || return 0
  look rds describe-db-cluster-snapshots --region "$1" --snapshot-type manual \
    --query "DBClusterSnapshots[?starts_with(DBClusterSnapshotIdentifier, 'recon-') && contains($(quoted "${cluster_names[@]}"), DBClusterIdentifier)].DBClusterSnapshotIdentifier"
  for snapshot in "${found[@]}"; do
    unless_gone rds delete-db-cluster-snapshot --region "$1" --db-cluster-snapshot-identifier "$snapshot"
    echo "deleted snapshot $snapshot"
  done
}

# A global cluster goes when its members have left it, the writer last; after a failover that may be in either Region.
remove_databases() {
  local database region cluster arn members order
  for database in catalog orders; do
    say "global cluster $name-$database"
    order=("${regions[@]}")
    look rds describe-global-clusters --region "$primary" --global-cluster-identifier "$name-$database" --query 'GlobalClusters[0].GlobalClusterMembers[?IsWriter].DBClusterArn'
    case ${found[0]:-} in *":rds:$primary:"*) order=($(printf '%s\n' "${regions[@]}" | tac)) ;; esac
    look rds describe-global-clusters --region "$primary" --global-cluster-identifier "$name-$database" --query 'GlobalClusters[0].GlobalClusterMembers[].DBClusterArn'
    members=" ${found[*]} "
    for region in "${order[@]}"; do
      cluster=$name-$database-$region
      look rds describe-db-clusters --region "$region" --db-cluster-identifier "$cluster" --query 'DBClusters[].DBClusterIdentifier'
      [ ${#found[@]} != 0 ] || continue
      arn=arn:aws:rds:$region:$account:cluster:$cluster
      if [[ $members == *" $arn "* ]]; then
        unless_gone rds remove-from-global-cluster --region "$region" --global-cluster-identifier "$name-$database" --db-cluster-identifier "$arn"
        aws rds wait db-cluster-available --region "$region" --db-cluster-identifier "$cluster"
      fi
      unless_gone rds modify-db-cluster --region "$region" --db-cluster-identifier "$cluster" --no-deletion-protection --apply-immediately
      remove_cluster "$region" "$cluster"
    done
    unless_gone rds modify-global-cluster --region "$primary" --global-cluster-identifier "$name-$database" --no-deletion-protection
    unless_gone rds delete-global-cluster --region "$primary" --global-cluster-identifier "$name-$database"
  done
}

table_is_there() { # REGION TABLE
  look dynamodb describe-table --region "$1" --table-name "$2" --query Table.TableStatus
  [ ${#found[@]} != 0 ]
}

remove_tables() {
  local table region
  for table in "$name-carts" "$name-failover-control"; do
    for region in "${regions[@]}"; do
      table_is_there "$region" "$table" || continue
      unless_gone dynamodb update-table --region "$region" --table-name "$table" --no-deletion-protection-enabled
      aws dynamodb wait table-exists --region "$region" --table-name "$table"
    done
    if has_standby; then remove_replica "$table"; fi
    unless_gone dynamodb delete-table --region "$primary" --table-name "$table"
    aws dynamodb wait table-not-exists --region "$primary" --table-name "$table"
  done
}

# A table that is still changing refuses, and its protection has just been changed.
remove_replica() { # TABLE
  local tries=0
  while table_is_there "$standby" "$1"; do
    if [ "${found[0]}" != DELETING ]; then
      aws dynamodb update-table --region "$primary" --table-name "$1" --replica-updates "[{\"Delete\":{\"RegionName\":\"$standby\"}}]" >/dev/null 2>"$problem" \
        || grep -qE 'ResourceInUse|LimitExceeded|ValidationException|being (updated|deleted)' "$problem" || not_answered dynamodb update-table
    fi
    tries=$((tries + 1))
    [ "$tries" -lt "${POLL_TRIES:-120}" ] || fail "the replica of $1 in $standby does not go: $(cat "$problem")"
    printf .
    sleep "$poll"
  done
}

remove_secrets() {
  local secret
  for secret in "${secret_names[@]}"; do
    if has_standby; then
      aws secretsmanager remove-regions-from-replication --region "$primary" --secret-id "$secret" --remove-replica-regions "$standby" >/dev/null 2>"$problem" \
        || is_missing || grep -q 'InvalidParameter\|InvalidRequest' "$problem" || not_answered secretsmanager remove-regions-from-replication
    fi
    unless_gone secretsmanager delete-secret --region "$primary" --secret-id "$secret" --force-delete-without-recovery
  done
}

remove_logs() { # REGION PREFIX
  local group
  look logs describe-log-groups --region "$1" --log-group-name-prefix "$2" --query 'logGroups[].logGroupName'
  for group in "${found[@]}"; do
    unless_gone logs delete-log-group --region "$1" --log-group-name "$group"
    echo "deleted log group $group"
  done
}

remove_kept() { # REGION: what stacks retain or services make
  local database journey at bucket
  remove_logs "$1" "/shop/$environment/"
  for database in catalog orders; do remove_logs "$1" "/aws/rds/cluster/$name-$database-$1/"; done
  for journey in local global remote; do remove_logs "$1" "/aws/lambda/cwsyn-$name-buy-$journey-"; done
  look ssm get-parameters-by-path --region "$1" --path "/shop/$environment" --recursive --query 'Parameters[].Name'
  # Ten at most go at a time.
  local facts=("${found[@]}")
  for ((at = 0; at < ${#facts[@]}; at += 10)); do
    unless_gone ssm delete-parameters --region "$1" --names "${facts[@]:at:10}"
  done
  own_buckets "$1"
  for bucket in "${found[@]}"; do
    # Once more: canaries wrote until their stack was gone, and access logs come late.
    empty_bucket "$1" "$bucket"
    unless_gone s3api delete-bucket --region "$1" --bucket "$bucket"
    echo "deleted bucket $bucket"
  done
}

for region in "${regions[@]}"; do stop_executions "$region"; done
for role in "${roles[@]}"; do
  for part in client chaos observability; do remove "$role-$part"; done
done
[ "$routing" = arc ] || remove primary-routing
for role in "${roles[@]}"; do remove "$role-orchestration"; done
remove primary-routing
remove primary-secrets
for role in "${roles[@]}"; do
  region=$(region_of "$role")
  for balancer in internal public; do
    look elbv2 describe-load-balancers --region "$region" --names "$name-$balancer" --query 'LoadBalancers[].LoadBalancerArn'
    for arn in "${found[@]}"; do
      unless_gone elbv2 modify-load-balancer-attributes --region "$region" --load-balancer-arn "$arn" --attributes Key=deletion_protection.enabled,Value=false
    done
  done
  remove "$role-services"
done
if has_standby; then remove primary-link; remove standby-link; fi
for region in "${regions[@]}"; do remove_copies "$region"; done
remove_databases
for role in "${roles[@]}"; do remove "$role-data"; done
remove primary-global
remove_tables
remove_secrets
for role in "${roles[@]}"; do
  region=$(region_of "$role")
  look kms describe-key --region "$region" --key-id "alias/$name-store" --query KeyMetadata.KeyId
  key=${found[0]:-}
  remove "$role-network"
  [ -z "$key" ] || unless_gone kms schedule-key-deletion --region "$region" --key-id "$key" --pending-window-in-days 7
done
for region in "${regions[@]}"; do remove_kept "$region"; done
take_stock
if [ ${#left[@]} != 0 ]; then
  printf '%s\n' "${left[@]}" >&2
  fail "that is still there. Run it again; what stays even then, the console of its Region explains."
fi
say "$environment is gone from ${regions[*]}. Kept: the CDK's bootstrap (of the account), keys until their seven days are over${KEEP_SNAPSHOTS:+, the snapshots of reconciliations}."
