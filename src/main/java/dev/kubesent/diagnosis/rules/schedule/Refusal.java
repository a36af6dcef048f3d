package dev.kubesent.diagnosis.rules.schedule;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * One reason of the scheduler, and for how many nodes it is one (kubernetes pkg/scheduler/framework/types.go, FitError.Error, 1.22 to 1.36).
 *
 * @param nodes more than 0
 * @param reason in the plug-in's words, without "node(s)"
 */
record Refusal(Kind kind, int nodes, String reason) {

    /** What stands in the way, the most special first: the words of the scheduler's plug-ins, pkg/scheduler/framework/plugins. */
    enum Kind {
        /** Marks that Kubernetes itself sets, which no pod is to tolerate. */
        DOWN(
                "node\\.(?:cloudprovider\\.)?kubernetes\\.io/(?:not-ready|unreachable|unschedulable|uninitialized|memory-pressure|disk-pressure|pid-pressure|network-unavailable|out-of-service|shutdown)|were"
                        + " unschedulable|is being deleted|node\\(s\\) were not ready|ToBeDeletedByClusterAutoscaler"),
        VOLUME_IN_USE("ReadWriteOncePod|no available disk|volume is already"),
        VOLUME_LIMIT("exceed max volume count|max volume count"),
        VOLUME_ELSEWHERE("volume node affinity conflict|available volume zone|PersistentVolume's node"
                + " affinity|NoVolumeZoneConflict|NoVolumeNodeConflict"),
        VOLUME_GONE("pvc\\(s\\) bound to non-existent pv"),
        VOLUME_UNBOUND("available persistent volumes to bind|enough free storage|unbound immediate"),
        DEVICE("Insufficient [\\w.-]+/|cannot allocate all claims|could not"
                + " allocate|resourceclaim|device(?:s|class)?\\b"),
        FULL("Insufficient |Too many pods"),
        /** The pods that run there already keep it away, by their own rules. */
        OTHERS("existing pods anti-affinity"),
        PORTS("free ports"),
        UNFIT("");

        private final Pattern words;

        Kind(String words) {
            this.words = Pattern.compile(words);
        }

        static Kind of(String reason) {
            for (var kind : values()) {
                if (kind.words.matcher(reason).find()) {
                    return kind;
                }
            }
            return UNFIT;
        }
    }

    private static final Pattern ALL = Pattern.compile("\\b0/(?P<all>\\d{1,6}) nodes are available");
    private static final Pattern START = Pattern.compile("(?:available: |, |; )(?P<count>\\d{1,6}) ");
    private static final Pattern END =
            Pattern.compile("(?i)[.,]? (?:no new claims to deallocate|preemption: |still not schedulable)|\\. *$|, *$");

    /** How many nodes there are; 0 where it does not say. */
    static int all(String message) {
        var found = ALL.matcher(message);
        return found.find() ? Integer.parseInt(found.group("all")) : 0;
    }

    /** In their order; none where the sentence does not count. */
    static List<Refusal> of(String message) {
        var end = END.matcher(message);
        var counted = end.find() ? message.substring(0, end.start()) : message;
        var refusals = new ArrayList<Refusal>();
        var start = START.matcher(counted);
        int count = 0;
        int from = -1;
        while (start.find()) {
            add(refusals, count, from, counted, start.start());
            count = Integer.parseInt(start.group("count"));
            from = start.end();
        }
        add(refusals, count, from, counted, counted.length());
        return refusals;
    }

    private static void add(List<Refusal> refusals, int count, int from, String text, int to) {
        if (from >= 0 && count > 0) {
            var reason = text.substring(from, to).strip();
            refusals.add(new Refusal(Kind.of(reason), count, reason.replaceFirst("^node\\(s\\) ", "")));
        }
    }
}
