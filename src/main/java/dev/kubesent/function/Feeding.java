package dev.kubesent.function;

import dev.kubesent.function.Setting.Given;
import dev.kubesent.function.Settings.Answer;
import dev.kubesent.function.Settings.Cluster;

/** Where what happens to pods comes from. */
enum Feeding {
    EVENTS,
    WATCH;

    static final Setting<Feeding> FEED = new Setting<>(
            "FEED",
            "events",
            Form.oneOf(values()),
            "`events`: others send what happens to pods, as Knative's source does. `watch`: KubeSent watches"
                    + " pods and incidents itself.");

    static Feeding read(Given given, Cluster cluster, Answer answer) {
        var feed = FEED.of(given);
        if (feed == WATCH && cluster == Cluster.EMBEDDED) {
            throw new UsageException("KUBESENT_FEED is watch, and the embedded cluster has nothing to watch");
        }
        if (feed == WATCH && answer == Answer.LAST) {
            throw new UsageException(
                    "KUBESENT_FEED is watch, and KUBESENT_ANSWER last: nothing goes on behind an answer"
                            + " then, so nothing can watch");
        }
        return feed;
    }
}
