package dev.kubesent.cluster.memory;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.ContainerLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the containers printed, as a kubelet keeps it: of the run at hand and of the one before. */
final class Logs {

    private final Map<ContainerLog, String> texts = new ConcurrentHashMap<>();

    void load(ContainerLog which, String text) {
        texts.put(withoutLines(which), text);
    }

    /** The last lines that are asked for. */
    String read(ContainerLog which) {
        var text = texts.get(withoutLines(which));
        if (text == null) {
            throw new ClusterException(
                    Kind.REJECTED, "no log of the " + which.run() + " run of container " + which.container());
        }
        var lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - which.lines()), lines.size()));
    }

    private static ContainerLog withoutLines(ContainerLog which) {
        return new ContainerLog(which.namespace(), which.pod(), which.container(), which.run(), 0);
    }
}
