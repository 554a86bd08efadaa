# The UI's image: by content, and built where it is missing. Sourced from the repository's root, after lib.sh.
# shellcheck shell=bash
# The same sources are the same image, and nothing is built or deployed again.
image_tag() {
  find ui-container functions/Shop.Contracts Directory.Build.props Directory.Packages.props global.json -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 \
    | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-20
}

build_image() { # TAG ROLE…
  local role region repository tag=$1 missing=()
  shift
  for role; do
    look ecr describe-images --region "$(region_of "$role")" --repository-name "shop-$environment-ui" --image-ids "imageTag=$tag" --query 'imageDetails[].imageDigest'
    [ ${#found[@]} != 0 ] || missing+=("$role")
  done
  [ ${#missing[@]} != 0 ] || { echo "the UI's image $tag is there"; return 0; }
  say "building the UI's image $tag with $how"
  for role in "${missing[@]}"; do
    region=$(region_of "$role")
    repository=$account.dkr.ecr.$region.amazonaws.com/shop-$environment-ui
    case $how in
      docker)
        aws ecr get-login-password --region "$region" | docker login --username AWS --password-stdin "${repository%%/*}"
        docker build --platform linux/amd64 -f ui-container/Dockerfile -t "$repository:$tag" .
        docker push "$repository:$tag" ;;
      codebuild) build_in_aws "$region" "$tag" ;;
      skip) fail "IMAGE=skip, and the image $tag is not in $region." ;;
    esac
  done
}

build_in_aws() { # REGION TAG
  local source build status
  source=$(mktemp -d)/ui-source.zip
  zip -q -r "$source" ui-container functions/Shop.Contracts Directory.Build.props Directory.Packages.props global.json BannedSymbols.txt .editorconfig -x '*/bin/*' '*/obj/*'
  aws s3 cp --region "$1" --only-show-errors "$source" "s3://cdk-hnb659fds-assets-$account-$1/shop/$environment/ui-source.zip"
  rm -r "$(dirname "$source")"
  build=$(aws codebuild start-build --region "$1" --project-name "shop-$environment-ui-image" --environment-variables-override "name=TAG,value=$2" --query build.id --output text)
  while status=$(aws codebuild batch-get-builds --region "$1" --ids "$build" --query 'builds[0].buildStatus' --output text) && [ "$status" = IN_PROGRESS ]; do
    printf .
    sleep "$poll"
  done
  echo
  [ "$status" = SUCCEEDED ] || fail "the build $build ended as $status; its log is /shop/$environment/image-build."
}
