package dev.kubesent.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.Request;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.Surroundings;
import dev.kubesent.failure.Failures;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the doctor is asked. */
public final class Questions {

    /** Killed, and nothing says by whom: the rules do not know. */
    public static final String KILLED = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: cart-1
          namespace: shop
          annotations: {}
        spec:
          restartPolicy: Always
          containers:
          - name: app
            image: registry.example.com/shop/cart:1.4.2
            resources: {limits: {memory: 64Mi}}
        status:
          phase: Running
          containerStatuses:
          - name: app
            restartCount: 6
            ready: false
            state: {waiting: {reason: CrashLoopBackOff, message: back-off 2m40s restarting failed container}}
            lastState: {terminated: {exitCode: 137, reason: Error}}
        """;

    public static final String LAST_LINE = "worker 3 waits for the lock on /data/cart.lck";

    private Questions() {}

    public static Request killed() {
        return of(KILLED, "starting\n" + LAST_LINE, List.of("Killing: Stopping container app"));
    }

    public static Request of(String pod, String logs, List<String> events) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("pod", pod).put("logs", logs).put("owner", "Deployment/cart");
        events.forEach(body.withArray("/events")::add);
        return raw(body.toString());
    }

    public static Request raw(String body) {
        return new Request(Map.of("content-type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    /** Of a pod that the rules know all about. */
    public static Evidence oom() {
        return evidence(KILLED.replace("reason: Error", "reason: OOMKilled"), LAST_LINE);
    }

    /** Of another pod, as YAML, whose container app fails. */
    public static Evidence ofPod(String yaml) {
        return evidence(yaml, LAST_LINE);
    }

    /** The same as evidence from a cluster. */
    public static Evidence evidence(String lastLine) {
        return evidence(KILLED, lastLine);
    }

    /** The same, right after a rollout that changed this. */
    public static Evidence afterRollout(String... changes) {
        return evidence(
                KILLED,
                LAST_LINE,
                new Surroundings(
                        new Missing<>(Source.SERVICES, "none"),
                        new Present<>(new RolloutFacts(
                                List.of(changes),
                                Optional.empty(),
                                RolloutFacts.Life.LIVED,
                                RolloutFacts.Failing.SEVERAL,
                                List.of(),
                                "",
                                Optional.empty())),
                        new Missing<>(Source.IMAGES, "none"),
                        new Missing<>(Source.REGISTRY, "none"),
                        new Missing<>(Source.TRAFFIC, "none"),
                        new Missing<>(Source.USAGE, "none"),
                        new Missing<>(Source.JOB, "none")));
    }

    private static Evidence evidence(String yaml, String lastLine) {
        return evidence(yaml, lastLine, Surroundings.unread("none"));
    }

    private static Evidence evidence(String yaml, String lastLine, Surroundings around) {
        var pod = KubernetesJson.parse(yaml, Pod.class);
        pod.getMetadata().setUid("u");
        var now = Instant.parse("2026-11-23T03:00:00Z");
        return new Evidence(
                Failures.of(pod, now).getFirst(),
                pod,
                now,
                new Present<>(List.of("starting", lastLine)),
                new Present<>(List.of()),
                new Missing<>(Source.OWNERS, "none"),
                new Missing<>(Source.NAMESPACE, "none"),
                new Missing<>(Source.LIMIT_RANGES, "none"),
                new Missing<>(Source.QUOTAS, "none"),
                new Missing<>(Source.NODE, "none"),
                new Missing<>(Source.HISTORY, "none"),
                around);
    }

    /** An answer that quotes the log. */
    public static String answer(String cause, String fix, int score) {
        var answer = JsonNodeFactory.instance.objectNode();
        answer.put("root_cause", "It waits for a lock that nobody gives back.")
                .put("cause", cause)
                .put("suggested_fix_yaml", fix)
                .put("confidence_score", score)
                .putArray("evidence")
                .add(LAST_LINE);
        return answer.toString();
    }
}
