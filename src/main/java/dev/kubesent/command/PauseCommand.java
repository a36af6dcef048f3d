package dev.kubesent.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pause}: turns the switch that stops every change (docs/settings.md). */
@Command(
        name = "pause",
        description = {
            "Stop every change in every namespace, also those that are approved, until kubesent resume. Incidents are"
                    + " still opened and reported.",
            "It sets pause: true in the ConfigMap kubesent, which all processes read before each change."
        },
        footerHeading = Rendering.RIGHTS,
        footer = "create and patch ConfigMaps in the namespace of KubeSent.")
public final class PauseCommand extends PersonCommand {

    @Mixin
    private Switch where = new Switch();

    public PauseCommand(Reach reach) {
        super(reach);
    }

    @Override
    String answer(Reach.Reached cluster) {
        var home = where.home();
        write(() -> cluster.writer().set(home, Switch.CONFIG_MAP, Map.of(Switch.PAUSE, "true")), where.right());
        return "Paused: the ConfigMap %s/%s says pause: true. Nothing is changed or taken back from now on; a pod that is being replaced is still created again. To go on: kubesent resume%s"
                .formatted(home, Switch.CONFIG_MAP, where.asOption());
    }
}
