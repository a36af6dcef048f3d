package dev.kubesent.command;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code resume}: turns the switch back. */
@Command(
        name = "resume",
        description = "End a pause. What was approved meanwhile is judged again, and made if all else holds.",
        footerHeading = Rendering.RIGHTS,
        footer = "get and patch ConfigMaps in the namespace of KubeSent.")
public final class ResumeCommand extends PersonCommand {

    @Mixin
    private Switch where = new Switch();

    public ResumeCommand(Reach reach) {
        super(reach);
    }

    @Override
    String answer(Reach.Reached cluster) {
        var home = where.home();
        var isSwitched = cluster.reader()
                .get(ConfigMap.class, home, Switch.CONFIG_MAP)
                .map(map -> Objects.requireNonNullElse(map.getData(), Map.<String, String>of()))
                .filter(data -> data.containsKey(Switch.PAUSE))
                .isPresent();
        if (!isSwitched) {
            return "Nothing to resume: no ConfigMap %s/%s pauses KubeSent. If it runs with KUBESENT_PAUSE=true, change that setting."
                    .formatted(home, Switch.CONFIG_MAP);
        }
        write(() -> cluster.writer().set(home, Switch.CONFIG_MAP, Map.of(Switch.PAUSE, "false")), where.right());
        return "Resumed: the ConfigMap %s/%s says pause: false. What still fails is judged again within some minutes. If KubeSent runs with KUBESENT_PAUSE=true, it stays paused."
                .formatted(home, Switch.CONFIG_MAP);
    }
}
