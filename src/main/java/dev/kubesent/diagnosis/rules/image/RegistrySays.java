package dev.kubesent.diagnosis.rules.image;

import dev.kubesent.action.Action;
import dev.kubesent.action.CorrectImage;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Confidence;
import dev.kubesent.diagnosis.Diagnosis;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.History;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.evidence.RolloutFacts;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.ImagePull;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the registry itself says of an image that is not found, where it may be asked. A tag that is one slip of the finger away, and that it has
 * for this node, is a correction for a workload that never lived; one that has an earlier revision goes back to that.
 */
public final class RegistrySays {

    private static final Set<Cause> ABOUT = EnumSet.of(Cause.IMAGE_NOT_FOUND, Cause.IMAGE_OF_OTHER_PLATFORM);

    /** Twice the longest pause between two tries of the kubelet (MaxImageBackOff, pkg/kubelet/kubelet.go). */
    private static final Duration BY_ITSELF = Duration.ofMinutes(10);

    private RegistrySays() {}

    public static Diagnosis weighed(Diagnosis diagnosis, Evidence evidence) {
        return evidence.failure() instanceof ImagePull pull && ABOUT.contains(diagnosis.cause())
                ? evidence.around()
                        .registry()
                        .present()
                        .map(facts -> weighed(diagnosis, evidence, pull.image(), facts))
                        .orElse(diagnosis)
                : diagnosis;
    }

    private static Diagnosis weighed(Diagnosis diagnosis, Evidence evidence, String image, RegistryFacts facts) {
        return switch (facts) {
            case RegistryFacts.NotAsked _ -> diagnosis;
            case RegistryFacts.Exists _ -> exists(diagnosis, evidence, image);
            case RegistryFacts.OtherPlatforms(var platforms) ->
                told(diagnosis, "the registry has '%s' for %s".formatted(image, String.join(", ", platforms)));
            case RegistryFacts.NoSuchRepository _ ->
                told(diagnosis, "the registry has no such repository, or hides it");
            case RegistryFacts.NoSuchTag(var nearest, var _)
            when nearest.isEmpty() ->
                told(diagnosis, "the registry has the repository, and no tag that is written like it");
            case RegistryFacts.NoSuchTag(var nearest, var meant) ->
                told(
                        meant.map(other -> corrected(diagnosis, evidence, image, other))
                                .orElse(diagnosis),
                        "the registry has '%s'".formatted(String.join("', '", nearest)));
        };
    }

    /** Pushed late, it is pulled by itself; where it is not, this node cannot get it, whatever its registry has. */
    private static Diagnosis exists(Diagnosis diagnosis, Evidence evidence, String image) {
        var isNew = evidence.history()
                .present()
                .flatMap(History::seen)
                .filter(since -> since.plus(BY_ITSELF).isAfter(evidence.takenAt()))
                .isPresent();
        return isNew
                ? told(
                        acting(diagnosis, new Action.None("Wait: the kubelet tries again within five minutes.")),
                        "the registry has '" + image + "' by now")
                : told(diagnosis, "the registry has '" + image + "', and this node does not get it");
    }

    private static Diagnosis corrected(Diagnosis diagnosis, Evidence evidence, String image, String meant) {
        var rollout = evidence.around().rollout().present().orElse(RolloutFacts.NONE);
        var isNew = rollout.isBroken() && rollout.isFirst();
        if (!isNew || diagnosis.action().isHealing()) {
            return diagnosis;
        }
        return new Diagnosis(
                diagnosis.cause(),
                new Confidence(diagnosis.confidence())
                        .agreeing(!image.contains("@"))
                        .value(),
                diagnosis.explanation(),
                diagnosis.quotes(),
                new CorrectImage(meant),
                diagnosis.rule());
    }

    private static Diagnosis acting(Diagnosis diagnosis, Action action) {
        return new Diagnosis(
                diagnosis.cause(),
                diagnosis.confidence(),
                diagnosis.explanation(),
                diagnosis.quotes(),
                action,
                diagnosis.rule());
    }

    private static Diagnosis told(Diagnosis diagnosis, String text) {
        var sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
        return diagnosis.with(sentence, new Quote(Source.REGISTRY, text));
    }
}
