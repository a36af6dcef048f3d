package dev.kubesent.cluster.eks;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;

/**
 * The bearer token that EKS takes: a presigned request to STS, GetCallerIdentity, that the cluster makes in our place, and so learns who
 * we are (aws-iam-authenticator, pkg/token/token.go). The header {@code x-k8s-aws-id} is signed as well: the token is good for this
 * cluster only. Safe for several threads.
 */
public final class EksToken implements Supplier<String> {

    /** What EKS asks for in {@code X-Amz-Expires}; the token is taken for 15 minutes all the same. */
    private static final Duration PRESIGNED_FOR = Duration.ofSeconds(60);

    /** A minute less than the 15 minutes that it is taken for, as aws-iam-authenticator has it. */
    private static final Duration USED_FOR = Duration.ofMinutes(14);

    private final EksCluster cluster;
    private final Supplier<AwsCredentialsIdentity> credentials;
    private final Clock clock;
    private @Nullable Signed last;

    /** @param credentials asked for each new token: those of a role change every few hours */
    public EksToken(EksCluster cluster, Supplier<AwsCredentialsIdentity> credentials, Clock clock) {
        this.cluster = cluster;
        this.credentials = credentials;
        this.clock = clock;
    }

    private record Signed(String token, Instant until) {}

    @Override
    public synchronized String get() {
        var now = clock.instant();
        if (last == null || !now.isBefore(last.until())) {
            last = new Signed(sign(), now.plus(USED_FOR));
        }
        return last.token();
    }

    private String sign() {
        var signed = AwsV4HttpSigner.create()
                .sign(request -> request.identity(credentials.get())
                        .request(callerIdentity())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "sts")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, cluster.region())
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AwsV4HttpSigner.AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, PRESIGNED_FOR)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock));
        var url = signed.request().getUri().toString().getBytes(StandardCharsets.UTF_8);
        return "k8s-aws-v1." + Base64.getUrlEncoder().withoutPadding().encodeToString(url);
    }

    private SdkHttpRequest callerIdentity() {
        var suffix = Region.of(cluster.region()).metadata() == null
                ? "amazonaws.com"
                : Region.of(cluster.region()).metadata().partition().dnsSuffix();
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("https://sts.%s.%s/".formatted(cluster.region(), suffix)))
                .putRawQueryParameter("Action", "GetCallerIdentity")
                .putRawQueryParameter("Version", "2011-06-15")
                .putHeader("x-k8s-aws-id", cluster.name())
                .build();
    }
}
