package dev.kubesent.diagnosis.rules.probe;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a program says that it listens, by its log: in words (Tomcat, Puma, uvicorn, gunicorn, Netty, WildFly, Go) and in fields
 * ({@code addr=[::]:8081}).
 */
record Listening(List<Place> places) {

    /** @param isLoopback whether only the pod itself can reach it @param isAside whether it is of metrics, administration or the like */
    record Place(int port, boolean isLoopback, boolean isAside, String line) {}

    private static final int LONGEST = 2000;

    private static final String HOST = "(?P<host>0\\.0\\.0\\.0|127\\.0\\.0\\.1|localhost|\\[::\\]|\\[::1\\]|::|\\*|all"
            + " interfaces|\\d{1,3}(?:\\.\\d{1,3}){3})?";

    /**
     * Right after the words, of no other host, and of three digits or 80, as minutes have two. Whoever connects to db:5432 does not listen
     * there.
     */
    private static final Pattern IN_WORDS = Pattern.compile(
            "(?i)\\b(?:listening|listener|serving|started|running|bound|listens?|starting|ready)\\b[^:\"]{0,60}?\\b(?:on|at|to|port)\\b:?"
                    + " ?(?:(?:all interfaces|address|addr|port|tcp|http|https|ws)\\W{0,3})*(?:\\(s\\):?"
                    + " )?(?:(?:https?|tcp|ws|grpc)://)?"
                    + HOST
                    + ":?(?P<port>\\d{3,5}|80)(?:[^.\\d]|\\.?$|\\.\\s)");

    private static final Pattern IN_FIELDS = Pattern.compile(
            "(?i)\\b(?:addr|address|listen|listen[_-]?addr(?:ess)?|endpoint|bind|bind[_-]?addr(?:ess)?|http[_-]?addr(?:ess)?|port)\"?\\s?[=:]\\s?\\[?\"?(?:https?://|tcp://)?"
                    + HOST + ":?(?P<port>\\d{3,5}|80)(?:[^.\\d]|$)");

    /** Of fields: only where the line is about serving. */
    private static final Pattern SERVES =
            Pattern.compile("(?i)\\b(?:listen\\w*|serv\\w+|server|started|starting|running|http)\\b");

    /** What else a program may listen with, before it serves. */
    private static final Pattern ASIDE = Pattern.compile(
            "(?i)metrics|admin|debug|pprof|management|actuator|prometheus|telemetry|jgroups|cluster|gossip|FD_SOCK|remoting|jmx");

    private static final Pattern LOOPBACK = Pattern.compile("^(?:127\\.|localhost|\\[::1\\])");

    static Listening of(List<String> log) {
        var places = new ArrayList<Place>();
        for (var line : log) {
            var text = line.substring(0, Math.min(LONGEST, line.length()));
            add(places, text, IN_WORDS.matcher(text));
            if (SERVES.matcher(text).find()) {
                add(places, text, IN_FIELDS.matcher(text));
            }
        }
        return new Listening(places);
    }

    private static void add(List<Place> places, String line, Matcher found) {
        while (found.find()) {
            var host = found.group("host") == null ? "" : found.group("host");
            places.add(new Place(
                    Integer.parseInt(found.group("port")),
                    LOOPBACK.matcher(host).find(),
                    ASIDE.matcher(line).find(),
                    line.strip()));
        }
    }

    /** The ports that anybody may reach, and that it serves with. */
    Set<Integer> served() {
        return places.stream()
                .filter(place -> !place.isAside() && !place.isLoopback())
                .map(Place::port)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether it says that it listens on a port, wherever. */
    boolean has(int port) {
        return places.stream().anyMatch(place -> place.port() == port);
    }

    /** The line in which it says that it listens on a port for itself alone; empty where it does so for others, too. */
    List<String> loopbackOnly(int port) {
        var here = places.stream().filter(place -> place.port() == port).toList();
        return here.stream().allMatch(Place::isLoopback)
                ? here.stream().map(Place::line).limit(1).toList()
                : List.of();
    }
}
