package dev.kubesent.clockwork;

import java.util.List;

/** What hangs on what. */
final class Relations {

    private static final String LEASE = "api.v1alpha1.Lease.TERM";
    private static final String REQUEST = "cluster.fabric8.ApiRequests.LAST_RESORT_TIMEOUT";
    private static final String JUDGED = "incident.Incidents.JUDGED_AGAIN_AFTER";
    private static final String COUNTED = "incident.Settling.COUNTED_AGAIN_AFTER";
    private static final String ROUND = "pipeline.Resumption.EVERY";
    private static final String SWEEP = "watch.SweepClock.EVERY";
    private static final String LEADER = "cluster.fabric8.LeaseElection.";

    static final List<Relation> LEASES = List.of(
            new Relation(
                    "remedy.pod.ReplacePod.WAIT_AT_MOST + 2 × " + REQUEST,
                    "<",
                    LEASE,
                    "The longest act between two writes of the incident: the delete, the wait for the pod to be gone,"
                            + " the create. Were the lease shorter, another process would begin the same act beside it."),
            new Relation(
                    "remedy.pod.ReplacePod.BEYOND_GRACE",
                    "<",
                    "remedy.pod.ReplacePod.WAIT_AT_MOST",
                    "A pod with a short grace period is waited for to its end."),
            new Relation(
                    "4 × evidence.SurroundingsReader.PATIENCE",
                    "≤",
                    LEASE,
                    "All that is around a failure is read within a quarter of the lease: no step is written"
                            + " meanwhile."),
            new Relation(
                    "4 × cluster.fabric8.ObjectLists.PATIENCE", "≤", LEASE, "The same for one list that comes slowly."),
            new Relation(
                    "function.Core.REGISTRY_TIME",
                    "<",
                    "evidence.SurroundingsReader.PATIENCE",
                    "A registry that does not answer leaves time for the rest."),
            new Relation(
                    "2 × " + ROUND,
                    "≤",
                    LEASE,
                    "What a dead process left is taken up half a lease after its lease ran out, at the latest."),
            new Relation(
                    "time.Skew.MOST",
                    "<",
                    LEASE,
                    "Where two clocks differ by that, a lease that was renewed just now still holds."),
            new Relation(
                    "function.Settings.DRAIN",
                    "<",
                    LEASE,
                    "What a process that ends cannot finish is taken over once its lease ran out, and not while it"
                            + " still works."),
            new Relation(
                    "function.Settings.DRAIN",
                    "<",
                    "300s",
                    "Knative's grace period (knative/base/300-service.yaml, timeoutSeconds)."),
            new Relation(
                    "5 × " + LEASE,
                    "≤",
                    "function.health.WorkHealth.LONGEST",
                    "A process is restarted for work that hangs only after others could have taken it over."),
            new Relation(
                    "2 × function.LambdaApplication.TIME",
                    "≤",
                    "300s",
                    "Half of an invocation's time (the Timeout of template.yaml): what was begun can end."));

    static final List<Relation> ROUNDS = List.of(
            new Relation("pipeline.Sweep.TIME", "<", SWEEP, "A sweep ends before the next one begins."),
            new Relation(
                    "pipeline.SweepEndpoint.AT_MOST_EVERY",
                    "≤",
                    "watch.SweepClock.AGAIN",
                    "What is refused for being too early is asked for again when it is not."),
            new Relation(
                    JUDGED,
                    "≤",
                    SWEEP,
                    "Each sweep finds what was decided with the one before open to be judged again."),
            new Relation(
                    "pipeline.ClaimedWork.LOOKED_AT_AFTER",
                    "<",
                    ROUND,
                    "Each round looks at what the one before looked at."),
            new Relation(
                    "pipeline.RecentFailures.LASTING",
                    "≤",
                    COUNTED,
                    "A repeat that is dropped for being known would not have been counted."),
            new Relation(
                    "pipeline.RecentFailures.LOOKED_AT_EVERY",
                    "<",
                    "pipeline.RecentFailures.LONGEST_LOOK",
                    "A look that takes longer than the pause is not begun twice."),
            new Relation(
                    REQUEST, "≤", "pipeline.RecentFailures.LONGEST_LOOK", "A look waits for one request to its end."),
            new Relation(
                    "lifecycle.Verdicts.SOON",
                    "<",
                    "gate.constraints.GivenTime.TIME",
                    "What is given time is looked at before that time is over, and just after it."),
            new Relation(
                    "lifecycle.Lifecycle.OLD", "<", JUDGED, "Nothing is decided by what was read before it was due."));

    static final List<Relation> COUNTS = List.of(
            new Relation(
                    JUDGED + " + " + COUNTED,
                    "≤",
                    "gate.bounds.FailingTogether.TOGETHER",
                    "What fails without end is seen at least that often: it counts in a storm all the time."),
            new Relation(
                    "gate.bounds.FailingTogether.TOGETHER",
                    "≤",
                    "api.v1alpha1.Facets.SEEN_SPAN",
                    "Two spans hold all that was seen together: a storm is asked for with two field selectors."),
            new Relation(
                    "gate.bounds.GatePolicy.BUDGET_WINDOW",
                    "≤",
                    "api.v1alpha1.Facets.CHANGED_SPAN",
                    "The same for a budget."),
            new Relation(
                    SWEEP,
                    "<",
                    "api.v1alpha1.Seen.GOES_ON_WITHIN",
                    "A failure that only sweeps see goes on, and does not begin anew with each."),
            new Relation(
                    "storm.Storms.GOES_ON",
                    "<",
                    "storm.Storms.NOTED_AGAIN_AFTER",
                    "A storm is looked at again before it is written down again."));

    static final List<Relation> CURES = List.of(
            new Relation(
                    "gate.constraints.GivenTime.TIME",
                    "=",
                    "remedy.engine.Watch.OTHERS_COUNT_AFTER",
                    "A failure is given as long before a change as after it."),
            new Relation(
                    "remedy.engine.Watch.OTHERS_COUNT_AFTER",
                    "<",
                    "remedy.engine.SurvivalPolicy.PATIENCE",
                    "Another failure counts before the watch gives up."),
            new Relation(
                    "remedy.engine.SurvivalPolicy.PATIENCE",
                    "<",
                    "remedy.engine.Watch.LONGEST",
                    "A rollout that goes on is watched for longer than one of which nothing comes up."),
            new Relation(
                    "evidence.revision.Census.STEADY",
                    "<",
                    "evidence.revision.Census.LIVED",
                    "What lived was steady first."));

    static final List<Relation> OTHERS = List.of(
            new Relation(
                    "cluster.fabric8.KubernetesConnection.CONNECT_TIMEOUT",
                    "<",
                    "cluster.fabric8.KubernetesConnection.REQUEST_TIMEOUT",
                    "A request has time left once it is connected."),
            new Relation(
                    "cluster.fabric8.KubernetesConnection.REQUEST_TIMEOUT",
                    "<",
                    REQUEST,
                    "The client gives up first, and says why."),
            new Relation(
                    LEADER + "RENEWED_WITHIN",
                    "<",
                    LEADER + "LEASE",
                    "Who leads stops before another may begin (client-go, leaderelection: LeaseDuration >"
                            + " RenewDeadline)."),
            new Relation(
                    "2 × " + LEADER + "EVERY",
                    "<",
                    LEADER + "RENEWED_WITHIN",
                    "One try may fail (client-go: RenewDeadline > RetryPeriod × 1.2)."),
            new Relation(
                    "4 × " + LEADER + "LEASE",
                    "≤",
                    LEADER + "NOBODY_FOR",
                    "It is told that nobody leads after some tries to take over."),
            new Relation(
                    "2 × 60s",
                    "<",
                    "cluster.fabric8.KubernetesWatches.SILENCE",
                    "The API server tells a bookmark each minute: two that are missing are a dead connection."),
            new Relation(
                    "function.health.ClusterHealth.TROUBLE_KEPT",
                    "<",
                    "function.health.ClusterHealth.KEPT",
                    "That a trouble is over is seen sooner than that one began."),
            new Relation("cluster.eks.EksToken.USED_FOR", "<", "15M", "EKS takes a token for 15 minutes."),
            new Relation(
                    "1000s",
                    "<",
                    "failure.PodsNotCreated.STILL_SAID",
                    "A controller that backs off tells of its last try once in 1,000 s (client-go)."),
            new Relation(
                    "60s",
                    "<",
                    "pipeline.diagnose.DiagnoseEndpoint.LONGEST",
                    "The longest deadline of a model that the settings take."));

    private Relations() {}
}
