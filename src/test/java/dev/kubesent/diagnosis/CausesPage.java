package dev.kubesent.diagnosis;

import dev.kubesent.action.RollBack;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.api.v1alpha1.Chapter;
import dev.kubesent.api.v1alpha1.Family;
import dev.kubesent.api.v1alpha1.Place;
import dev.kubesent.api.v1alpha1.Trait;
import dev.kubesent.diagnosis.signature.Signature;
import dev.kubesent.diagnosis.signature.Signatures;
import dev.kubesent.testing.cures.Acts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** docs/causes.md: the chapters of all causes, and what the code says itself of each. */
final class CausesPage {

    private static final String HEAD = """
        # Causes

        Every cause that a diagnosis can name, and where it is to be mended. Each incident links to its chapter. This page is written by a test from \
        `src/main/resources/causes` and the code; change it there ([why](decisions/0064-a-cause-is-written-once.md)).

        **Confidence** begins with what the best piece of evidence is worth alone. A field of Kubernetes is worth 85, a known sentence of the kubelet, a runtime or a \
        registry 80. A known sentence of the program is worth 75, a line that only speaks of an error 65, a fit 55, several causes 40. Each further piece that agrees adds \
        5. Each that contradicts takes 30. Each that could contradict and was not read takes 10 (`diagnosis/Confidence.java`). From 80 on a cause counts as known; below \
        that a model may be asked. Below 90 nothing is done.

        The lines "KubeSent" below say what it does about the workload, if the gate approves it. The traffic of a Knative Service whose Revision broke goes back, as a rollout does.
        """;

    /** Families of what programs say. */
    private static final List<Signature> OF_LOGS = Signatures.of(
                    "memory", "data", "node", "dependency", "files", "settings", "program")
            .all();

    private CausesPage() {}

    static String text() {
        return HEAD + Arrays.stream(Family.values()).map(CausesPage::part).collect(Collectors.joining());
    }

    private static String part(Family family) {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause.family() == family)
                .map(CausesPage::chapter)
                .collect(Collectors.joining("", "\n## " + title(family) + "\n", ""));
    }

    private static String chapter(Cause cause) {
        var chapter = Chapter.of(cause);
        return """

            ### %s

            %s

            - KubeSent: %s
            - You: %s
            - Where: %s.
            """.formatted(
                cause, chapter.means(), kubesent(cause, chapter.kubesent()), chapter.advice(), where(cause.place()));
    }

    private static String kubesent(Cause cause, String note) {
        var does = Acts.EACH.stream()
                .filter(act -> act.sample().cures().contains(cause))
                .map(act -> act.sample() instanceof RollBack ? back(cause) : act.does())
                .filter(text -> !text.isEmpty())
                .toList();
        return Stream.of(does.isEmpty() ? List.of("Changes nothing.") : does, List.of(note))
                .flatMap(List::stream)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String back(Cause cause) {
        if (cause.is(Trait.OF_PROGRAM)) {
            return "Proposes to roll a release that was never healthy back to the last healthy revision.";
        }
        var back = "Rolls a release that was never healthy back to the last healthy revision.";
        var only = Stream.of(
                        cause.is(Trait.OF_FILES) ? "both revisions name the same ConfigMap, Secret or volume" : "",
                        isOnlySaid(cause) ? "only a program says why, and its words do not prove it" : "")
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", or "));
        return only.isEmpty() ? back : back + " Where " + only + ", it proposes that.";
    }

    /** Whether a program's words lead to it that are no proof. */
    private static boolean isOnlySaid(Cause cause) {
        return OF_LOGS.stream().anyMatch(signature -> signature.cause() == cause && !signature.isProof());
    }

    private static String title(Family family) {
        return switch (family) {
            case MEMORY -> "Memory";
            case IMAGE -> "Images";
            case START -> "Starts";
            case DEPENDENCY -> "What the program needs from others";
            case PROGRAM -> "The program itself";
            case PROBE -> "Probes";
            case VOLUME -> "Volumes";
            case SCHEDULE -> "Scheduling";
            case SANDBOX -> "Sandbox and network";
            case LIFECYCLE -> "The pod as a whole";
            case RUN -> "Runs and pods that never were";
            case OTHER -> "What no rule knows";
        };
    }

    private static String where(Place place) {
        return switch (place) {
            case WORKLOAD -> "the workload";
            case NODE -> "the node";
            case REGISTRY -> "the registry";
            case DEPENDENCY -> "what the program connects to, or the way there";
            case CLUSTER -> "the cluster";
            case STORAGE -> "what lies on the volume";
            case UNCERTAIN -> "not certain";
        };
    }
}
