package dev.kubesent.scan.described;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Descriptions of pods in a text, with what stands around them in a terminal or a report. */
public final class Described {

    /** Pods of one text. More is a whole cluster: {@code scan} looks at that. */
    public static final int PODS = 100;

    private static final Pattern NAME = Pattern.compile("^(\\W*)Name: ?\\s*\\S");

    /** A line that hardly anything but a description has. */
    private static final Pattern TELLING = Pattern.compile("^\\s*(?:(?:Last"
            + " )?State:\\s+(?:Waiting|Running|Terminated)\\s*|Status:\\s+(?:Pending|Failed)\\s*|Controlled"
            + " By:\\s+\\S+/\\S+\\s*)$");

    /** Lines behind the name within which the namespace stands. */
    private static final int NEAR = 3;

    private Described() {}

    /** Whether it looks like the output of {@code kubectl describe pod}, or like a part of it. */
    public static boolean isIn(String text) {
        var lines = text.lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            if (begins(lines, at)
                    || TELLING.matcher(Cut.line(lines.get(at))).matches()
                    || EventRow.read(Cut.line(lines.get(at))).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * @param now which the moment of the description is taken for: the text does not tell it
     * @return at least one where {@link #isIn} holds; at most {@link #PODS}
     */
    public static List<DescribedPod> pods(String text, Instant now) {
        return split(text.lines().map(Cut::line).toList()).stream()
                .limit(PODS)
                .map(lines -> new PodReader(Sections.of(lines), now).read())
                .toList();
    }

    /** Each from its name to the next; one without a name is all of the text. */
    private static List<List<String>> split(List<String> lines) {
        var all = new ArrayList<List<String>>();
        String margin = null;
        for (int at = 0; at < lines.size(); at++) {
            var isBegin = begins(lines, at);
            if (isBegin && margin == null) {
                margin = margin(lines.get(at));
            }
            if (isBegin && margin(lines.get(at)).equals(margin)) {
                all.add(new ArrayList<>());
            }
            if (!all.isEmpty()) {
                all.getLast().add(without(margin, lines.get(at)));
            }
        }
        return all.isEmpty() ? List.of(lines) : all;
    }

    private static boolean begins(List<String> lines, int at) {
        if (!NAME.matcher(Cut.line(lines.get(at))).find()) {
            return false;
        }
        var margin = margin(lines.get(at));
        return lines.subList(at + 1, Math.min(lines.size(), at + 1 + NEAR)).stream()
                .anyMatch(line -> without(margin, line).startsWith("Namespace:"));
    }

    /** What stands before each line of it: nothing, spaces, {@code > } or {@code # }. */
    private static String margin(String line) {
        return line.substring(0, line.indexOf("Name:"));
    }

    private static String without(@Nullable String margin, String line) {
        return margin != null && line.startsWith(margin) ? line.substring(margin.length()) : line;
    }
}
