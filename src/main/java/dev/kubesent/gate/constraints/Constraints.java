package dev.kubesent.gate.constraints;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.gate.Change;
import dev.kubesent.gate.GatePolicy;
import dev.kubesent.gate.Refusal;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every constraint there is. */
public final class Constraints {

    private final List<Constraint> all;

    public Constraints(ClusterReader reader, DryRun dryRun, Clock clock) {
        this.all = List.of(
                new NamespaceNotProtected(),
                new NamespaceOptedIn(),
                new NotOptedOut(),
                new NotASystemPod(),
                new ControllerKnown(),
                new EvidenceSupports(),
                new ConfidentEnough(),
                new FieldAllowed(),
                new BelowMaximum(),
                new GrowthBounded(),
                new WithinLimitRange(),
                new WithinQuota(),
                new FitsNode(),
                new NodeReady(),
                new CooledDown(clock),
                new AttemptsLeft(clock),
                new NotSuggestOnly(),
                new StillFailing(reader, clock),
                new ServerAccepts(dryRun));
    }

    /** The answers that need nothing but the change itself, for one that is read back from its record. */
    public static Optional<String> whyNotAtAll(Change change, String namespace, GatePolicy policy) {
        if (Case.isProtected(namespace, policy)) {
            return Optional.of(namespace + " is never changed");
        }
        // Settings may have become stricter since; what is half done is finished all the same.
        return FieldAllowed.firstOutside(
                        change, Set.of("spec.containers[*].resources", "spec.initContainers[*].resources"))
                .map(path -> path + " may not be changed");
    }

    /** The answers of all; the ones that ask the cluster come last, so that what they saw is the freshest. */
    public List<Refusal> whyNot(Case judged) {
        return all.stream()
                .flatMap(constraint -> constraint.whyNot(judged).stream())
                .distinct()
                .toList();
    }
}
