package dev.kubesent.cluster.eks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.testing.MovingClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The token as aws-iam-authenticator makes it, and as EKS reads it. */
class EksTokenTest {

    private static final AwsCredentialsIdentity ROLE =
            AwsSessionCredentialsIdentity.create("AKIDEXAMPLE", "wJalrXUtnFEMI", "session/+=");

    private final MovingClock clock = new MovingClock(Instant.parse("2026-11-23T12:00:00Z"));
    private final List<String> asked = new ArrayList<>();

    @Test
    void it_is_a_presigned_question_of_who_we_are_for_this_cluster_only() {
        var url = opened(token("prod", "eu-central-1").get());

        assertThat(url.getScheme()).isEqualTo("https");
        assertThat(url.getHost()).isEqualTo("sts.eu-central-1.amazonaws.com");
        assertThat(url.getPath()).isEqualTo("/");
        assertThat(parameters(url))
                .containsEntry("Action", "GetCallerIdentity")
                .containsEntry("Version", "2011-06-15")
                .containsEntry("X-Amz-Expires", "60")
                .containsEntry("X-Amz-Date", "20261123T120000Z")
                .containsEntry("X-Amz-SignedHeaders", "host%3Bx-k8s-aws-id")
                .containsEntry("X-Amz-Security-Token", "session%2F%2B%3D")
                .containsEntry("X-Amz-Credential", "AKIDEXAMPLE%2F20261123%2Feu-central-1%2Fsts%2Faws4_request")
                .containsKey("X-Amz-Signature");
    }

    @Test
    void another_cluster_has_another_signature() {
        var one = parameters(opened(token("prod", "eu-central-1").get()));
        var other = parameters(opened(token("test", "eu-central-1").get()));

        assertThat(one.get("X-Amz-Signature")).isNotEqualTo(other.get("X-Amz-Signature"));
    }

    @Test
    void it_is_used_for_fourteen_minutes_and_then_signed_anew_with_the_credentials_of_then() {
        var token = token("prod", "eu-central-1");
        var first = token.get();

        clock.forward(Duration.ofMinutes(14).minusMillis(1));
        assertThat(token.get()).isEqualTo(first);
        assertThat(asked).hasSize(1);

        clock.forward(Duration.ofMillis(1));
        assertThat(token.get()).isNotEqualTo(first);
        assertThat(asked).hasSize(2);
    }

    @Test
    void china_and_a_region_nobody_here_has_heard_of_have_their_own_hosts() {
        assertThat(opened(token("prod", "cn-north-1").get()).getHost()).isEqualTo("sts.cn-north-1.amazonaws.com.cn");
        assertThat(opened(token("prod", "mars-east-1").get()).getHost()).isEqualTo("sts.mars-east-1.amazonaws.com");
    }

    @Test
    void it_is_text_that_fits_into_a_header() {
        // EKS refuses what is longer than 4096 bytes.
        assertThat(token("prod", "eu-central-1").get())
                .startsWith("k8s-aws-v1.")
                .matches("[A-Za-z0-9._-]+")
                .hasSizeLessThan(4096);
    }

    private EksToken token(String cluster, String region) {
        return new EksToken(
                new EksCluster(cluster, URI.create("https://eks"), "", region),
                () -> {
                    asked.add(cluster);
                    return ROLE;
                },
                clock);
    }

    private static URI opened(String token) {
        var url = Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length()));
        return URI.create(new String(url, StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(URI url) {
        return Arrays.stream(url.getRawQuery().split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
