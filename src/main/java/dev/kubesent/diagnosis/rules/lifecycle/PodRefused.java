package dev.kubesent.diagnosis.rules.lifecycle;

import com.google.re2j.Pattern;
import dev.kubesent.action.Action;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Confidence.Kind;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.rules.Rule;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure.Ended;
import dev.kubesent.failure.Failure.How;
import java.util.Optional;

/** The node's kubelet did not take the pod that it was given (kubelet 1.35, pkg/kubelet/lifecycle/predicate.go and cm/devicemanager). */
public final class PodRefused implements Rule {

    private static final Pattern DEVICE =
            Pattern.compile("(?:devices unavailable for|no healthy devices present; cannot allocate unhealthy devices)"
                    + " (?<what>[\\w./-]{1,120}?)[.,](?: |$)");
    private static final Pattern RESOURCE = Pattern.compile(
            "Node didn't have enough resource: (?<what>[\\w./-]{1,120}), requested: (?<asked>\\d{1,20}), used:"
                    + " (?<used>\\d{1,20}), capacity: (?<all>\\d{1,20})");
    private static final Pattern CONDITION = Pattern.compile("The node had condition: \\[(?<what>[\\w ]{1,120})\\]");

    @Override
    public Optional<Diagnosis> diagnose(Evidence evidence) {
        return evidence.failure() instanceof Ended ended && ended.how() == How.REFUSED
                ? Optional.of(says(
                        Cause.REFUSED_BY_KUBELET,
                        Confidence.of(Kind.FIELD).agreeing(true).value(),
                        why(ended),
                        Said.quotes(ended),
                        new Action.None(advice(ended))))
                : Optional.empty();
    }

    private static String why(Ended ended) {
        return Said.find(DEVICE, ended)
                .map(found -> "The kubelet of the node rejected the pod: it has no healthy %s left to give."
                        .formatted(found.group("what")))
                .or(() -> Said.find(RESOURCE, ended)
                        .map(found ->
                                "The kubelet of the node rejected the pod (%s): of %s it has %s, of which %s are in use, and the pod asks for %s."
                                        .formatted(
                                                ended.reason(),
                                                found.group("what"),
                                                found.group("all"),
                                                found.group("used"),
                                                found.group("asked"))))
                .or(() -> Said.find(CONDITION, ended)
                        .map(found -> "The kubelet of the node rejected the pod, as the node is under %s."
                                .formatted(found.group("what"))))
                .orElseGet(() -> "The kubelet of the node rejected the pod that was placed there (%s): %s"
                        .formatted(ended.reason(), Said.words(ended)));
    }

    private static String advice(Ended ended) {
        return switch (ended.reason()) {
            case "UnexpectedAdmissionError" ->
                "See whether the device plugin of that node runs and calls its devices healthy (kubectl describe"
                        + " node). Its controller makes another pod; this one can be deleted.";
            case "NodeAffinity", "NodeName", "TaintToleration" ->
                "The node's labels or taints are others than when the pod was placed; mostly the node has just"
                        + " restarted. Its controller makes another pod; this one can be deleted.";
            case "AppArmor" ->
                "Load that AppArmor profile on the nodes, or keep the pod to nodes that have AppArmor; else take"
                        + " appArmorProfile out of its securityContext.";
            case "NodePorts" ->
                "Another pod of that node has its hostPort: it was placed there by name, past the scheduler. Take"
                        + " another hostPort, or none; let the scheduler place it.";
            case "SysctlForbidden" ->
                "Have the kubelet of the nodes allow that sysctl (allowedUnsafeSysctls), or take it out of the pod's"
                        + " securityContext.";
            default ->
                "It was placed there by what was free a moment before, or by name. Its controller makes another pod;"
                        + " this one can be deleted. Where it goes on, see what else is on that node.";
        };
    }
}
