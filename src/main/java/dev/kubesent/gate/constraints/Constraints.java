package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.change.Change;
import dev.kubesent.change.Refusal;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.gate.bounds.StormGauge;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Every constraint there is. */
public final class Constraints {

    /** What they judge by is at hand. */
    private final List<Constraint> known;

    /** Each asks the cluster, and none needs what another is told. */
    private final List<Constraint> asked;

    /** A person's word, and what is about to be changed: asked when all others were, so that what they saw is the freshest. */
    private final List<Constraint> last;

    private final ClusterReader reader;
    private final NotPaused notPaused;
    private final ServerAccepts serverAccepts;
    private final StillOurs stillOurs;
    private final NoRightGained noRightGained;
    private final NotMuted notMuted;

    public Constraints(ClusterReader reader, DryRun dryRun, StormGauge gauge, Clock clock) {
        this.notPaused = new NotPaused(reader);
        this.serverAccepts = new ServerAccepts(dryRun);
        this.stillOurs = new StillOurs(reader);
        this.noRightGained = new NoRightGained(reader);
        this.notMuted = new NotMuted(reader, clock);
        this.reader = reader;
        this.known = List.of(
                new NamespaceNotProtected(),
                new NamespaceOptedIn(),
                new NotOptedOut(),
                new NotASystemPod(),
                new ControllerKnown(),
                new EvidenceSupports(),
                new ConfidentEnough(),
                new PermissionGiven(),
                new FieldAllowed(),
                new ProbeAsksThePod(),
                noRightGained,
                new BelowMaximum(),
                new GrowthBounded(),
                new WithinLimitRange(),
                new WithinQuota(),
                new FitsNode(),
                new NodeReady(),
                new CooledDown(clock),
                new AttemptsLeft(clock),
                new NotTriedInVain(),
                new NotPushedAgain(),
                new GivenTime(),
                new NobodyElseAtWork(),
                new NotSuggestOnly(),
                new NotMarkedByAnother(),
                notMuted);
        this.asked = List.of(
                new WithinBudget(reader, clock),
                new NotLeftToVpa(reader),
                new NotReleasedByRollout(reader),
                new NoStorm(gauge));
        this.last = List.of(notPaused, new StillFailing(reader, clock), new FieldNotFoughtOver(dryRun), serverAccepts);
    }

    /** What the workload, its namespace or the setting lets be done; nothing where that cannot be read. */
    public static Set<Permission> given(Evidence evidence, GatePolicy policy) {
        return PermissionGiven.given(evidence, policy);
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

    /** What the API server says to this very change of whoever asks, and nothing else: for a person who only looks. */
    public static Optional<Refusal> whyServerRefuses(Change change, DryRun dryRun) {
        return new ServerAccepts(dryRun).refused(change);
    }

    /** What is asked before a change is taken back: it was approved once, so only whether it can be, and may be now. */
    public List<Refusal> whyNotTakeBack(Change change, GatePolicy policy) {
        var paused = notPaused.whyNot(policy);
        // While it is paused, not even a dry run is sent.
        return paused
                .or(() -> notMuted.whyNot(change))
                .or(() -> stillOurs.whyNot(change))
                .or(() -> noRightGained.whyNot(change))
                .or(() -> serverAccepts.refused(change))
                .stream()
                .toList();
    }

    /** The answers of all. */
    public List<Refusal> whyNot(Case judged) {
        var beside = begun(asked, judged);
        var answers = new ArrayList<Refusal>();
        known.forEach(one -> one.whyNot(judged).ifPresent(answers::add));
        beside.forEach(one -> one.get().ifPresent(answers::add));
        begun(last, judged).forEach(one -> one.get().ifPresent(answers::add));
        return answers.stream().distinct().toList();
    }

    private List<Supplier<Optional<Refusal>>> begun(List<Constraint> constraints, Case judged) {
        return constraints.stream()
                .map(one -> reader.begin(() -> one.whyNot(judged)))
                .toList();
    }
}
