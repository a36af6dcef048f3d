package dev.kubesent.diagnosis.rules.probe;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/** Whether a program's last words tell of a start that goes on. */
final class Starting {

    private static final int LAST_LINES = 5;

    private static final int LONGEST = 2000;

    /** How programs say that they are up, or about to end. */
    private static final Pattern UP = Pattern.compile(
            "(?i)\\b(?:listening|now listening|ready to accept connections|ready for connections|serving(?: \\w+)?"
                    + " (?:on|at)|(?:server|service) (?:is )?(?:up|running|started|ready)|started"
                    + " (?:server|on|at)\\b|running (?:on|at)|bound to|started \\w+ in [\\d.]+ seconds|shutting"
                    + " down|shutdown|handling signal|stopping|sigterm)\\b");

    /** Work that has an amount: only who is not up yet tells of it. */
    private static final Pattern WORKS = Pattern.compile(
            "(?i)\\b(?:migrat(?:ing|ion|ions)|loading|warming|downloading|importing|restoring|recovering|replaying|rebuilding|building|compiling|indexing|running"
                    + " (?:migrations|liquibase|flyway)|upgrading|installing)\\b");

    /** "Starting HTTP server", "starting to listen", "booting worker": what begins here is up a moment later. */
    private static final Pattern BEGINS =
            Pattern.compile("(?i)\\b(?:starting|booting|initiali[sz]ing|spawning|launching)\\b");

    private static final Pattern SERVER = Pattern.compile("(?i)\\bserver\\b");

    /** What every program does for a moment. */
    private static final Pattern BRIEF = Pattern.compile(
            "(?i)\\bload(?:ing|ed) (?:\\S+"
                    + " ){0,2}(?:config\\w*|settings?|environment|env|propert\\w+|certificates?|plugins?|modules?|rules?|polic\\w+)\\b");

    /** How much of it is done: a word of who knows that the start goes on. */
    private static final Pattern AMOUNT = Pattern.compile("(?i)\\b\\d+ ?(?:of|/) ?\\d+\\b|\\b\\d{1,3}(?:\\.\\d+)? ?%");

    private Starting() {}

    /** The line in which it tells, at the end, of work that its start consists of. */
    static Optional<String> works(List<String> log) {
        return log.reversed().stream()
                .filter(line -> !line.isBlank())
                .limit(LAST_LINES)
                .map(line -> line.substring(0, Math.min(LONGEST, line.length())))
                .takeWhile(line -> !UP.matcher(line).find())
                .filter(line -> WORKS.matcher(line).find() && !isBrief(line))
                .findFirst()
                .map(String::strip);
    }

    private static boolean isBrief(String line) {
        var isOfAServer = BEGINS.matcher(line).find() && SERVER.matcher(line).find();
        return isOfAServer || BRIEF.matcher(line).find();
    }

    /** Whether the line says how much of the work is done. */
    static boolean hasAmount(String line) {
        return AMOUNT.matcher(line).find();
    }
}
