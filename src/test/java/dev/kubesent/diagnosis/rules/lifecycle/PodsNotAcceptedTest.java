package dev.kubesent.diagnosis.rules.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.failure.LostRun.NotCreated;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who refuses pods, by the API server's own words of public reports. */
class PodsNotAcceptedTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        pods "web-1" is forbidden: exceeded quota: ns-pod-quota, requested: pods=1, used: pods=5, limited: pods=5                                        | the quota is used up: ns-pod-quota, requested: pods=1
        Error creating: pods "web-1" is forbidden: failed quota: compute: must specify limits.cpu for: app; limits.memory for: app                       | must specify limits.cpu for: app
        Error creating: pods "web-1" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi                                           | a LimitRange of the namespace does not allow its resources: maximum memory usage per Container is 1Gi
        Error creating: pods "checkout-7d9f8b-x2k4p" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "checkout" must set securityContext.allowPrivilegeEscalation=false) | Pod Security level forbids them: "restricted:latest": allowPrivilegeEscalation
        create Pod csi-hostpath-attacher-0 in StatefulSet csi-hostpath-attacher failed error: pods "csi-hostpath-attacher-0" is forbidden: error looking up service account coder/csi-attacher: serviceaccount "csi-attacher" not found | their ServiceAccount coder/csi-attacher does not exist
        Error creating: Internal error occurred: failed calling webhook "namespace.sidecar-injector.istio.io": failed to call webhook: Post "https://istiod.istio-system.svc:443/inject?timeout=10s": dial tcp 10.96.1.2:443: connect: connection refused | webhook does not answer: "namespace.sidecar-injector.istio.io"
        admission webhook "validate.kyverno.svc-fail" denied the request: resource Pod/shop/web-1 was blocked due to the following policies               | denies them: "validate.kyverno.svc-fail" denied the request
        pods "web-1" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'no-latest' denied request: failed expression                       | ValidatingAdmissionPolicy denies them: 'no-latest'
        Error creating: pods "web-1" is forbidden: no PriorityClass with name gold was found                                                             | their PriorityClass gold does not exist
        Error creating: pods "no-runtime-class-595999d944-" is forbidden: pod rejected: RuntimeClass "not-there" not found                               | their RuntimeClass not-there does not exist
        Error creating: pods "web-1" is forbidden: minimum memory usage per Container is 10Mi, but request is 5Mi                                        | a LimitRange of the namespace does not allow its resources: minimum memory usage per Container is 10Mi
        Error creating: pods "web-1" is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 10.000000                    | a LimitRange of the namespace does not allow its resources: cpu max limit to request ratio per Container is 2
        pods "web-1" is forbidden: unable to validate against any security context constraint: [provider "anyuid": Forbidden: not usable by user]         | no SecurityContextConstraints
        """)
    void it_names_who_and_what(String message, String says) {
        var diagnosis = PodsNotAccepted.of(lost(message));

        assertThat(diagnosis.cause()).isEqualTo(Cause.PODS_NOT_ACCEPTED);
        assertThat(diagnosis.confidence()).isEqualTo(Confidence.KNOWN);
        assertThat(diagnosis.explanation())
                .startsWith("Deployment/web may not create its pods: ")
                .contains(says);
    }

    @Test
    void of_words_that_are_not_known_it_quotes_and_claims_nothing() {
        var diagnosis = PodsNotAccepted.of(lost("Error creating: pods \"quota-1\" is forbidden: the moon is full"));

        assertThat(diagnosis.confidence()).isLessThan(Confidence.KNOWN);
        assertThat(diagnosis.quotes()).singleElement().asString().contains("the moon is full");
    }

    private static NotCreated lost(String message) {
        return new NotCreated(
                new ObjectRef("apps/v1", "Deployment", "shop", "web", "u"),
                message,
                Instant.parse("2026-11-23T11:00:00Z"));
    }
}
