package dev.kubesent.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.api.v1alpha1.Incident;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code reject}: no change is made for this incident as long as the rejection stands (docs/decisions/0082). */
@Command(
        name = "reject",
        description = "Reject any change for an incident. A new revision is judged again.",
        footerHeading = Rendering.RIGHTS,
        footer = "get and patch incidents.kubesent.dev in the namespace. Rejecting needs no right to approve.")
public final class RejectCommand extends PersonCommand {

    /** Characters; KubeSent reads no more. */
    private static final int LONGEST = 500;

    @Mixin
    private OneIncident which = new OneIncident();

    @Option(
            names = "--because",
            required = true,
            paramLabel = "TEXT",
            description = "why, for the readers of the incident")
    private @Nullable String because;

    public RejectCommand(Reach reach) {
        super(reach);
    }

    @Override
    String answer(Reach.Reached cluster) {
        var why = Objects.requireNonNull(because, "picocli asks for it").strip();
        if (why.isEmpty() || why.length() > LONGEST) {
            throw new IllegalArgumentException("--because needs a sentence of at most %d characters; this has %d"
                    .formatted(LONGEST, why.length()));
        }
        var namespace = which.namespace(cluster);
        var incident = new KnownIncidents(cluster.reader()).named(namespace, which.name());
        var what = rejected(incident);
        var spec = JsonNodeFactory.instance.objectNode().put("rejected", why);
        if (incident.getSpec().approved()) {
            spec.put("approved", false);
        }
        write(
                () -> cluster.writer().say(namespace, which.name(), spec),
                "To reject, you need the right to patch incidents.kubesent.dev in namespace %s.".formatted(namespace));
        return "Rejected %s. %s To take it back: kubesent approve %s -n %s"
                .formatted(which.name(), what, which.name(), namespace);
    }

    /** What it means there. */
    private String rejected(Incident incident) {
        return switch (incident.progress().phase().progress()) {
            case BEGUN, UNDECIDED -> "No change is made for it; a new revision is judged again.";
            case AT_WORK ->
                "The change that was begun is finished and watched, and taken back where it does not help; no further"
                        + " change follows.";
            case OVER ->
                throw new NotDoneException(
                        "there is nothing to reject: %s is at phase %s, and nothing more is changed for it."
                                .formatted(which.name(), incident.progress().phase()));
        };
    }
}
