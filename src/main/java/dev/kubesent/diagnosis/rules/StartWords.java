package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Quote;
import dev.kubesent.diagnosis.log.Entry;
import dev.kubesent.diagnosis.log.Log;
import dev.kubesent.evidence.Source;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a program says of its own start: whether it is up, where it listens, and whether it goes on. */
record StartWords(Log log) {

    /** How programs say that they are up. */
    private static final Pattern UP = Pattern.compile(
            "(?i)\\b(listening|now listening|ready to accept connections|serving( \\w+)? (on|at)|(server|service) (is"
                    + " )?(up|running|started)|started (server|on|at)\\b|running (on|at)|bound to|started \\w+ in [\\d.]+"
                    + " seconds)");

    /**
     * The port that they then name: right after the words, of no other host, and of three digits or 80, as minutes have two. Whoever
     * connects to db:5432 does not listen there.
     */
    private static final Pattern PORT = Pattern.compile(
            "(?i)\\b(?:listening|serving|started|running|bound)\\b[^:]{0,30}?\\b(?:on|at|to)\\b:? (?:(?:all"
                    + " interfaces|address|port|tcp|http|https)\\W{0,3})*(?:\\(s\\):?"
                    + " )?(?:https?://)?(?:0\\.0\\.0\\.0|127\\.0\\.0\\.1|localhost|\\[::]|\\*)?:?(\\d{3,5}|80)\\b(?![:.\\d])");

    /** What else a program may listen with, before it serves. */
    private static final Pattern ASIDE =
            Pattern.compile("(?i)metrics|admin|debug|pprof|management|actuator|prometheus|telemetry");

    /** How programs tell of a start that is not over. */
    private static final Pattern STARTING = Pattern.compile(
            "(?i)\\b(loading|starting|initiali[sz]ing|warming|migrat(ing|ion|ions)|bootstrapping|booting|preparing|downloading|importing|restoring|recovering|replaying|building|compiling|connecting|running"
                    + " (migrations|liquibase|flyway)|waiting for|Hibernate)\\b");

    private static final int LAST_LINES = 5;

    /** Whether the program says that it is up. */
    boolean saysItIsUp() {
        return lines().anyMatch(text -> UP.matcher(text).find());
    }

    /** Every port that it says that it listens on. */
    Set<Integer> listensOn() {
        return lines().filter(text -> !ASIDE.matcher(text).find())
                .flatMap(text -> PORT.matcher(text).results())
                .map(found -> Integer.valueOf(found.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The line in which it tells, at the end, that its start goes on. */
    Optional<Quote> starting() {
        return lines().toList().reversed().stream()
                .limit(LAST_LINES)
                .takeWhile(text -> !UP.matcher(text).find())
                .filter(text -> STARTING.matcher(text).find())
                .findFirst()
                .map(text -> new Quote(Source.LOG, text.strip()));
    }

    private Stream<String> lines() {
        return log.lines().map(Entry.Line::text);
    }
}
