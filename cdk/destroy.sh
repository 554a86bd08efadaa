#!/usr/bin/env bash
# Removes one environment from the account of the caller's credentials, both Regions, in the reverse order; nothing of another environment. Safe to run again.
#   cdk/destroy.sh ENV            make destroy ENV=dev
# YES=1 does not ask. KEEP_SNAPSHOTS=1 keeps the point-of-failure snapshots that reconciliations have copied.
set -euo pipefail
cd "$(dirname "$0")/.."
. cdk/lib.sh
load_environment "${1:-}"
need_tools
need_account
name=shop-$environment
echo "Account $account, Regions ${regions[*]}. Everything named $name-* goes: databases, tables, reports, secrets, logs. There is no way back."
if [ "${YES:-}" != 1 ]; then
  [ -t 0 ] || fail "no terminal to ask: YES=1 says yes."
  read -r -p "Type the environment's name to go on: " typed
  [ "$typed" = "$environment" ] || fail "that was '$typed', not '$environment'. Nothing was touched."
fi

remove() { # ROLE-PART
  local region stack
  case $1 in standby-*) region=$standby ;; *) region=$primary ;; esac
  stack=$(stack_name "$1")
  exists "$region" "$stack" || return 0
  say "$stack"
  aws cloudformation update-termination-protection --region "$region" --stack-name "$stack" --no-enable-termination-protection >/dev/null
  empty_buckets "$region" "$stack"
  unprotect_instances "$region" "$stack"
  aws cloudformation delete-stack --region "$region" --stack-name "$stack"
  aws cloudformation wait stack-delete-complete --region "$region" --stack-name "$stack"
}

empty_buckets() { # REGION STACK
  local bucket
  for bucket in $(aws cloudformation list-stack-resources --region "$1" --stack-name "$2" --query "StackResourceSummaries[?ResourceType=='AWS::S3::Bucket'].PhysicalResourceId" --output text); do
    echo "emptying $bucket"
    while true; do
      # 200 at a time: a page is one argument, and an argument has 128 KiB.
      local versions
      versions=$(aws s3api list-object-versions --region "$1" --bucket "$bucket" --max-items 200 \
        --query '{Objects: [Versions, DeleteMarkers][] | [?Key].{Key: Key, VersionId: VersionId}, Quiet: `true`}' --output json 2>/dev/null) || break
      [ "$(node -p 'JSON.parse(process.argv[1]).Objects?.length ?? 0' "$versions")" != 0 ] || break
      aws s3api delete-objects --region "$1" --bucket "$bucket" --delete "$versions" >/dev/null
    done
  done
}

unprotect_instances() { # REGION STACK
  local instance
  for instance in $(aws cloudformation list-stack-resources --region "$1" --stack-name "$2" --query "StackResourceSummaries[?ResourceType=='AWS::EC2::Instance'].PhysicalResourceId" --output text); do
    aws ec2 modify-instance-attribute --region "$1" --instance-id "$instance" --no-disable-api-termination
  done
}

stop_executions() { # REGION
  local machine execution
  for machine in regional-failover reconciliation replay failback aurora-failover routing-control preflight; do
    for execution in $(aws stepfunctions list-executions --region "$1" --state-machine-arn "arn:aws:states:$1:$account:stateMachine:$name-$machine" --status-filter RUNNING \
        --query 'executions[].executionArn' --output text 2>/dev/null || true); do
      aws stepfunctions stop-execution --region "$1" --execution-arn "$execution" --cause "The environment is being removed" >/dev/null && echo "stopped $execution"
    done
  done
}

# Copies of lost primaries are known by the subnet group that they were restored into: the group is this environment's.
remove_copies() { # REGION
  local instance cluster snapshot
  for cluster in $(aws rds describe-db-clusters --region "$1" --query "DBClusters[?DBSubnetGroup=='$name-databases' && starts_with(DBClusterIdentifier, 'recon-')].DBClusterIdentifier" --output text); do
    say "copy $cluster"
    for instance in $(aws rds describe-db-instances --region "$1" --filters "Name=db-cluster-id,Values=$cluster" --query 'DBInstances[].DBInstanceIdentifier' --output text); do
      aws rds delete-db-instance --region "$1" --db-instance-identifier "$instance" --skip-final-snapshot >/dev/null
      aws rds wait db-instance-deleted --region "$1" --db-instance-identifier "$instance"
    done
    aws rds delete-db-cluster --region "$1" --db-cluster-identifier "$cluster" --skip-final-snapshot >/dev/null
    aws rds wait db-cluster-deleted --region "$1" --db-cluster-identifier "$cluster"
  done
  [ "${KEEP_SNAPSHOTS:-}" = 1 ] && return 0
  for snapshot in $(aws rds describe-db-cluster-snapshots --region "$1" --snapshot-type manual \
      --query "DBClusterSnapshots[?starts_with(DBClusterSnapshotIdentifier, 'recon-') && contains(['$name-catalog-$primary', '$name-orders-$primary', '$name-catalog-${standby:-}', '$name-orders-${standby:-}'], DBClusterIdentifier)].DBClusterSnapshotIdentifier" --output text); do
    aws rds delete-db-cluster-snapshot --region "$1" --db-cluster-snapshot-identifier "$snapshot" >/dev/null && echo "deleted snapshot $snapshot"
  done
}

# A global cluster goes when its members have left it; after a failover the writer may be in either Region, so both secondaries are asked first.
remove_databases() {
  local database role region cluster instance writer order
  for database in catalog orders; do
    say "global cluster $name-$database"
    writer=$(aws rds describe-global-clusters --region "$primary" --global-cluster-identifier "$name-$database" \
      --query 'GlobalClusters[0].GlobalClusterMembers[?IsWriter].DBClusterArn | [0]' --output text 2>/dev/null) || writer=
    order=("${regions[@]}")
    case $writer in *":rds:$primary:"*) order=($(printf '%s\n' "${regions[@]}" | tac)) ;; esac
    for region in "${order[@]}"; do
      cluster=$name-$database-$region
      aws rds describe-db-clusters --region "$region" --db-cluster-identifier "$cluster" >/dev/null 2>&1 || continue
      aws rds remove-from-global-cluster --region "$region" --global-cluster-identifier "$name-$database" \
        --db-cluster-identifier "arn:aws:rds:$region:$account:cluster:$cluster" >/dev/null 2>&1 && aws rds wait db-cluster-available --region "$region" --db-cluster-identifier "$cluster" || true
      aws rds modify-db-cluster --region "$region" --db-cluster-identifier "$cluster" --no-deletion-protection --apply-immediately >/dev/null
      for instance in $(aws rds describe-db-instances --region "$region" --filters "Name=db-cluster-id,Values=$cluster" --query 'DBInstances[].DBInstanceIdentifier' --output text); do
        aws rds delete-db-instance --region "$region" --db-instance-identifier "$instance" --skip-final-snapshot >/dev/null || true
        aws rds wait db-instance-deleted --region "$region" --db-instance-identifier "$instance"
      done
      aws rds delete-db-cluster --region "$region" --db-cluster-identifier "$cluster" --skip-final-snapshot >/dev/null
      aws rds wait db-cluster-deleted --region "$region" --db-cluster-identifier "$cluster"
    done
    if aws rds describe-global-clusters --region "$primary" --global-cluster-identifier "$name-$database" >/dev/null 2>&1; then
      aws rds modify-global-cluster --region "$primary" --global-cluster-identifier "$name-$database" --no-deletion-protection >/dev/null
      aws rds delete-global-cluster --region "$primary" --global-cluster-identifier "$name-$database" >/dev/null
    fi
  done
}

remove_tables() {
  local table region
  for table in carts failover-control; do
    for region in "${regions[@]}"; do
      aws dynamodb update-table --region "$region" --table-name "$name-$table" --no-deletion-protection-enabled >/dev/null 2>&1 && aws dynamodb wait table-exists --region "$region" --table-name "$name-$table" || true
    done
    if has_standby; then
      aws dynamodb update-table --region "$primary" --table-name "$name-$table" --replica-updates "[{\"Delete\":{\"RegionName\":\"$standby\"}}]" >/dev/null || true
      while aws dynamodb describe-table --region "$standby" --table-name "$name-$table" >/dev/null 2>&1; do printf .; sleep 10; done
    fi
    aws dynamodb delete-table --region "$primary" --table-name "$name-$table" >/dev/null 2>&1 && aws dynamodb wait table-not-exists --region "$primary" --table-name "$name-$table" || true
  done
}

remove_secrets() {
  local secret
  for secret in catalog-admin catalog-app orders-admin orders-app broker cache; do
    if has_standby; then
      aws secretsmanager remove-regions-from-replication --region "$primary" --secret-id "$name-$secret" --remove-replica-regions "$standby" >/dev/null 2>&1 || true
    fi
    aws secretsmanager delete-secret --region "$primary" --secret-id "$name-$secret" --force-delete-without-recovery >/dev/null 2>&1 || true
  done
}

remove_kept() { # REGION: what stacks retain or services make
  local group parameter bucket balancer
  for group in $(aws logs describe-log-groups --region "$1" --log-group-name-prefix "/shop/$environment/" --query 'logGroups[].logGroupName' --output text) \
      $(aws logs describe-log-groups --region "$1" --log-group-name-prefix "/aws/rds/cluster/$name-catalog-$1/" --query 'logGroups[].logGroupName' --output text) \
      $(aws logs describe-log-groups --region "$1" --log-group-name-prefix "/aws/rds/cluster/$name-orders-$1/" --query 'logGroups[].logGroupName' --output text) \
      $(aws logs describe-log-groups --region "$1" --log-group-name-prefix "/aws/lambda/cwsyn-$name-buy-" --query 'logGroups[].logGroupName' --output text); do
    aws logs delete-log-group --region "$1" --log-group-name "$group" && echo "deleted log group $group"
  done
  for parameter in $(aws ssm get-parameters-by-path --region "$1" --path "/shop/$environment" --recursive --query 'Parameters[].Name' --output text); do
    aws ssm delete-parameter --region "$1" --name "$parameter" >/dev/null && echo "deleted $parameter"
  done
  for bucket in $(aws s3api list-buckets --query "Buckets[?starts_with(Name, '$name-')].Name" --output text); do
    [ "$(aws s3api get-bucket-tagging --bucket "$bucket" --query "TagSet[?Key=='shop:environment'].Value | [0]" --output text 2>/dev/null)" = "$environment" ] || continue
    aws s3 rb --force "s3://$bucket" >/dev/null 2>&1 && echo "deleted bucket $bucket" || true
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
    arn=$(aws elbv2 describe-load-balancers --region "$region" --names "$name-$balancer" --query 'LoadBalancers[0].LoadBalancerArn' --output text 2>/dev/null) || continue
    aws elbv2 modify-load-balancer-attributes --region "$region" --load-balancer-arn "$arn" --attributes Key=deletion_protection.enabled,Value=false >/dev/null
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
  key=$(aws kms describe-key --region "$region" --key-id "alias/$name-store" --query KeyMetadata.KeyId --output text 2>/dev/null) || key=
  remove "$role-network"
  [ -z "$key" ] || aws kms schedule-key-deletion --region "$region" --key-id "$key" --pending-window-in-days 7 >/dev/null 2>&1 || true
done
for region in "${regions[@]}"; do remove_kept "$region"; done
say "$environment is gone from ${regions[*]}. Kept: the CDK's bootstrap (of the account), keys until their seven days are over${KEEP_SNAPSHOTS:+, the snapshots of reconciliations}."
