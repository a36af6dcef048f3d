package dev.kubesent.command;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.RefusalReason;
import dev.kubesent.api.v1alpha1.RefusalReason.Weight;
import dev.kubesent.api.v1alpha1.VerdictRecord;
import dev.kubesent.incident.Incidents;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What an incident asks of a person, from its phase and the reasons of its verdict. */
final class Asked {

    private Asked() {}

    /** In a few words, for a table; empty where nothing is asked. */
    static String briefly(Incident incident) {
        return switch (incident.progress().phase()) {
            case Opened, Diagnosed, Acting, Verifying, Undoing, Healed, Superseded, Closed -> "";
            case Proposed -> isForAPerson(incident) ? "approve or reject" : "wait";
            case Waiting -> "wait";
            case NoAutomaticFix -> "fix it by hand";
            case Refused -> "read why";
            case Failed -> Incidents.isParked(incident) ? "approve to try again" : "read why";
        };
    }

    /** Everything that can be done, a sentence or two each. */
    static List<String> wholly(Incident incident) {
        var name = incident.getMetadata().getName();
        var namespace = incident.getMetadata().getNamespace();
        return switch (incident.progress().phase()) {
            case Opened, Diagnosed -> List.of("Wait: it is being worked on.");
            case Acting, Verifying, Undoing -> List.of("Wait: a change is being made, or watched.");
            case Healed, Superseded, Closed -> List.of("Nothing: it is over.");
            case Proposed ->
                Stream.concat(decide(incident, name, namespace), next(incident)).toList();
            case NoAutomaticFix, Refused, Waiting -> next(incident).toList();
            case Failed ->
                Incidents.isParked(incident)
                        ? List.of("To have it tried again: kubesent approve %s -n %s".formatted(name, namespace))
                        : Stream.concat(
                                        Stream.of("Look at what was tried, and fix it by hand. A new revision is judged"
                                                + " again."),
                                        next(incident))
                                .toList();
        };
    }

    /** Whether a yes would let the change go ahead, now or once what it waits for is over. */
    static boolean isForAPerson(Incident incident) {
        return reasons(incident).stream().anyMatch(reason -> reason.weight() == Weight.POLICY);
    }

    /** As they stand in the verdict; those of another version are left out. */
    static List<RefusalReason> reasons(Incident incident) {
        return Optional.ofNullable(incident.progress().verdict()).map(VerdictRecord::reasons).orElse(List.of()).stream()
                .flatMap(told -> reason(told).stream())
                .distinct()
                .toList();
    }

    private static Optional<RefusalReason> reason(String told) {
        return Arrays.stream(RefusalReason.values())
                .filter(reason -> told.startsWith(reason.name() + ":"))
                .findFirst();
    }

    private static Stream<String> decide(Incident incident, String name, String namespace) {
        return isForAPerson(incident)
                ? Stream.of(
                        "To have the change made: kubesent approve %s -n %s".formatted(name, namespace),
                        "To have it never made: kubesent reject %s -n %s --because TEXT".formatted(name, namespace))
                : Stream.of();
    }

    private static Stream<String> next(Incident incident) {
        return reasons(incident).stream().map(reason -> reason + ": " + Rendering.plain(reason.next()));
    }
}
