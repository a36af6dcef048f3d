#!/usr/bin/env bash
# Builds the zip for Lambda, unpacks it as Lambda does, and runs it in AWS's own loop on a real API server. Prints its size and times.
set -euo pipefail
cd "$(dirname "$0")/../.."
./mvnw -q -B -Plambda package -DskipTests
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
unzip -q target/kubesent-lambda.zip -d "$root"
echo "zip: $(($(stat -c %s target/kubesent-lambda.zip) >> 20)) MiB, unpacked: $(du -sm "$root" | cut -f1) MiB of the 250 that Lambda allows"
LAMBDA_ROOT=$root KUBESENT_REQUIRE_API_SERVER=true ./mvnw -q -B test -Dtest=LambdaApiServerTest
sed -n 's/.*name="\([a-z_]*\)" classname=.*LambdaApiServerTest" time="\([0-9.]*\)".*/\2 s  \1/p' target/surefire-reports/TEST-dev.kubesent.function.LambdaApiServerTest.xml
