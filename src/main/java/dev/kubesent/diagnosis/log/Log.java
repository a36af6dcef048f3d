package dev.kubesent.diagnosis.log;

import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A container's log, as a person reads it. Used by one thread. */
public final class Log {

    /** What speaks of something that went wrong. */
    private static final Pattern TROUBLE =
            Pattern.compile("(?i)error|exception|err!|traceback|\\b(?:warn(?:ing)?|fatal|panic|panicked"
                    + "|fail(?:ed|s|ure|ing)?|cannot|can't|could"
                    + " not|couldn't|unable|denied|refused|reject(?:ed)?|invalid|illegal|missing"
                    + "|lost|broken?|stopped|abort(?:ed|ing)?|violat(?:ed|ion)|corrupt(?:ed)?"
                    + "|unsupported|unexpected|giving"
                    + " up|gave up|timed out|timeout|exceeded|unknown|not"
                    + " (?:set|found|allowed|permitted|valid|reached|supported|exist)|no such|does(?: not|n't)"
                    + " exist|forbidden|unauthorized|required|killed)\\b");

    /** Something specific: a path, a host with a port, a quoted name, a version, an errno, a variable. */
    private static final Pattern SPECIFIC = Pattern.compile(
            "/[\\w.-]{3}|\\b[\\w.-]{2,63}:\\d{2,5}\\b|['\"`][^'\"`\\s]{2,80}['\"`]|\\bv?\\d+\\.\\d+(?:\\.\\d+)?\\b"
                    + "|\\bE[A-Z]{4,}\\b|\\b[A-Z][A-Z0-9]{1,40}_[A-Z0-9_]{1,60}\\b");

    /** What a program says when it has got over what it complained of. */
    private static final Pattern GOES_ON =
            Pattern.compile("(?i)\\b(ready to accept connections|(started|succeeded|ready) (in|after) [\\d.]{1,12}"
                    + " ?m?s|(?<!that's |process |is already )listening (on|at)|retry succeeded|falling back|using"
                    + " default|continuing|ignored?|skipping|recovered)\\b");

    private static final Pattern CONNECTED =
            Pattern.compile("(?i)\\b(connected (to|successfully)|connection (established|restored|ok)|reconnected)\\b");

    private static final Pattern TELLING = Pattern.compile("(?i)\\b(?:cannot|can't|could"
            + " not|denied|refused|rejected|invalid|illegal|missing|lost|violat\\w+|corrupt\\w*|unsupported|timed"
            + " out|timeout|exceeded|unknown|not|no|forbidden|unauthorized|required|conflict|too|full|memory|bytes|taken|in"
            + " use|already|port \\d+|wrong|bad|expired|unreachable|disabled|mismatch)\\b");

    private static final Pattern EXCEPTION = Pattern.compile(
            "^(?:[\\w.$]{0,200}(?:Exception|Error)\\b|panic: |thread '|Traceback|Unhandled|Uncaught|fatal|FATAL)");

    private final List<Entry> entries;

    /** What was found out of an entry once is not looked for again: a log may be long, and is asked of each of its signs. */
    private final Map<Entry, Boolean> loud = new IdentityHashMap<>();

    private final Map<Entry, Set<String>> words = new IdentityHashMap<>();
    private final Map<Pattern, Integer> last = new IdentityHashMap<>();

    private Log(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** In their order. */
    public List<Entry> entries() {
        return entries;
    }

    /** @param lines the last ones of a log, in their order */
    public static Log read(List<String> lines) {
        return new Log(LogReader.read(lines));
    }

    /** All lines that say something, without frames, in their order. */
    public Stream<Entry.Line> lines() {
        return entries.stream().flatMap(entry -> entry.lines().stream()).filter(line -> !line.isFrame());
    }

    static boolean isSpecific(String text) {
        return SPECIFIC.matcher(text).find();
    }

    /** What is said of a cause, and not of an end. */
    static boolean isTelling(String text) {
        return TELLING.matcher(text).find();
    }

    public static boolean isTrouble(String text) {
        return TROUBLE.matcher(text).find();
    }

    /** Whether an entry after this one, or itself, says that it went on. */
    public boolean goesOnAfter(Entry entry) {
        return isSaidFrom(entry, GOES_ON);
    }

    /** Whether an entry after this one, or itself, says that it is connected now. */
    public boolean isConnectedAfter(Entry entry) {
        return isSaidFrom(entry, CONNECTED);
    }

    private boolean isSaidFrom(Entry entry, Pattern words) {
        return last.computeIfAbsent(words, this::lastOf) >= entry.number();
    }

    /** The number of the last entry that says so; -1 where none does. */
    private int lastOf(Pattern words) {
        return entries.reversed().stream()
                .filter(entry -> words.matcher(entry.first()).find())
                .findFirst()
                .map(Entry::number)
                .orElse(-1);
    }

    /** What could be of another matter: entries after this one that are more than a warning, speak of trouble, tell something, and say something new. */
    public Stream<Entry> laterTroubles(Entry entry) {
        return entries.stream()
                .skip(entry.number() + 1L)
                .filter(later -> later.role() == Entry.Role.TELLS && later.level() != Level.WARN)
                .filter(later -> loud.computeIfAbsent(later, Log::isLoud))
                .filter(later -> !saysTheSame(entry, later));
    }

    public static boolean isLoud(Entry entry) {
        return switch (entry.level()) {
            case FATAL, ERROR -> true;
            case WARN, NONE -> isTrouble(entry.first());
            case INFO, DEBUG -> false;
        };
    }

    /** The same words again, or a matter that both name: a path, a host, the name of a part of the program. */
    private boolean saysTheSame(Entry one, Entry other) {
        var first = other.root().text().strip();
        return first.contains(one.root().text().strip())
                || one.text().contains(first)
                || !Collections.disjoint(
                        words.computeIfAbsent(one, entry -> Wrappers.ownWords(entry.text())), Wrappers.ownWords(first));
    }

    /** The entry that tells most; empty where the log says nothing. */
    public Optional<Entry> telling() {
        return entries.stream().max(Comparator.comparingInt(this::worth).thenComparingInt(Entry::number));
    }

    /** The line of it that tells most. */
    public Optional<Entry.Line> tellingLine() {
        return telling()
                .map(entry -> Stream.concat(Stream.of(entry.root()), entry.lines().stream())
                        .filter(line -> !line.isFrame() && !line.text().startsWith("Traceback"))
                        .max(Comparator.comparingInt(line -> (line.isRoot() ? 3 : 0)
                                + (isTrouble(line.text()) ? 2 : 0)
                                + (SPECIFIC.matcher(line.text()).find() ? 1 : 0)))
                        .orElse(entry.root()));
    }

    private int worth(Entry entry) {
        var text = entry.root().text();
        return switch (entry.level()) {
                    case FATAL -> 40;
                    case ERROR -> 30;
                    case WARN -> isTrouble(text) ? 18 : 10;
                    case NONE -> isTrouble(text) ? 25 : 0;
                    case INFO, DEBUG -> -30;
                }
                + switch (entry.role()) {
                    case TELLS -> 0;
                    case WRAPS -> -60;
                    case HELPS -> -40;
                }
                + (EXCEPTION.matcher(text).find() ? 10 : 0)
                + (SPECIFIC.matcher(text).find() ? 10 : 0)
                + 15 * (entry.number() + 1) / entries.size()
                - (isRepeated(entry) ? 10 : 0);
    }

    private boolean isRepeated(Entry entry) {
        return entries.stream()
                .limit(entry.number())
                .anyMatch(before -> before.first().equals(entry.first()));
    }
}
