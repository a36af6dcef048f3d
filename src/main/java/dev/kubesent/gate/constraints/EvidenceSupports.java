package dev.kubesent.gate.constraints;

import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.change.Refusal;
import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Suggestion;
import dev.kubesent.diagnosis.TemplateField;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.NodeFacts;
import dev.kubesent.evidence.NodeFacts.Trouble;
import dev.kubesent.evidence.RolloutFacts.Failing;
import dev.kubesent.evidence.TrafficFacts;
import dev.kubesent.failure.Failure;
import java.util.Optional;

/**
 * Looks at the evidence itself, whatever the diagnosis and its confidence say: a rule may be wrong, and a model will be.
 */
final class EvidenceSupports implements Constraint {

    @Override
    public Optional<Refusal> whyNot(Case judged) {
        var diagnosis = judged.diagnosis();
        if (!diagnosis.action().cures().contains(diagnosis.cause())) {
            return no("%s does not cure %s"
                    .formatted(diagnosis.action().getClass().getSimpleName(), diagnosis.cause()));
        }
        var goesBack = diagnosis.action() instanceof Action.RollBack;
        if (!goesBack
                && diagnosis.action().isHealing()
                && !judged.evidence().failure().isDown()) {
            return no("no container of the pod is down");
        }
        return switch (diagnosis.action()) {
            case Action.None _ -> Optional.empty();
            case Action.RaiseMemory _ -> memory(judged);
            case Action.RollBack _ -> isOfBrokenTraffic(judged) ? Optional.empty() : revision(judged);
            case Action.CorrectImage(var image) -> image(judged, image);
            case Action.AllowStart _ -> start(judged);
            case Action.AskThePort _ -> path(judged);
            case Action.Restart _ -> alone(judged);
            case Action.SetField(var suggestion) -> field(judged, suggestion);
        };
    }

    private static Optional<Refusal> revision(Case judged) {
        return switch (judged.evidence().failure()) {
            case Failure.OomKilled _ -> no("an earlier revision would not give it more memory");
            case Failure.Ended _, Failure.Initializing _ -> no("no revision is known to have introduced that");
            case Failure.NotReady _ -> NeverReadyRelease.whyNot(judged);
            case Failure.CrashLoop _, Failure.ImagePull _, Failure.Pending _ ->
                judged.knowing(
                        judged.evidence().around().rollout(),
                        rollout -> rollout.isBroken()
                                ? Optional.empty()
                                : no("the pod is not of the newest revision, or that revision has already been"
                                        + " healthy"));
        };
    }

    /** What never was ready has broken no traffic. */
    private static boolean isOfBrokenTraffic(Case judged) {
        return !(judged.evidence().failure() instanceof Failure.NotReady)
                && judged.evidence()
                        .around()
                        .traffic()
                        .present()
                        .filter(TrafficFacts::isBroken)
                        .isPresent();
    }

    private static Optional<Refusal> image(Case judged, String image) {
        return judged.evidence().failure() instanceof Failure.ImagePull
                ? revision(judged).or(() -> ProvenImage.whyNot(judged, image))
                : no("the image was pulled");
    }

    /** Only of what never lived, which nothing can make worse. */
    private static Optional<Refusal> field(Case judged, Suggestion suggestion) {
        return suggestion.field() == TemplateField.IMAGE
                ? image(judged, suggestion.value().asText())
                : revision(judged);
    }

    private static Optional<Refusal> start(Case judged) {
        var container = judged.evidence().container();
        return container.getLivenessProbe() == null || container.getStartupProbe() != null
                ? no("it is not a liveness probe alone that ends the start")
                : stillborn(judged);
    }

    private static Optional<Refusal> path(Case judged) {
        var probe = judged.evidence().container().getLivenessProbe();
        return probe == null || probe.getHttpGet() == null ? no("no liveness probe asks a path") : stillborn(judged);
    }

    /** Where the revision once lived, one pod that does not is no reason to restart all. */
    private static Optional<Refusal> stillborn(Case judged) {
        return judged.knowing(
                        judged.evidence().around().rollout(),
                        rollout -> rollout.isStillborn()
                                ? Optional.<Refusal>empty()
                                : no("the pod is not of the newest revision, or that revision has already started"
                                        + " once"))
                .or(() -> judged.knowing(judged.evidence().events(), _ -> Optional.empty()));
    }

    private static Optional<Refusal> alone(Case judged) {
        return judged.evidence().failure() instanceof Failure.OomKilled
                ? no("another pod would not have more memory")
                : judged.knowing(
                        judged.evidence().around().rollout(),
                        rollout -> rollout.steady() > 0 && rollout.failing() != Failing.SEVERAL
                                ? Optional.empty()
                                : no("it is not the only pod that fails, or no other pod of its revision is healthy"));
    }

    private static Optional<Refusal> memory(Case judged) {
        if (!(judged.evidence().failure() instanceof Failure.OomKilled oom)) {
            return no("the container was not OOM-killed");
        }
        if (oom.last().exitCode() != 137 && !oom.last().message().contains("OOM-killed")) {
            return no("exit code %d is not a kill".formatted(oom.last().exitCode()));
        }
        if (!hasLimit(judged.evidence())) {
            return no("the container has no memory limit to raise");
        }
        return judged.knowing(judged.evidence().node(), EvidenceSupports::node)
                .or(() -> judged.knowing(judged.evidence().events(), _ -> Optional.empty()));
    }

    private static Optional<Refusal> node(NodeFacts node) {
        return node.troubles().contains(Trouble.MEMORY_PRESSURE)
                        || node.troubles().contains(Trouble.SYSTEM_OOM)
                ? no("node " + node.name() + " itself is short of memory")
                : Optional.empty();
    }

    private static boolean hasLimit(Evidence evidence) {
        var resources = evidence.container().getResources();
        return resources != null
                && resources.getLimits() != null
                && resources.getLimits().containsKey("memory");
    }

    private static Optional<Refusal> no(String detail) {
        return Constraint.no(RefusalReason.EVIDENCE_DOES_NOT_SUPPORT, detail);
    }
}
