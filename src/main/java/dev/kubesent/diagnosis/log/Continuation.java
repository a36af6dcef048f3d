package dev.kubesent.diagnosis.log;

import java.util.regex.Pattern;

/** Whether a line belongs to the entry before it. */
final class Continuation {

    /** A line of a stack trace or of a dump: it tells where, not what. */
    private static final com.google.re2j.Pattern FRAME = com.google.re2j.Pattern.compile(
            "\\s{1,80}at [\\w$.<\\[(/]|\\s{1,80}at async |\\s{0,80}\\.\\.\\. \\d{1,5} (?:more|common|lines)|\\s{2,80}File \"|\\s+from"
                    + " .{0,300}:\\d+:in |\\s{0,80}from .{0,300}:\\d+:in |#\\d{1,3} |goroutine \\d+|created by |\\[signal"
                    + " |\\s{0,80}\\d{1,4}:"
                    + " 0x|\\s{1,80}\\S{1,300}\\.(?:go|rs|c|cc|cpp|h|s):\\d+|[\\w./*()\\[\\]{}$-]{1,300}\\((?:0x"
                    + "|\\.\\.\\.|\\)|\\{0x)[^)]{0,300}\\)?$|\\s{1,80}\\^[\\^~"
                    + " ]{0,200}$|stack backtrace:|note: run with `RUST_BACKTRACE|--- End of|\\s{1,80}--- End of|rax"
                    + " |r[a-z0-9]{1,3} {1,4}0x|\\s{0,80}\\d{1,4}: <?[\\w:]{1,80}::[^ ]{0,200}$");

    /** Says more of what was said. */
    private static final Pattern MORE = Pattern.compile(
            "\\s|Caused by|Root cause|Suppressed:|DETAIL:|HINT:|CONTEXT:|STATEMENT:|QUERY:|LINE \\d+:|During handling"
                    + " of the above|The above exception was|[}\\])]{1,4}[,;]?$|---> |- \\S.{0,300}|\\* \\S|\\|"
                    + " |Reason:|Message {1,8}:|SQL State|Error Code|Location {1,8}:");

    /** PostgreSQL writes what belongs to a message below it, each with the head of its own. */
    private static final Pattern DETAIL = Pattern.compile("(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY|LOCATION):");

    /** The innermost cause so far of a Java or .NET trace. */
    private static final Pattern CAUSE = Pattern.compile(
            "\\s{0,40}(?:Caused by|Root cause|\\[cause\\]|---> ?|\\[cause\\]:)[: ]|\\s{1,8}\\d{1,2}: \\S");

    private static final Pattern PYTHONS_END = Pattern.compile("[A-Za-z_][\\w.]{0,120}(?::|$)");

    /** The head of an exception, as Java and .NET print it below a log line. */
    private static final Pattern EXCEPTION =
            Pattern.compile("(?:[a-z_$][\\w$]{0,60}\\.){1,12}[A-Z]\\w{0,100}(?:Exception|Error|Throwable|Failure)\\b");

    private Continuation() {}

    static boolean isDetail(String text) {
        return DETAIL.matcher(text).lookingAt();
    }

    static boolean isFrame(String line) {
        return FRAME.matcher(line).lookingAt();
    }

    static boolean isCause(String line) {
        return CAUSE.matcher(line).lookingAt();
    }

    static boolean isMore(String line) {
        return MORE.matcher(line).lookingAt() || isFrame(line);
    }

    static boolean isExceptionHead(String line) {
        return EXCEPTION.matcher(line).lookingAt();
    }

    /** What an open Python traceback ends in. */
    static boolean isEndOfTraceback(String line) {
        return PYTHONS_END.matcher(line).lookingAt();
    }
}
