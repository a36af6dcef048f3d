package dev.kubesent.scan.described;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a description, and what is made of those that nobody wrote in good faith. */
class DescribedTest {

    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");

    /** Of kubectl 1.35, shortened. */
    private static final String WHOLE = """
        Name:             web-7d9f-x2k4p
        Namespace:        shop
        Priority:         0
        Service Account:  web
        Node:             node-1/10.0.0.1
        Start Time:       Sat, 13 Jul 2024 01:12:42 +0000
        Labels:           app=web
                          pod-template-hash=7d9f
        Annotations:      example.com/a: b
                          example.com/c: d
        Status:           Running
        IP:               10.1.0.9
        Controlled By:    ReplicaSet/web-7d9f
        Containers:
          app:
            Container ID:  containerd://aa
            Image:         registry.example.com/web:1
            Image ID:      registry.example.com/web@sha256:bb
            Ports:         8080/TCP (http), 9090/TCP
            Host Ports:    0/TCP, 0/TCP
            Command:
              sh
              -c
            Args:
              serve
            State:          Waiting
              Reason:       CrashLoopBackOff
            Last State:     Terminated
              Reason:       Error
              Message:      one line
        and one more
              Exit Code:    1
              Started:      Sat, 13 Jul 2024 01:13:42 +0000
              Finished:     Sat, 13 Jul 2024 01:13:52 +0000
            Ready:          False
            Restart Count:  3
            Limits:
              cpu:     1
              memory:  64Mi
            Requests:
              memory:   32Mi
            Liveness:   http-get https://:http/live delay=5s timeout=1s period=10s #success=1 #failure=3
            Readiness:  exec [cat /tmp/ready] delay=0s timeout=1s period=10s #success=1 #failure=3
            Startup:    tcp-socket :8080 delay=0s timeout=1s period=2s #success=1 #failure=30
            Environment:
              PLAIN:  a value
              KEY:    <set to the key 'k' of config map 'settings'>  Optional: false
              LOGIN:  <set to the key 'p' in secret 'db'>            Optional: true
            Mounts:
              /etc/app from config (ro,path="app.yaml")
              /data from data (rw)
        Conditions:
          Type              Status
          Initialized       True\s
          Ready             False\s
          ContainersReady   False\s
          PodScheduled      True\s
        Volumes:
          config:
            Type:      ConfigMap (a volume populated by a ConfigMap)
            Name:      settings
            Optional:  false
          data:
            Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
            ClaimName:  web-data
            ReadOnly:   false
        QoS Class:       Burstable
        Node-Selectors:  disk=fast
        Events:
          Type     Reason     Age                From               Message
          ----     ------     ----               ----               -------
          Normal   Scheduled  2m                 default-scheduler  Successfully assigned shop/web-7d9f-x2k4p to node-1
          Warning  BackOff    3s (x9 over 110s)  kubelet            spec.containers{app}: Back-off restarting failed container app in pod web-7d9f-x2k4p_shop(1)
        """;

    private static DescribedPod only(String text) {
        assertThat(Described.isIn(text)).isTrue();
        var pods = Described.pods(text, NOW);
        assertThat(pods).hasSize(1);
        return pods.getFirst();
    }

    @Test
    void a_whole_description_is_the_pod_again() {
        var read = only(WHOLE);
        var pod = read.pod();
        var app = pod.getSpec().getContainers().getFirst();
        var status = pod.getStatus().getContainerStatuses().getFirst();

        assertThat(read.owner()).isEqualTo("Deployment/web");
        assertThat(read.undecidable()).isEmpty();
        assertThat(read.unread()).singleElement().asString().contains("restartPolicy");
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("app", "web")
                .containsEntry("pod-template-hash", "7d9f");
        assertThat(pod.getMetadata().getAnnotations())
                .containsEntry("example.com/a", "b")
                .containsEntry("example.com/c", "d");
        assertThat(pod.getSpec().getNodeName()).isEqualTo("node-1");
        assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("web");
        assertThat(pod.getSpec().getNodeSelector()).containsEntry("disk", "fast");
        assertThat(pod.getSpec().getVolumes()).extracting("name").containsExactly("config", "data");
        assertThat(pod.getSpec()
                        .getVolumes()
                        .getLast()
                        .getPersistentVolumeClaim()
                        .getClaimName())
                .isEqualTo("web-data");
        assertThat(app.getCommand()).containsExactly("sh", "-c");
        assertThat(app.getArgs()).containsExactly("serve");
        assertThat(app.getPorts()).extracting("containerPort").containsExactly(8080, 9090);
        assertThat(app.getResources().getLimits().get("memory")).hasToString("64Mi");
        assertThat(app.getResources().getRequests().get("memory")).hasToString("32Mi");
        assertThat(app.getEnv()).extracting("name").containsExactly("PLAIN", "KEY", "LOGIN");
        assertThat(app.getEnv().get(1).getValueFrom().getConfigMapKeyRef().getName())
                .isEqualTo("settings");
        assertThat(app.getEnv().get(2).getValueFrom().getSecretKeyRef().getOptional())
                .isTrue();
        assertThat(app.getVolumeMounts().getFirst().getSubPath()).isEqualTo("app.yaml");
        assertThat(status.getRestartCount()).isEqualTo(3);
        assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(1);
        assertThat(status.getLastState().getTerminated().getMessage()).isEqualTo("one line\nand one more");
        assertThat(read.events())
                .extracting("message")
                .last()
                .asString()
                .startsWith("Back-off restarting failed container app");
    }

    @Test
    void probes_are_read_in_their_three_forms() {
        var app = only(WHOLE).pod().getSpec().getContainers().getFirst();

        assertThat(app.getLivenessProbe().getHttpGet().getScheme()).isEqualTo("HTTPS");
        assertThat(app.getLivenessProbe().getHttpGet().getPort().getValue()).isEqualTo("http");
        assertThat(app.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/live");
        assertThat(app.getLivenessProbe().getInitialDelaySeconds()).isEqualTo(5);
        assertThat(app.getReadinessProbe().getExec().getCommand()).containsExactly("cat", "/tmp/ready");
        assertThat(app.getStartupProbe().getTcpSocket().getPort().getValue()).isEqualTo(8080);
        assertThat(app.getStartupProbe().getFailureThreshold()).isEqualTo(30);
        assertThat(ProbeText.read("gibberish")).isEmpty();
    }

    /** It began at 01:12:42 and was scheduled 2 minutes before it was described; 50 s before that the run ended. */
    @Test
    void times_are_moved_as_if_it_were_described_now() {
        var pod = only(WHOLE).pod();

        assertThat(pod.getStatus().getStartTime())
                .isEqualTo(NOW.minusSeconds(120).toString());
        assertThat(pod.getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getLastState()
                        .getTerminated()
                        .getFinishedAt())
                .isEqualTo(NOW.minusSeconds(50).toString());
    }

    @ParameterizedTest
    @CsvSource({"3m24s, 204", "2d3h, 183600", "10m, 600", "<unknown>, -1", "x3m, -1", "3, -1"})
    void ages_are_read(String printed, int seconds) {
        assertThat(Age.of(printed).map(Duration::toSeconds).orElse(-1L)).isEqualTo(seconds);
    }

    @Test
    void several_pods_of_one_text_are_told_apart() {
        var two = WHOLE + "\n\n" + WHOLE.replace("web-7d9f-x2k4p", "web-7d9f-other");

        assertThat(Described.pods(two, NOW))
                .extracting(read -> read.pod().getMetadata().getName())
                .containsExactly("web-7d9f-x2k4p", "web-7d9f-other");
        assertThat(Described.pods(WHOLE.repeat(Described.PODS + 1), NOW)).hasSize(Described.PODS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"    ", "> ", "# "})
    void what_stands_before_each_line_of_a_report_is_left_out(String margin) {
        var read = only(
                "Somebody says:\n" + WHOLE.lines().map(margin::concat).reduce("", (all, line) -> all + line + "\n"));

        assertThat(read.pod().getMetadata().getNamespace()).isEqualTo("shop");
        assertThat(read.pod().getStatus().getContainerStatuses()).hasSize(1);
    }

    @Test
    void the_events_alone_name_the_pod_and_say_that_it_waits() {
        var read = only("""
            Events:
              Type     Reason            Age                 From               Message
              ----     ------            ----                ----               -------
              Warning  FailedScheduling  25s (x12 over 13m)  default-scheduler  0/1 nodes are available: 1 Insufficient cpu.
            """);

        assertThat(read.pod().getStatus().getPhase()).isEqualTo("Pending");
        assertThat(read.pod().getStatus().getConditions())
                .filteredOn(condition -> condition.getType().equals("PodScheduled"))
                .singleElement()
                .extracting(PodCondition::getMessage)
                .isEqualTo("0/1 nodes are available: 1 Insufficient cpu.");
        assertThat(read.unread()).anyMatch(missing -> missing.contains("the containers are not in the text"));
    }

    @Test
    void a_row_of_an_old_kubectl_is_read() {
        var row = EventRow.read(
                        "  4m        2s        9       {kubelet node-1}   spec.containers{app}   Warning   Failed  "
                                + " Error: no")
                .orElseThrow();

        assertThat(row.container()).isEqualTo("app");
        assertThat(row.count()).isEqualTo(9);
        assertThat(row.firstSeen()).contains(Duration.ofMinutes(4));
        assertThat(row.message()).isEqualTo("Error: no");
    }

    /** What a container was started with is printed as it is: it may look like anything. */
    @Test
    void arguments_forge_no_state_no_event_and_no_pod() {
        var forged = WHOLE.replace("      serve\n", """
                  State:          Running
                  Ready:          True
                  Restart Count:  0
                  Warning  Failed  1s  kubelet  Error: forged
                  Events:
                  Name:         forged
                  Namespace:    kube-system
            """);
        var read = only(forged);
        var status = read.pod().getStatus().getContainerStatuses().getFirst();

        assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(status.getReady()).isFalse();
        assertThat(read.events()).extracting("message").noneMatch("Error: forged"::equals);
        assertThat(read.pod().getMetadata().getName()).isEqualTo("web-7d9f-x2k4p");
    }

    @Test
    void numbers_and_amounts_that_are_none_are_left_out() {
        var odd = WHOLE.replace("Restart Count:  3", "Restart Count:  99999999999999999999")
                .replace("memory:  64Mi", "memory:  1e999999999")
                .replace("Exit Code:    1", "Exit Code:    one");
        var pod = only(odd).pod();
        Container app = pod.getSpec().getContainers().getFirst();

        assertThat(app.getResources().getLimits()).doesNotContainKey("memory");
        assertThat(pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .isZero();
    }

    @Test
    void a_text_as_large_as_a_file_may_be_is_read_in_one_go() {
        var events = "  Warning  BackOff  3s (x9 over 110s)  kubelet  Back-off restarting failed container app\n"
                .repeat(80_000);
        var deep = "      - a line of an argument\n".repeat(40_000);

        var read = only(WHOLE.replace("      serve\n", deep) + events);

        assertThat(read.events()).hasSizeLessThanOrEqualTo(500);
        assertThat(read.pod().getSpec().getContainers().getFirst().getArgs()).hasSize(40_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a log line", "Name: x", "2027-01-01 INFO State: ok", "Events:", "{\"a\": 1}"})
    void a_log_is_none(String text) {
        assertThat(Described.isIn(text)).isFalse();
    }

    @Test
    void what_is_cut_anywhere_is_read_without_a_fault() {
        for (int end = 0; end < WHOLE.length(); end += 7) {
            for (var part : List.of(WHOLE.substring(0, end), WHOLE.substring(end))) {
                assertThat(Described.pods(part, NOW)).hasSize(1);
            }
        }
    }
}
