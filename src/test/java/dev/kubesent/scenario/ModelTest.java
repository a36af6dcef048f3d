package dev.kubesent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.IncidentStatus;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelAnswer;
import dev.kubesent.diagnosis.model.Opinion;
import dev.kubesent.diagnosis.model.Opinion.Ended;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.testing.InMemoryTestCluster;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.Scenario;
import dev.kubesent.testing.ScenarioRun;
import dev.kubesent.testing.TestCluster;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a model's word in the pipeline: it is told, and it is never followed into a change. */
class ModelTest {

    private static final String KILLED = "crash-exit-137-without-a-reason";
    private static final String QUOTE = "exitCode: 137";

    private static final String RAISE = """
        spec:
          template:
            spec:
              containers:
              - name: app
                resources: {limits: {memory: 1Gi}}
        """;

    private final RecordingDoctor doctor = new RecordingDoctor();
    private final Scenario scenario = Scenario.named(KILLED);
    private final MovingClock clock = new MovingClock(scenario.time());
    private final TestCluster.Loaded loaded = new InMemoryTestCluster().load(scenario, clock);
    private final Ports ports = loaded.ports().with(doctor);

    @Test
    void what_it_says_is_the_diagnosis_where_the_rules_do_not_know() {
        doctor.says(given(Cause.KILLED_BY_PROBE, "", 93));

        var status = after(KILLED);

        assertThat(status.phase()).isEqualTo(Phase.NoAutomaticFix);
        assertThat(status.diagnosis().cause()).isEqualTo("KILLED_BY_PROBE");
        assertThat(status.diagnosis().rule()).isEqualTo("model m1, after m0: HTTP 503");
        assertThat(status.opinion().note()).isEqualTo("followed");
        assertThat(status.opinion().at()).isNotNull();
    }

    @Test
    void below_ninety_it_is_discarded_and_the_incident_says_so() {
        doctor.says(given(Cause.KILLED_BY_PROBE, "", 89));

        var status = after(KILLED);

        assertThat(status.diagnosis().cause()).isEqualTo("KILLED_BY_SIGNAL");
        assertThat(status.story()).anyMatch(line -> line.contains("discarded: a score of 89, below 90"));
    }

    /** Rules that contradict it, rules that know nothing of it, failures that memory does not cure. */
    @ParameterizedTest
    @CsvSource({
        KILLED + ", MEMORY_LIMIT_TOO_LOW",
        "crash-liveness-kill-exit-137-is-no-oom, MEMORY_LIMIT_TOO_LOW",
        "oom-reported-with-exit-143, MEMORY_LIMIT_TOO_LOW",
        "oom-of-a-child-with-exit-0, MEMORY_LIMIT_TOO_LOW",
        "oom-node-under-pressure, MEMORY_LIMIT_TOO_LOW",
        "image-docker-hub-missing-or-private, MEMORY_LIMIT_TOO_LOW",
        "crash-log-not-retrieved, TOO_SMALL_TO_START",
        "crash-exit-0, JAVA_HEAP_AGAINST_LIMIT"
    })
    void a_raise_that_the_evidence_does_not_carry_is_refused_whatever_its_score(String scenario, Cause cause) {
        doctor.says(given(cause, RAISE, 100));
        var loaded = load(scenario);

        var status = after(loaded, Scenario.named(scenario));

        assertThat(status.phase()).isEqualTo(Phase.NoAutomaticFix);
        assertThat(status.acts()).isEmpty();
        assertThat(status.intent()).isNull();
        assertThat(status.verdict().reasons())
                .anyMatch(reason -> reason.startsWith("NOTHING_TO_DO") || reason.startsWith("EVIDENCE_DOES_NOT"));
    }

    @Test
    void what_its_patch_asks_for_beyond_the_allow_list_is_named_in_the_verdict() {
        doctor.says(given(Cause.KILLED_BY_SIGNAL, RAISE + """
                  hostNetwork: true
            metadata: {namespace: kube-system}
            """, 99));

        assertThat(after(KILLED).verdict().reasons())
                .contains("dropped from the model's patch: spec.hostNetwork: may not be changed")
                .contains("dropped from the model's patch: metadata: may not be changed");
    }

    @Test
    void it_is_asked_once_for_an_incident_however_many_events_there_are() {
        doctor.says(given(Cause.KILLED_BY_PROBE, "", 93));

        for (int i = 0; i < 4; i++) {
            var _ = ScenarioRun.endpoint(ports, clock, "event").answer(loaded.event());
            var _ = ScenarioRun.sweep(ports, clock, "sweep").run();
            clock.forward(Duration.ofMinutes(6));
        }

        assertThat(doctor.asked).hasSize(1);
        assertThat(only(loaded, scenario).diagnosis().cause()).isEqualTo("KILLED_BY_PROBE");
    }

    @Test
    void out_of_quota_is_written_down_and_asked_again_only_when_it_is_time() {
        Instant until = clock.instant().plus(Duration.ofMinutes(10));
        doctor.says(new Opinion.Deferred(until, "every model is out of quota"));

        var answer = ScenarioRun.endpoint(ports, clock, "event").answer(loaded.event());

        assertThat(answer.status()).isEqualTo(202);
        var deferred = only(loaded, scenario);
        assertThat(deferred.phase()).isEqualTo(Phase.NoAutomaticFix);
        assertThat(deferred.opinion().deferredUntil()).isEqualTo(until);
        assertThat(deferred.story()).anyMatch(line -> line.contains("diagnosis deferred until " + until));

        doctor.says(given(Cause.KILLED_BY_PROBE, "", 95));
        clock.forward(Duration.ofMinutes(9));
        var _ = ScenarioRun.sweep(ports, clock, "sweep").run();
        assertThat(doctor.asked).hasSize(1);

        clock.forward(Duration.ofMinutes(2));
        var _ = ScenarioRun.sweep(ports, clock, "sweep").run();
        assertThat(doctor.asked).hasSize(2);
        assertThat(only(loaded, scenario).diagnosis().cause()).isEqualTo("KILLED_BY_PROBE");
    }

    /** Gemini counts by the minute; a hundred incidents that wait for it would be judged anew each minute. */
    @Test
    void a_short_deferral_does_not_have_an_incident_judged_every_minute() {
        doctor.says(new Opinion.Deferred(clock.instant(), "out of quota"));
        var _ = ScenarioRun.endpoint(ports, clock, "event").answer(loaded.event());

        for (int i = 0; i < 4; i++) {
            clock.forward(Duration.ofMinutes(1));
            var _ = ScenarioRun.sweep(ports, clock, "sweep").run();
        }
        assertThat(doctor.asked).hasSize(1);
        assertThat(only(loaded, scenario).story()).hasSize(3);

        clock.forward(Duration.ofMinutes(2));
        var _ = ScenarioRun.sweep(ports, clock, "sweep").run();
        assertThat(doctor.asked).hasSize(2);
    }

    @Test
    void a_pod_that_is_gone_before_it_is_time_ends_the_waiting() {
        doctor.says(new Opinion.Deferred(clock.instant().plusSeconds(60), "out of quota"));
        var _ = ScenarioRun.endpoint(ports, clock, "event").answer(loaded.event());
        loaded.inspector()
                .list(Pod.class, scenario.namespace())
                .forEach(pod -> loaded.stage().remove("Pod/" + pod.getMetadata().getName()));

        for (int i = 0; i < 3; i++) {
            clock.forward(Duration.ofMinutes(3));
            var _ = ScenarioRun.sweep(ports, clock, "sweep").run();
        }

        var closed = only(loaded, scenario);
        assertThat(closed.phase()).isEqualTo(Phase.Closed);
        assertThat(closed.opinion().deferredUntil()).isNull();
        var version = version(loaded, scenario);
        clock.forward(Duration.ofMinutes(3));
        var _ = ScenarioRun.sweep(ports, clock, "sweep").run();
        assertThat(version(loaded, scenario)).isEqualTo(version);
        assertThat(doctor.asked).hasSize(1);
    }

    @Test
    void a_restart_without_a_key_ends_the_waiting() {
        doctor.says(new Opinion.Deferred(clock.instant().plusSeconds(60), "out of quota"));
        var _ = ScenarioRun.endpoint(loaded.ports().with(doctor), clock, "event")
                .answer(loaded.event());

        clock.forward(Duration.ofMinutes(6));
        var _ = ScenarioRun.sweep(loaded.ports(), clock, "sweep").run();

        assertThat(only(loaded, scenario).opinion().deferredUntil()).isNull();
    }

    private static String version(TestCluster.Loaded loaded, Scenario scenario) {
        return loaded.inspector()
                .list(Incident.class, scenario.namespace())
                .getFirst()
                .getMetadata()
                .getResourceVersion();
    }

    @Test
    void no_usable_answer_leaves_the_rules_alone_and_is_not_asked_for_again() {
        doctor.says(new Opinion.None("m1: HTTP 401: no such key", Ended.REFUSED));

        var _ = ScenarioRun.endpoint(ports, clock, "event").answer(loaded.event());
        clock.forward(Duration.ofMinutes(6));
        var _ = ScenarioRun.sweep(ports, clock, "sweep").run();

        assertThat(doctor.asked).hasSize(1);
        assertThat(only(loaded, scenario).opinion().note()).isEqualTo("no answer: m1: HTTP 401: no such key");
        assertThat(only(loaded, scenario).diagnosis().rule()).isEqualTo("KilledBySignal");
    }

    /** Taking back what made it worse must not wait for a model. */
    @Test
    void while_a_change_is_watched_nobody_is_asked() {
        doctor.says(given(Cause.UNKNOWN, "", 95));
        var watched = Scenario.named("verify-an-uncertain-oom-taken-back");
        var time = new MovingClock(watched.time());
        var cluster = new InMemoryTestCluster().load(watched, time);
        var through = cluster.ports().with(doctor);

        var _ = ScenarioRun.endpoint(through, time, "event").answer(cluster.event());
        for (var step : watched.steps()) {
            ScenarioRun.setTheStage(step, cluster, time);
            var _ = ScenarioRun.sweep(through, time, "sweep").run();
        }

        assertThat(only(cluster, watched).acts()).isNotEmpty();
        assertThat(only(cluster, watched).acts()).allMatch(act -> act.undone() != null);
        assertThat(doctor.asked).isEmpty();
    }

    private static final String FIRST = "crash-of-a-first-release-whose-command-may-be-changed";

    private static final String COMMAND = """
        spec:
          template:
            spec:
              containers:
              - name: app
                command: [shop, --serve]
        """;

    @Test
    void a_command_is_proposed_where_that_is_allowed_and_set_when_a_person_approves() {
        doctor.says(given(Cause.SETTING_INVALID, COMMAND, 99, "exitCode: 1"));
        var first = Scenario.named(FIRST);
        var time = new MovingClock(first.time());
        var cluster = new InMemoryTestCluster().load(first, time);
        var through = cluster.ports().with(doctor);

        var _ = ScenarioRun.endpoint(through, time, "event").answer(cluster.event());
        var proposed = only(cluster, first);
        assertThat(proposed.phase()).isEqualTo(Phase.Proposed);
        assertThat(proposed.verdict().reasons())
                .containsExactly("NOT_PROVEN: a model suggests it: a person has to approve it");
        assertThat(proposed.verdict().change()).contains("+ containers[app].command: [\"shop\",\"--serve\"]");
        assertThat(proposed.verdict().patch()).contains("--serve");

        time.forward(Duration.ofSeconds(1));
        cluster.stage().approve();
        var _ = ScenarioRun.sweep(through, time, "sweep").run();

        assertThat(only(cluster, first).phase()).isEqualTo(Phase.Verifying);
        assertThat(command(cluster, first)).containsExactly("shop", "--serve");
    }

    /** In its place, and whole: later variables may refer to earlier ones. */
    @Test
    void a_variable_is_set_in_its_place_when_a_person_approves() {
        doctor.says(given(Cause.SETTING_INVALID, VARIABLE, 99, "exitCode: 1"));
        var first = Scenario.named(FIRST);
        var time = new MovingClock(first.time());
        var cluster = new InMemoryTestCluster().load(first, time);
        withVariables(cluster, first, "value: a");
        var through = cluster.ports().with(doctor);

        var _ = ScenarioRun.endpoint(through, time, "event").answer(cluster.event());
        assertThat(only(cluster, first).verdict().change())
                .contains("env[MODE]")
                .doesNotContain("value: a");
        time.forward(Duration.ofSeconds(1));
        cluster.stage().approve();
        var _ = ScenarioRun.sweep(through, time, "sweep").run();

        assertThat(container(cluster, first).getEnv())
                .extracting(one -> one.getName() + "=" + one.getValue())
                .containsExactly("FIRST=1", "MODE=safe", "LAST=$(MODE)");
    }

    @Test
    void a_variable_that_comes_from_a_secret_is_not_replaced() {
        doctor.says(given(Cause.SETTING_INVALID, VARIABLE, 99, "exitCode: 1"));
        var first = Scenario.named(FIRST);
        var cluster = load(FIRST);
        withVariables(cluster, first, "valueFrom: {secretKeyRef: {name: shop, key: mode}}");

        var _ = ScenarioRun.endpoint(cluster.ports().with(doctor), new MovingClock(first.time()), "event")
                .answer(cluster.event());

        assertThat(only(cluster, first).phase()).isEqualTo(Phase.Refused);
        assertThat(only(cluster, first).verdict().change()).isEmpty();
    }

    private static final String VARIABLE = """
        spec:
          template:
            spec:
              containers:
              - name: app
                env: [{name: MODE, value: safe}]
        """;

    private static void withVariables(TestCluster.Loaded cluster, Scenario scenario, String mode) {
        var containers = """
                  containers:
                  - name: app
                    image: registry.lab/shop:1.4
                    imagePullPolicy: IfNotPresent
                    env: [{name: FIRST, value: '1'}, {name: MODE, %s}, {name: LAST, value: $(MODE)}]
                    resources:
                      limits: {cpu: 100m, memory: 64Mi}
                      requests: {cpu: 100m, memory: 64Mi}
            """.formatted(mode);
        for (var deployment : cluster.inspector().list(Deployment.class, scenario.namespace())) {
            put(
                    cluster,
                    deployment.getApiVersion(),
                    "Deployment",
                    deployment.getMetadata().getName(),
                    scenario,
                    containers);
        }
        for (var kept : cluster.inspector().list(ReplicaSet.class, scenario.namespace())) {
            put(cluster, kept.getApiVersion(), "ReplicaSet", kept.getMetadata().getName(), scenario, containers);
        }
    }

    private static void put(
            TestCluster.Loaded cluster,
            String version,
            String kind,
            String name,
            Scenario scenario,
            String containers) {
        cluster.stage()
                .put("apiVersion: %s\nkind: %s\nmetadata: {name: %s, namespace: %s}\nspec:\n  template:\n    spec:\n%s"
                        .formatted(version, kind, name, scenario.namespace(), containers.indent(4)));
    }

    @Test
    void a_command_is_dropped_where_nobody_has_allowed_that() {
        doctor.says(given(Cause.SETTING_INVALID, COMMAND, 99, "exitCode: 1"));

        var status = after("crash-of-a-first-release");

        assertThat(status.phase()).isEqualTo(Phase.NoAutomaticFix);
        assertThat(status.verdict().reasons())
                .contains("dropped from the model's patch: spec.containers[*].command[]: may not be changed");
    }

    @Test
    void nothing_that_has_lived_is_changed_on_a_models_word() {
        doctor.says(given(Cause.SETTING_INVALID, COMMAND, 99, "exitCode: 1"));

        var status = after("crash-of-one-pod-beside-one-that-is-not-ready");

        assertThat(status.phase()).isEqualTo(Phase.Refused);
        assertThat(status.verdict().reasons())
                .anyMatch(reason ->
                        reason.startsWith("EVIDENCE_DOES_NOT_SUPPORT: the pod is not of the newest revision"));
    }

    /** It may know better than the rules that another pod would meet the same; that another would not, only the siblings show. */
    @ParameterizedTest
    @CsvSource({"DEPENDENCY_REFUSES, None", "CREDENTIALS_REFUSED, None", "PROGRAM_DEFECT, Restart"})
    void a_restart_stands_only_where_the_models_cause_is_one_that_another_pod_may_not_have(Cause cause, String action) {
        doctor.says(given(cause, "", 99, "exitCode: 1"));

        assertThat(after("crash-of-one-pod-whose-command-may-be-changed")
                        .diagnosis()
                        .action())
                .startsWith(action);
    }

    @Test
    void a_model_brings_no_restart_of_its_own() {
        doctor.says(given(Cause.PROGRAM_DEFECT, "", 99, "exitCode: 1"));

        assertThat(after("crash-of-one-pod-beside-one-that-is-not-ready")
                        .diagnosis()
                        .action())
                .startsWith("None");
    }

    private static List<String> command(TestCluster.Loaded cluster, Scenario scenario) {
        return container(cluster, scenario).getCommand();
    }

    private static Container container(TestCluster.Loaded cluster, Scenario scenario) {
        return cluster.inspector()
                .list(Deployment.class, scenario.namespace())
                .getFirst()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst();
    }

    @Test
    void where_the_rules_know_nobody_is_asked() {
        doctor.says(given(Cause.UNKNOWN, "", 95));

        assertThat(after("oom-deployment").opinion()).isNull();
        assertThat(doctor.asked).isEmpty();
    }

    private IncidentStatus after(String scenario) {
        return after(load(scenario), Scenario.named(scenario));
    }

    private IncidentStatus after(TestCluster.Loaded cluster, Scenario named) {
        var _ = ScenarioRun.endpoint(cluster.ports().with(doctor), new MovingClock(named.time()), "event")
                .answer(cluster.event());
        return only(cluster, named);
    }

    private static TestCluster.Loaded load(String scenario) {
        var named = Scenario.named(scenario);
        return new InMemoryTestCluster().load(named, new MovingClock(named.time()));
    }

    private static IncidentStatus only(TestCluster.Loaded loaded, Scenario scenario) {
        return loaded.inspector().list(Incident.class, scenario.namespace()).stream()
                .map(Incident::progress)
                .findFirst()
                .orElseThrow();
    }

    private static Opinion given(Cause cause, String fix, int score) {
        return given(cause, fix, score, QUOTE);
    }

    private static Opinion given(Cause cause, String fix, int score, String quote) {
        return new Opinion.Given(
                new ModelAnswer("Something ends it.", cause, fix, score, List.of(quote)),
                "m1",
                List.of("m0: HTTP 503"));
    }

    private static final class RecordingDoctor implements Doctor {

        private final List<Evidence> asked = new ArrayList<>();
        private Opinion opinion = new Opinion.None("not set", Ended.UNUSABLE);

        void says(Opinion next) {
            opinion = next;
        }

        @Override
        public Opinion ask(Evidence evidence) {
            asked.add(evidence);
            return opinion;
        }
    }
}
