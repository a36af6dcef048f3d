package dev.kubesent.diagnosis.log;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What loggers write before a text: time, level, process, logger, in whatever order.
 *
 * @param isThere whether there is any; such a line begins an entry
 * @param text what follows it
 */
record Head(boolean isThere, Level level, String text) {

    /** Parts before a text. Spring has six: time, level, process, dashes, thread, logger. */
    private static final int MOST = 9;

    private static final Pattern TIME = Pattern.compile("\\[?(?:"
            + "\\d{4}[-/.]\\d\\d[-/.]\\d\\d[T ,:]{1,2}\\d\\d:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})?"
            + " ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?"
            + "|\\d\\d/\\d\\d/\\d{4},? \\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: [AP]M)?"
            + "|\\d\\d[-/ ][A-Z][a-z]{2}[-/ ]\\d{4}[ :T]\\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: UTC| GMT| [+-]\\d{4})?"
            + "|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: \\d{4})?"
            + "|\\d\\d?:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?(?: [AP]M)?"
            + "|\\[\\d{5,9}\\.\\d{6}|\\d{10}(?:\\d{3})?(?:\\.\\d{1,9})?(?=[\\s\\]])"
            + ")\\]?(?:[ \\t]*[:|-])?[ \\t]*");

    private static final Pattern KLOG = Pattern.compile(
            "([IWEF])\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{1,9}\\s{1,8}\\d{1,9} [\\w.<>-]{1,100}:\\d{1,6}\\] ?");

    private static final String LEVELS =
            "TRACE|DEBUG|DBG|VERBOSE|FINE|INFORMATION|INFO|INF|NOTICE|NOTE|LOG|WARNING|WARN|WRN"
                    + "|ERROR|ERR|EROR|SEVERE|CRITICAL|CRIT|FATAL|PANIC|EMERGENCY|EMERG|ALERT";

    /** In capitals, or in brackets: "error: " alone is a word of the message. */
    private static final Pattern LEVEL = Pattern.compile("(?:[\\[<(]\\s?((?i:" + LEVELS + ")|[EWIDF])\\s*[\\]>)]:?|("
            + LEVELS + ")(?:[:|]|(?=[\\s\\]]|$)))[ \\t]*(?:[:|-][ \\t]+)?");

    /** After a time also in lower case. */
    private static final Pattern LEVEL_AFTER =
            Pattern.compile("((?i:" + LEVELS + ")|[EWIDF])(?:[:|]|(?=[\\s\\]\\[]|$))[ \\t]*(?:[:|-][ \\t]+)?");

    private static final Pattern BRACKETS =
            Pattern.compile("[\\[({][^\\[\\](){}]{0,80}[\\])}](?:\\[[^\\]]{0,60}\\])?:?[ \\t]*");
    private static final Pattern PROCESS =
            Pattern.compile("(?:\\d{1,7}(?:#\\d{1,7})?:?|---|==>|[|:*#.-])(?:[ \\t]+|$)");
    private static final Pattern LOGGER = Pattern.compile("(?:"
            + "[\\w.$/@-]{2,80}(?:\\[\\w{0,40}\\])?[ \\t]{1,60}[:-]"
            + "|[a-z_][\\w$]{0,30}(?:\\.[a-z_][\\w$]{0,40}){0,8}"
            + "\\.[A-Z][\\w$]{0,60}(?<!Exception|Error|Throwable):?"
            + "|[\\w-]{1,60}\\.\\w{1,4}:\\d{1,6}:?"
            + ")[ \\t]+");

    /** What stands before the time: a process and its role, as of Redis, or a name, as of Bitnami's images. */
    private static final Pattern BEFORE_TIME = Pattern.compile("(?:\\d{1,7}:[A-Z]|[a-z][a-z0-9-]{1,40})[ \\t]+");

    static Head of(String line) {
        var klog = KLOG.matcher(line);
        if (klog.lookingAt()) {
            return new Head(true, Level.of(klog.group(1)), line.substring(klog.end()));
        }
        return new Reading(line).read();
    }

    /** Goes through a line, part by part. */
    private static final class Reading {
        private final String line;
        private int at;
        private boolean hasTime;
        private Level level = Level.NONE;

        private Reading(String line) {
            this.line = line;
        }

        private Head read() {
            beforeTime();
            for (int parts = 0; parts < MOST && at < line.length() && part(); parts++) {}
            return new Head(isHead(), level, line.substring(at));
        }

        private boolean isHead() {
            return hasTime || level != Level.NONE;
        }

        private void beforeTime() {
            var name = from(BEFORE_TIME);
            if (name.lookingAt()) {
                var time = TIME.matcher(line).region(name.end(), line.length());
                if (time.lookingAt()) {
                    at = time.end();
                    hasTime = true;
                }
            }
        }

        private boolean part() {
            return time() || level() || isHead() && (skipped(BRACKETS) || skipped(PROCESS) || skipped(LOGGER));
        }

        private boolean time() {
            if (hasTime || !skipped(TIME)) {
                return false;
            }
            hasTime = true;
            return true;
        }

        private boolean level() {
            if (level != Level.NONE) {
                return false;
            }
            var found = from(LEVEL);
            if (!found.lookingAt() && isHead()) {
                found = from(LEVEL_AFTER);
            }
            if (!found.lookingAt()) {
                return false;
            }
            level = Level.of(found.group(1) != null || found.groupCount() < 2 ? found.group(1) : found.group(2));
            at = found.end();
            return true;
        }

        private boolean skipped(Pattern pattern) {
            var found = from(pattern);
            if (!found.lookingAt()) {
                return false;
            }
            at = found.end();
            return true;
        }

        private Matcher from(Pattern pattern) {
            return pattern.matcher(line).region(at, line.length());
        }
    }
}
