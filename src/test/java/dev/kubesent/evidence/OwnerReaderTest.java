package dev.kubesent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.cluster.Doubt;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.memory.InMemoryCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Finding 4 of shared/reviews/security.md, kind by kind: what Kubernetes makes is believed, and each single deviation is not. */
class OwnerReaderTest {

    private static final String RUNS = "containers: [{name: app, image: 'r/app:1', command: [run], args: [a]}]";

    private static final List<String> OWNERS = List.of(
            owner("apps/v1", "Deployment", "web", "", "selector: {matchLabels: {app: web}}, replicas: 1"),
            owner(
                    "apps/v1",
                    "ReplicaSet",
                    "web-aaa",
                    "labels: {app: web, pod-template-hash: aaa}, " + reference("apps/v1", "Deployment", "web"),
                    "selector: {matchLabels: {app: web, pod-template-hash: aaa}}"),
            owner(
                    "apps/v1",
                    "ReplicaSet",
                    "web-evil",
                    "labels: {app: web, pod-template-hash: aaa}, " + reference("apps/v1", "Deployment", "web"),
                    "selector: {matchLabels: {app: web, pod-template-hash: aaa}}"),
            owner("v1", "ReplicationController", "rc", "", "selector: {app: rc}"),
            owner("apps/v1", "StatefulSet", "db", "", "selector: {matchLabels: {app: db}}, replicas: 2"),
            owner("apps/v1", "DaemonSet", "ds", "", "selector: {matchLabels: {app: ds}}"),
            owner("batch/v1", "CronJob", "nightly", "", "schedule: '0 2 * * *'")
                    .replace("spec: {schedule: '0 2 * * *', ", "spec: {jobTemplate: {spec: {")
                    .replaceAll("\\}$", "}}}"),
            owner(
                    "batch/v1",
                    "Job",
                    "nightly-1",
                    reference("batch/v1", "CronJob", "nightly"),
                    "selector: {matchLabels: {batch.kubernetes.io/controller-uid: uid-of-nightly-1}}"),
            """
            {apiVersion: apps/v1, kind: ControllerRevision, revision: 1, metadata: {name: db-old, namespace: demo, uid: db-old, labels: {app: db}, %s},
             data: {spec: {template: {metadata: {labels: {app: db}}, spec: {containers: [{name: app, image: 'r/app:0'}]}}}}}
            """.formatted(reference("apps/v1", "StatefulSet", "db")));

    private record Claim(String kind, String owner, String labels, String spec, Optional<Doubt> doubt, String says) {}

    private static final String OF_WEB = "app: web, pod-template-hash: aaa";
    private static final String OF_JOB =
            "batch.kubernetes.io/controller-uid: uid-of-nightly-1, batch.kubernetes.io/job-name: nightly-1";

    private static final List<Claim> CLAIMS = List.of(
            believed("ReplicaSet", "web-aaa", OF_WEB, RUNS),
            believed(
                    "ReplicaSet",
                    "web-aaa",
                    OF_WEB + ", more: label",
                    RUNS.replace("}]", "}, {name: side, image: s}]")),
            believed("ReplicationController", "rc", "app: rc", RUNS),
            believed("StatefulSet", "db", "app: db", RUNS),
            believed(
                    "StatefulSet",
                    "db",
                    "app: db, controller-revision-hash: db-old",
                    "containers: [{name: app, image: 'r/app:0'}]"),
            believed("DaemonSet", "ds", "app: ds", "nodeName: lab, " + RUNS),
            believed(
                    "DaemonSet",
                    "ds",
                    "app: ds",
                    "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms:"
                            + " [{matchFields: [{key: metadata.name, operator: In, values: [lab]}]}]}}}, " + RUNS),
            believed("Job", "nightly-1", OF_JOB, RUNS),
            forged("Deployment", "web", OF_WEB, RUNS, Doubt.KIND, "does not control a Pod directly"),
            forged("CronJob", "nightly", OF_JOB, RUNS, Doubt.KIND, "does not control a Pod directly"),
            forged("ReplicaSet", "web-none", OF_WEB, RUNS, Doubt.GONE, "no such object with that name"),
            forged("ReplicaSet", "../../pods/x", OF_WEB, RUNS, Doubt.NAME, "no name"),
            forged("ReplicaSet", "web-evil", OF_WEB, RUNS, Doubt.NAME, "would have named it web-aaa"),
            forged("ReplicaSet", "web-aaa", "app: web", RUNS, Doubt.SELECTOR, "does not select it"),
            forged("ReplicaSet", "web-aaa", OF_WEB, RUNS.replace("r/app:1", "r/app:2"), Doubt.IMAGE, "runs r/app:2"),
            forged("ReplicaSet", "web-aaa", OF_WEB, RUNS.replace("[run]", "[hog]"), Doubt.COMMAND, "another command"),
            forged("ReplicaSet", "web-aaa", OF_WEB, RUNS.replace("[a]", "[b]"), Doubt.COMMAND, "another command"),
            forged(
                    "ReplicaSet",
                    "web-aaa",
                    OF_WEB,
                    RUNS.replace("name: app", "name: x"),
                    Doubt.CONTAINER,
                    "lacks the container app"),
            forged(
                    "StatefulSet",
                    "db",
                    "app: db, controller-revision-hash: none",
                    RUNS.replace("r/app:1", "r/app:0"),
                    Doubt.IMAGE,
                    "runs r/app:0"),
            forged("DaemonSet", "ds", "app: ds", RUNS, Doubt.NODE, "one node each"),
            forged("Job", "nightly-1", OF_JOB.replace("nightly-1,", "other,"), RUNS, Doubt.LABELS, "name and uid"),
            forged(
                    "Job",
                    "nightly-1",
                    OF_JOB.replace("job-name: nightly-1", "job-name: other"),
                    RUNS,
                    Doubt.LABELS,
                    "name and uid"));

    private final InMemoryCluster cluster = new InMemoryCluster(Clock.systemUTC());

    @BeforeEach
    void load() {
        OWNERS.forEach(
                owner -> cluster.load(KubernetesJson.parse("# YAML\n" + owner, GenericKubernetesResource.class)));
    }

    @TestFactory
    List<DynamicTest> a_claim_is_believed_only_as_its_controller_makes_it() {
        assertThat(CLAIMS).hasSizeGreaterThan(20);
        return CLAIMS.stream()
                .map(claim -> DynamicTest.dynamicTest(claim.kind() + " " + claim.doubt() + " " + claim.says(), () -> {
                    load();
                    var chain = new OwnerReader(cluster).chain(pod(claim, "db-1"));
                    assertThat(chain.unproven().map(OwnerChain.Unproven::why)).isEqualTo(claim.doubt());
                    assertThat(chain.unproven().map(OwnerChain.Unproven::detail).orElse(""))
                            .contains(claim.says());
                    assertThat(chain.knownTop().isPresent())
                            .isEqualTo(claim.doubt().isEmpty());
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> a_stateful_set_names_its_pods_by_its_ordinals() {
        var claim = believed("StatefulSet", "db", "app: db", RUNS);
        var names = List.of("forged-x", "db-2", "db-01", "other-0", "db--1");
        assertThat(names).hasSizeGreaterThanOrEqualTo(5);
        return names.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    load();
                    assertThat(new OwnerReader(cluster)
                                    .chain(pod(claim, name))
                                    .unproven()
                                    .map(OwnerChain.Unproven::why))
                            .contains(Doubt.NAME);
                }))
                .toList();
    }

    private static Claim believed(String kind, String owner, String labels, String spec) {
        return new Claim(kind, owner, labels, spec, Optional.empty(), "");
    }

    private static Claim forged(String kind, String owner, String labels, String spec, Doubt doubt, String says) {
        return new Claim(kind, owner, labels, spec, Optional.of(doubt), says);
    }

    private static String owner(String version, String kind, String name, String meta, String spec) {
        return "{apiVersion: %s, kind: %s, metadata: {name: %s, namespace: demo, uid: uid-of-%s%s}, spec: {%s, template: {metadata: {labels: {app: %s}}, spec: {%s}}}}"
                .formatted(
                        version,
                        kind,
                        name,
                        name,
                        meta.isEmpty() ? "" : ", " + meta,
                        spec,
                        name.replaceAll("-.*", ""),
                        RUNS);
    }

    private static String reference(String version, String kind, String name) {
        return "ownerReferences: [{apiVersion: %s, kind: %s, name: '%s', uid: 'uid-of-%s', controller: true}]"
                .formatted(version, kind, name, name);
    }

    private static Pod pod(Claim claim, String name) {
        var version = switch (claim.kind()) {
            case "Job", "CronJob" -> "batch/v1";
            case "ReplicationController" -> "v1";
            default -> "apps/v1";
        };
        return KubernetesJson.parse(
                "# YAML\n{apiVersion: v1, kind: Pod, metadata: {name: %s, namespace: demo, uid: p, labels: {%s}, %s}, spec: {%s}}"
                        .formatted(name, claim.labels(), reference(version, claim.kind(), claim.owner()), claim.spec()),
                Pod.class);
    }
}
