# What deploy.sh, destroy.sh and status share. Sourced from the repository's root.
# shellcheck shell=bash
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=1 AWS_PAGER= DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

poll=${POLL_SECONDS:-10}

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'cdk: %s\n' "$*" >&2; exit 1; }

# Settings as the app reads them: defaults, then the environment's own file, then CDK_CONTEXT="key=value …".
load_environment() {
  environment=$1
  [[ $environment =~ ^[a-z][a-z0-9-]{0,11}$ ]] || fail "ENV is '$environment'; expected 1 to 12 letters, digits and hyphens, as in ENV=dev."
  command -v node >/dev/null || fail "node is missing (Node.js 18 or newer)."
  local settings
  settings=$(node -e '
    const fs = require("fs");
    const read = (name) => fs.existsSync(name) ? JSON.parse(fs.readFileSync(name, "utf8")) : {};
    const all = { ...read("cdk/environments/defaults.json"), ...read(`cdk/environments/${process.argv[1]}.json`) };
    for (const pair of (process.env.CDK_CONTEXT || "").split(/\s+/).filter(Boolean)) {
      const at = pair.indexOf("=");
      if (at < 1) { console.error(`cdk: CDK_CONTEXT has "${pair}"; expected key=value.`); process.exit(1); }
      all[pair.slice(0, at)] = pair.slice(at + 1);
    }
    const wanted = ["primaryRegion", "standbyRegion", "singleRegion", "routing", "architecture", "client"];
    for (const key of wanted) console.log(String(all[key]));' "$environment")
  { read -r primary; read -r standby; read -r single; read -r routing; read -r architecture; read -r client; } <<<"$settings"
  roles=(primary)
  regions=("$primary")
  if [ "$single" != true ]; then roles+=(standby); regions+=("$standby"); fi
  context=(-c "env=$environment")
  local pair
  for pair in ${CDK_CONTEXT:-}; do context+=(-c "$pair"); done
}

has_standby() { [ ${#roles[@]} = 2 ]; }
region_of() { if [ "$1" = primary ]; then echo "$primary"; else echo "$standby"; fi; }

need_aws() { command -v aws >/dev/null || fail "the AWS CLI is missing (version 2; https://aws.amazon.com/cli/)."; }

# Before the first stack: a tool that is missing half-way leaves half a store.
need_tools() {
  need_aws
  local tool missing=()
  how=${IMAGE:-}
  [ -n "$how" ] || { if docker info >/dev/null 2>&1; then how=docker; else how=codebuild; fi; }
  for tool in make curl $(case $how in codebuild) echo zip ;; docker) echo docker ;; esac); do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  [ ${#missing[@]} = 0 ] || fail "missing: ${missing[*]}. Nothing was deployed."
  case $how in docker | codebuild | skip) ;; *) fail "IMAGE is '$how'; expected docker, codebuild or skip." ;; esac
  cdk/install.sh
}

need_account() {
  account=$(aws sts get-caller-identity --query Account --output text 2>/dev/null) || fail "no AWS credentials (aws configure, or AWS_PROFILE)."
  export CDK_DEFAULT_ACCOUNT=$account
}

need_bootstrap() {
  local region
  for region in "${regions[@]}"; do
    aws ssm get-parameter --region "$region" --name /cdk-bootstrap/hnb659fds/version >/dev/null 2>&1 && continue
    say "preparing $region for the CDK (once an account and Region)"
    cdk bootstrap "aws://$account/$region"
  done
}

confirm() {
  [ "${YES:-}" = 1 ] && return 0
  [ -t 0 ] || fail "$1 (no terminal to ask: YES=1 says yes)"
  local said
  read -r -p "$1 [y/N] " said
  [ "$said" = y ] || [ "$said" = yes ]
}

cdk() { (cd cdk && node_modules/.bin/cdk "$@"); }

stack_name() { printf 'shop-%s-%s' "$environment" "$1"; }

deploy() {
  say "$(stack_name "$1")"
  # Only this one: the order is ours, and a stack of the other Region is never deployed along.
  cdk deploy "$(stack_name "$1")" --exclusively --require-approval never --progress events "${context[@]}"
}

# What AWS said last: what was no answer, and what was.
problem=$(mktemp) reply=$(mktemp)
trap 'rm -f "$problem" "$reply"' EXIT

# Only this is "not there". An expired login or a network that is down must not look like an account from which all is gone.
is_missing() {
  local said='\(([A-Za-z.]*NotFound(Fault|Exception)?|[A-Za-z]*DoesNotExist|NoSuch[A-Za-z]*)\)|\(ValidationError\).* does not exist'
  [[ $(<"$problem") =~ $said ]]
}

not_answered() { fail "aws $1 $2: $(tr '\n' ' ' <"$problem")
cdk: it is safe to run again, with fresh credentials if that is what is missing."; }

# Asks for names, and leaves them in `found`: none where what was asked about is not there. Not for $(…), where its failure would end nothing.
look() { # as for aws
  aws "$@" --output text >"$reply" 2>"$problem" || is_missing || not_answered "$@"
  found=()
  read -r -d '' -a found <"$reply" || true
  [ "${found[*]}" != None ] || found=()
}

unless_gone() { aws "$@" >/dev/null 2>"$problem" || is_missing || not_answered "$@"; }

exists() { # REGION STACK
  look cloudformation describe-stacks --region "$1" --stack-name "$2" --query 'Stacks[0].StackStatus'
  [ ${#found[@]} != 0 ]
}

put_fact() { # NAME VALUE: the same in every Region
  local region
  for region in "${regions[@]}"; do
    aws ssm put-parameter --region "$region" --name "/shop/$environment/$1" --value "$2" --type String --overwrite >/dev/null
  done
  echo "fact $1 = $2"
}

# A Region's stacks publish facts in their own Region; the other one gets a copy, so that it never has to ask.
share_facts() {
  has_standby || return 0
  local role other name value owner known
  for role in primary standby; do
    if [ "$role" = primary ]; then other=$standby; else other=$primary; fi
    # What belongs to the whole store is made in the primary, or written to both Regions by put_fact.
    for owner in "$role" $([ "$role" = primary ] && echo global); do
      known=$(facts_of "$other" "$owner")
      while IFS=$'\t' read -r name value; do
        [ -n "$name" ] && [[ $'\n'$known$'\n' != *$'\n'"$name"$'\t'"$value"$'\n'* ]] || continue
        aws ssm put-parameter --region "$other" --name "$name" --value "$value" --type String --overwrite >/dev/null
        echo "$other knows ${name#/shop/}"
      done <<<"$(facts_of "$(region_of "$role")" "$owner")"
    done
  done
}

facts_of() { # REGION OWNER
  aws ssm get-parameters-by-path --region "$1" --path "/shop/$environment/$2" --query 'Parameters[].[Name,Value]' --output text
}

share_writers() {
  local database host
  for database in catalog orders; do
    host=$(aws rds describe-global-clusters --region "$primary" --global-cluster-identifier "shop-$environment-$database" --query 'GlobalClusters[0].Endpoint' --output text)
    [ -n "$host" ] && [ "$host" != None ] || fail "the global cluster shop-$environment-$database has no writer endpoint."
    put_fact global/"$database"-writer "$host:3310"
    put_fact global/"$database"-writer-host "$host"
  done
  share_facts
}

# The control plane of ARC is in us-west-2 only; what it says is needed once, here, and never in a failover.
share_routing() {
  if has_standby && [ "$routing" = arc ]; then
    local cluster endpoints
    cluster=$(output primary-routing RecoveryCluster)
    endpoints=$(aws route53-recovery-control-config describe-cluster --region us-west-2 --cluster-arn "$cluster" \
      --query 'Cluster.ClusterEndpoints[].[Region,Endpoint]' --output text | awk '{ printf "%s%s=%s", sep, $1, $2; sep="," }')
    [ "$(tr ',' '\n' <<<"$endpoints" | wc -l)" = 5 ] || fail "the ARC cluster $cluster does not have five endpoints: $endpoints"
    put_fact global/arc-endpoints "$endpoints"
  fi
  share_facts
}

output() { # STACK KEY
  local region=$primary
  case $1 in standby-*) region=$standby ;; esac
  aws cloudformation describe-stacks --region "$region" --stack-name "$(stack_name "$1")" \
    --query "Stacks[0].Outputs[?starts_with(OutputKey, '$2')].OutputValue | [0]" --output text
}

outputs() {
  local role part region
  for role in "${roles[@]}"; do
    region=$(region_of "$role")
    for part in routing data orchestration observability client; do
      exists "$region" "$(stack_name "$role-$part")" || continue
      aws cloudformation describe-stacks --region "$region" --stack-name "$(stack_name "$role-$part")" \
        --query "Stacks[0].Outputs[?Description!=null].[Description,OutputValue]" --output text | sed "s/^/$region  /"
    done
  done
}

check_packages() {
  local function missing=()
  for function in catalog carts checkout orders migrator failover reconciliation; do
    [ -s "artifacts/package/linux-$architecture/shop-$function.zip" ] || missing+=("shop-$function.zip")
  done
  [ ${#missing[@]} = 0 ] || fail "not packaged: ${missing[*]} (make package ARCH=$architecture)."
}

# Certificate authorities of Aurora: no distribution has them.
authorities() {
  local file=artifacts/package/rds-ca-bundle.pem
  if [ ! -s "$file" ]; then
    mkdir -p artifacts/package
    curl -fsS --retry 3 -o "$file.part" https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem || fail "the certificate authorities of Aurora could not be fetched."
    mv "$file.part" "$file"
  fi
  printf '%s' "$PWD/$file"
}

# What a Region's stacks reserve, and a function of each that tells whether they have it already. A test adds it up from the templates.
reservations=("services 201 catalog" "orchestration 95 set-routing-controls")

# AWS keeps 100 unreserved; other environments, and other people's functions, have taken from the account's limit, too.
enough_concurrency() { # REGION…
  local region part left need amount function
  for region; do
    need=0
    for part in "${reservations[@]}"; do
      read -r part amount function <<<"$part"
      [ "$part" = services ] || has_standby || continue
      look lambda get-function-concurrency --region "$region" --function-name "shop-$environment-$function" --query ReservedConcurrentExecutions
      [ ${#found[@]} != 0 ] || need=$((need + amount))
    done
    look lambda get-account-settings --region "$region" --query AccountLimit.UnreservedConcurrentExecutions
    left=$((found[0] - 100))
    if [ "$left" -lt "$need" ]; then
      echo "cdk: $region has $left functions at once left to reserve, and this environment needs $need more, so none are reserved; ask AWS for more before you rely on a failover." >&2
      return 1
    fi
  done
}

reserve_in() { enough_concurrency "$@" || context+=(-c reserveConcurrency=false); }

migrate() {
  local database answer
  answer=$(mktemp)
  for database in catalog orders; do
    say "schema, logins and products of $database"
    aws lambda invoke --region "$primary" --function-name "shop-$environment-migrate-$database" --cli-binary-format raw-in-base64-out --cli-read-timeout 310 \
      --payload "{\"database\":\"$database\",\"region\":\"$primary\"}" "$answer" --query FunctionError --output text | grep -q None \
      || fail "the migration of $database failed: $(cat "$answer")"
    cat "$answer"; echo
  done
  rm -f "$answer"
}

# New routing controls are Off, and both Regions serve from the start. Where one is On, somebody has decided: a deployment must not open a Region that a
# failover has closed.
open_routing() {
  local answer entries
  answer=$(mktemp)
  entries="{\"entries\":[{\"arn\":\"$(fact global/routing-control-primary)\",\"state\":\"On\"},{\"arn\":\"$(fact global/routing-control-standby)\",\"state\":\"On\"}]}"
  ask_routing get-routing-controls "$entries" "$answer"
  if grep -q '"state": *"On"' "$answer"; then
    echo "the routing controls are left as they are: $(cat "$answer")"
  else
    ask_routing set-routing-controls "$entries" "$answer"
    echo "both routing controls are On"
  fi
  rm -f "$answer"
}

ask_routing() { # FUNCTION PAYLOAD ANSWER
  aws lambda invoke --region "$primary" --function-name "shop-$environment-$1" --cli-binary-format raw-in-base64-out \
    --payload "$2" "$3" --query FunctionError --output text | grep -q None || fail "$1 failed: $(cat "$3")"
}

fact() { aws ssm get-parameter --region "$primary" --name "/shop/$environment/$1" --query Parameter.Value --output text; }
