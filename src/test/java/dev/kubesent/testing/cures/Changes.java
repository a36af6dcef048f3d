package dev.kubesent.testing.cures;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Change;
import dev.kubesent.change.Grace;
import dev.kubesent.change.JobPatch;
import dev.kubesent.change.MemoryRaise;
import dev.kubesent.change.NodeNeed;
import dev.kubesent.change.PodEviction;
import dev.kubesent.change.PodReplacement;
import dev.kubesent.change.PodResize;
import dev.kubesent.change.RevisionRef;
import dev.kubesent.change.TemplateEdit;
import dev.kubesent.change.TemplatePatch;
import dev.kubesent.change.TemplateRollback;
import dev.kubesent.change.Touches;
import dev.kubesent.change.TrafficPin;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of each kind of change.
 *
 * @param traits what is asked of it, as a person has written it down
 * @param killed scenarios of it in which the process is killed at each call while it is made
 * @param killedLater steps of scenarios in which it is killed while it is watched, followed by another, or taken back
 */
public record Changes(Change sample, Traits traits, List<String> killed, List<At> killedLater) {

    /** @param requests their kinds, in their order */
    public record Traits(
            Deed deed,
            Touches touches,
            Grace grace,
            NodeNeed node,
            boolean boundsItself,
            boolean setsFields,
            boolean isWhole,
            String requests) {

        public static Traits of(Change change) {
            return new Traits(
                    change.deed(),
                    change.touches(),
                    change.grace(),
                    change.nodeNeed(),
                    change.boundsItself(),
                    change.setsFields(),
                    change.wholePod().isPresent(),
                    change.requests().stream()
                            .map(request -> request.getClass().getSimpleName())
                            .collect(Collectors.joining(" ")));
        }
    }

    /**
     * One step of a scenario, counted from 1: what comes before it is played without a kill.
     *
     * @param later between the sweeps after it, the lease being over by then
     */
    public record At(String scenario, int step, Duration later) {

        public At(String scenario, int step) {
            this(scenario, step, Duration.ofMinutes(3));
        }
    }

    private static final ObjectRef WEB = new ObjectRef("apps/v1", "Deployment", "shop", "web", "u");
    private static final ObjectRef HELLO = new ObjectRef("serving.knative.dev/v1", "Service", "shop", "hello", "k");
    private static final ObjectRef POD = new ObjectRef("v1", "Pod", "shop", "web-1", "p");
    private static final ObjectRef JOB = new ObjectRef("batch/v1", "Job", "shop", "import", "j");
    private static final MemoryRaise RAISE = new MemoryRaise("app", Memory.ofMi(32), Memory.ofMi(132), false);
    private static final RevisionRef OLD = new RevisionRef("web-a", "a", 1);
    private static final RevisionRef NEW = new RevisionRef("web-b", "b", 2);
    private static final FailureKind CRASH = FailureKind.CrashLoopBackOff;

    public static final List<Changes> EACH = List.of(
            new Changes(
                    new TemplatePatch(WEB, RAISE, limit("/spec/template/spec/"), List.of(POD), "f", ""),
                    new Traits(Deed.RAISE, Touches.TEMPLATE, Grace.NONE, NodeNeed.READY, true, true, false, "Patch"),
                    List.of(
                            "oom-deployment",
                            "oom-statefulset",
                            "oom-bare-replicaset",
                            "ksvc-with-revision-names-of-its-own",
                            "oom-cronjob-whose-run-is-made-up-for"),
                    List.of(
                            new At("verify-a-deployment-survives", 2),
                            new At("verify-a-deployment-is-raised-twice-then-taken-back", 1),
                            new At("verify-a-deployment-is-raised-twice-then-taken-back", 2),
                            new At("verify-a-deployment-is-raised-twice-then-taken-back", 3),
                            new At("verify-something-else-fails-taken-back", 1),
                            new At("verify-somebody-changes-it-again", 1, Duration.ofMinutes(6)),
                            new At("approved-suggestion", 1))),
            new Changes(
                    new PodResize(POD, RAISE, limit("/spec/")),
                    new Traits(Deed.RAISE, Touches.POD, Grace.NONE, NodeNeed.READY, true, true, false, "Patch"),
                    List.of("oom-bare-pod-running-again"),
                    List.of(new At("verify-a-resize-that-does-not-help-is-followed-by-a-replacement", 1))),
            new Changes(
                    new PodReplacement(POD, RAISE, limit("/spec/"), new PodBuilder().build()),
                    new Traits(
                            Deed.RAISE,
                            Touches.POD,
                            Grace.NONE,
                            NodeNeed.SCHEDULABLE,
                            true,
                            true,
                            true,
                            "Delete Create"),
                    List.of("oom-bare-pod-down", "oom-reference-mode"),
                    List.of(new At("verify-a-replaced-pod-fails-otherwise-resized-back", 1))),
            new Changes(
                    new JobPatch(JOB, RAISE, "132Mi/2", List.of(), limit("/spec/template/spec/")),
                    new Traits(Deed.RAISE, Touches.TEMPLATE, Grace.NONE, NodeNeed.READY, true, true, false, "Patch"),
                    List.of("oom-job-suspended-and-resumed"),
                    List.of(
                            new At("oom-job-whose-next-try-is-killed-again", 1),
                            new At("oom-job-whose-next-try-does-not-begin", 1, Duration.ofMinutes(11)))),
            new Changes(
                    new TemplateRollback(
                            WEB,
                            CRASH,
                            "app",
                            NEW,
                            OLD,
                            List.of(),
                            List.of(new PatchOperation.Put("/spec/template", JsonNodeFactory.instance.objectNode())),
                            List.of(POD),
                            "f"),
                    new Traits(
                            Deed.ROLL_BACK,
                            Touches.TEMPLATE,
                            Grace.TO_COME_UP,
                            NodeNeed.NONE,
                            false,
                            true,
                            true,
                            "Patch"),
                    List.of("rollback-image-typo", "rollback-statefulset-with-its-stuck-pod"),
                    List.of()),
            new Changes(
                    new TemplateEdit(
                            WEB,
                            Permission.IMAGE,
                            CRASH,
                            "app",
                            NEW,
                            "image",
                            "web:1.0.l",
                            "web:1.0.1",
                            put("/spec/template/spec/containers/0/image", "web:1.0.1"),
                            List.of(POD),
                            "f"),
                    new Traits(
                            Deed.EDIT, Touches.TEMPLATE, Grace.TO_COME_UP, NodeNeed.NONE, false, true, false, "Patch"),
                    List.of("image-typo-corrected-where-allowed", "probe-start-too-slow-where-allowed"),
                    List.of(new At("image-correction-that-does-not-help-is-taken-back", 1))),
            new Changes(
                    new PodEviction(POD, WEB, CRASH, "app", NEW),
                    new Traits(
                            Deed.RESTART,
                            Touches.POD,
                            Grace.TO_STAY_DOWN,
                            NodeNeed.READY,
                            false,
                            false,
                            false,
                            "Evict"),
                    List.of(),
                    List.of(new At("restart-one-of-three-where-allowed", 1))),
            new Changes(
                    TrafficPin.of(HELLO, CRASH, "app", "hello-2", "hello-1", TrafficPin.traffic("")),
                    new Traits(
                            Deed.ROLL_BACK,
                            Touches.TRAFFIC,
                            Grace.TO_BE_RESTARTED,
                            NodeNeed.NONE,
                            false,
                            true,
                            false,
                            "Patch"),
                    List.of("ksvc-traffic-goes-to-the-last-revision-that-is-ready"),
                    List.of(new At("ksvc-traffic-taken-back-the-earlier-fails-too", 1))));

    private static List<PatchOperation> limit(String podSpec) {
        return put(podSpec + "containers/0/resources/limits/memory", "132Mi");
    }

    private static List<PatchOperation> put(String path, String value) {
        return List.of(new PatchOperation.Put(path, TextNode.valueOf(value)));
    }

    public static Stream<Change> samples() {
        return EACH.stream().map(Changes::sample);
    }
}
