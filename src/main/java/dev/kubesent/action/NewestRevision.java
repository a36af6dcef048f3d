package dev.kubesent.action;

import dev.kubesent.change.Refusal;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.failure.Failure;
import java.util.Optional;

/** Whether the failing pod is of the newest revision, and that one has never lived. */
final class NewestRevision {

    private NewestRevision() {}

    /** Only of what never lived, which nothing can make worse. */
    static Optional<Refusal> whyNotBroken(Evidence evidence) {
        return switch (evidence.failure()) {
            case Failure.OomKilled _ -> Proof.lacks("an earlier revision would not give it more memory");
            case Failure.Ended _, Failure.Initializing _ -> Proof.lacks("no revision is known to have introduced that");
            case Failure.NotReady _ -> NeverReadyRelease.whyNot(evidence);
            case Failure.CrashLoop _, Failure.ImagePull _, Failure.Pending _ ->
                evidence.around()
                        .rollout()
                        .whyNot(rollout -> rollout.isBroken()
                                ? Optional.empty()
                                : Proof.lacks("the pod is not of the newest revision, or that revision has already been"
                                        + " healthy"));
        };
    }

    /** Where the revision once lived, one pod that does not is no reason to restart all. */
    static Optional<Refusal> whyNotStillborn(Evidence evidence) {
        return evidence.around()
                .rollout()
                .whyNot(rollout -> rollout.isStillborn()
                        ? Optional.empty()
                        : Proof.lacks("the pod is not of the newest revision, or that revision has already started"
                                + " once"))
                .or(() -> evidence.events().whyNot(_ -> Optional.empty()));
    }
}
