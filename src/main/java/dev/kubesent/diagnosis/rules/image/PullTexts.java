package dev.kubesent.diagnosis.rules.image;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.kubelet.Chain;
import dev.kubesent.diagnosis.kubelet.Heard;
import dev.kubesent.diagnosis.kubelet.Names;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.ImagePull;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every text that tells of a pull. Since Kubernetes 1.32 the waiting message holds the registry's answer; before, only the event Failed does.
 */
final class PullTexts {

    private PullTexts() {}

    /** The status first, and of the events the latest. */
    static List<Heard> of(Evidence evidence, ImagePull pull) {
        var names = Names.of(evidence.pod());
        var status = new Heard(
                Chain.of(pull.reason().name(), pull.message(), names),
                new Quote(Source.STATUS, "waiting: " + pull.reason() + ": " + pull.message()));
        return Stream.concat(Stream.of(status), events(evidence, pull, names)).toList();
    }

    /** The sandbox's own image (pause) is pulled by the node and has nothing to do with the pod's images. */
    private static Stream<Heard> events(Evidence evidence, ImagePull pull, Names names) {
        return evidence.events().present().orElse(List.of()).reversed().stream()
                .filter(event -> event.mayConcern(pull.subject().container()))
                .filter(event -> isOf(event, pull.image()))
                .map(event -> new Heard(
                        Chain.of(reason(event), event.message(), names), new Quote(Source.EVENTS, event.toString())));
    }

    private static boolean isOf(ObservedEvent event, String image) {
        return switch (event.reason()) {
            case "Failed" ->
                event.message().startsWith("Failed to pull image ")
                        && event.message().contains("\"" + image + "\"");
            case "InspectFailed" -> event.message().contains("\"" + image + "\"");
            default -> false;
        };
    }

    private static String reason(ObservedEvent event) {
        return event.reason().equals("Failed") ? "ErrImagePull" : event.reason();
    }
}
