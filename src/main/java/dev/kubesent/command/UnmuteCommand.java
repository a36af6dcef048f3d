package dev.kubesent.command;

import dev.kubesent.gate.bounds.Mute;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code unmute}: what fails is told again, and healed. */
@Command(
        name = "unmute",
        description = "End a mute: failures of the workload are reported again, and healed if that is allowed.",
        footerHeading = Rendering.RIGHTS,
        footer = "patch the workload; of a pod, get as well.")
public final class UnmuteCommand extends PersonCommand {

    @Mixin
    private Workload which = new Workload();

    public UnmuteCommand(Reach reach) {
        super(reach);
    }

    @Override
    String answer(Reach.Reached cluster) {
        var workload = which.in(cluster);
        write(
                () -> cluster.writer().annotate(workload, Mute.MARK, Optional.empty()),
                MuteCommand.right(workload.namespace()));
        return "%s in %s is not muted. What fails of it is looked at with its next event, or the next sweep."
                .formatted(workload.display(), workload.namespace());
    }
}
