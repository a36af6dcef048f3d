package dev.kubesent.attack;

import dev.kubesent.event.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** A bare pod in a crash loop, as a tenant makes one, and an event that only names it. */
final class LoopingPod {

    private static final String POD = """
        apiVersion: v1
        kind: Pod
        metadata: {name: %2$s, namespace: %1$s}
        spec:
          nodeName: lab
          containers: [{name: app, image: docker.io/lab/web:1}]
        status:
          phase: Running
          containerStatuses:
          - name: app
            image: docker.io/lab/web:1
            imageID: docker.io/lab/web:1
            ready: false
            restartCount: 6
            state: {waiting: {reason: CrashLoopBackOff, message: back-off 2m40s restarting failed container}}
            lastState:
              terminated: {exitCode: 1, reason: Error, startedAt: '%3$s', finishedAt: '%3$s', message: %4$s}
        """;

    private LoopingPod() {}

    /** @param lastWords what its container wrote to /dev/termination-log */
    static String yaml(String namespace, String name, String lastWords) {
        return POD.formatted(namespace, name, Instant.now().minusSeconds(30), lastWords);
    }

    static Request reference(String namespace, String name) {
        var event = """
            {"specversion":"1.0","id":"1","source":"s","type":"dev.knative.apiserver.ref.update","kind":"Pod",\
            "namespace":"%s","name":"%s","data":{}}\
            """.formatted(namespace, name);
        return new Request(
                Map.of("content-type", "application/cloudevents+json"), event.getBytes(StandardCharsets.UTF_8));
    }
}
