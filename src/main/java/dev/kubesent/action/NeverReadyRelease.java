package dev.kubesent.action;

import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.WorkloadKind;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.RolloutFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a release that runs and never became ready may go back: like one that never ran, and only when its Deployment itself has given it up. How
 * long a start may take is its user's to say (progressDeadlineSeconds); of a StatefulSet or a DaemonSet nobody has said it.
 */
final class NeverReadyRelease {

    private static final String GIVEN_UP = "ProgressDeadlineExceeded";

    private NeverReadyRelease() {}

    static Optional<Refusal> whyNot(Evidence evidence) {
        return evidence.around()
                .rollout()
                .whyNot(NeverReadyRelease::broken)
                .or(() -> evidence.owners().whyNot(NeverReadyRelease::givenUp));
    }

    private static Optional<Refusal> broken(RolloutFacts rollout) {
        return rollout.isBroken()
                ? Optional.empty()
                : Proof.lacks("the pod is not of the newest revision, or a pod of that revision was ready");
    }

    private static Optional<Refusal> givenUp(OwnerChain owners) {
        return owners.knownTop()
                        .filter(top -> top.kind() == WorkloadKind.DEPLOYMENT)
                        .filter(NeverReadyRelease::isGivenUp)
                        .isPresent()
                ? Optional.empty()
                : Proof.lacks("it runs, and no Deployment says that its deadline has passed (%s)".formatted(GIVEN_UP));
    }

    private static boolean isGivenUp(OwnerChain.Known top) {
        return top.object().<Object>get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .anyMatch(one -> one instanceof Map<?, ?> condition
                                && "Progressing".equals(condition.get("type"))
                                && "False".equals(condition.get("status"))
                                && GIVEN_UP.equals(condition.get("reason")));
    }
}
