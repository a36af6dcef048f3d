package dev.kubesent.diagnosis.log;

import dev.kubesent.text.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes entries of lines. */
final class LogReader {

    /** Characters: a line that is longer has said it by then. */
    private static final int LONGEST = 2000;

    /** Lines of an entry; of a longer dump the rest tells nothing new. */
    private static final int LARGEST = 120;

    private static final String TRACEBACK = "Traceback (most recent call last)";

    private final List<Entry> entries = new ArrayList<>();
    private final List<Entry.Line> lines = new ArrayList<>();
    private Level level = Level.NONE;
    private boolean isHeaded;
    /** Of Python: until the line that names the exception. */
    private boolean isTraceback;
    /** Of Go: until a line that is no frame. */
    private boolean isAfterBlank;
    /** Braces that an object's dump has open. */
    private int braces;

    static List<Entry> read(List<String> log) {
        var reader = new LogReader();
        for (var line : Prefixes.without(log)) {
            Effort.steps(1L + Math.min(line.length(), LONGEST));
            reader.line(line.substring(0, Math.min(LONGEST, line.length())));
        }
        reader.close();
        return reader.entries;
    }

    private void line(String line) {
        if (line.isBlank()) {
            isAfterBlank = true;
            return;
        }
        var head = ofShell(Head.of(line));
        var isBelow = !lines.isEmpty() && (head.isThere() ? Continuation.isDetail(head.text()) : belongs(line));
        var structured = isBelow ? Optional.<Structured>empty() : Structured.of(head.text());
        var wrapped = structured.map(Structured::texts).filter(texts -> texts.size() == 1);
        if (isBelow && lines.size() < LARGEST) {
            add(head.isThere() ? head.text() : line, line, Continuation.isFrame(line));
        } else if (wrapped.isPresent()
                && !lines.isEmpty()
                && belongs(wrapped.get().getFirst())) {
            // A logger that makes a record of each line of a stack trace.
            var text = wrapped.get().getFirst();
            add(text, text, Continuation.isFrame(text));
        } else if (structured.isPresent()) {
            begin(head.level().or(structured.get().level()), true);
            structured(structured.get(), line, head);
        } else if (!isBelow) {
            begin(head.level(), head.isThere());
            add(head.text().isBlank() ? line : head.text(), line, false);
        }
        isAfterBlank = false;
    }

    /** What a shell echoes of itself (set -x) is source, and nothing that was said. */
    private static Head ofShell(Head head) {
        return head.text().startsWith("+ ") || head.text().startsWith("++ ")
                ? new Head(true, Level.DEBUG, head.text())
                : head;
    }

    private boolean belongs(String line) {
        if (isTraceback) {
            isTraceback = !Continuation.isEndOfTraceback(line);
            return true;
        }
        if (line.startsWith(TRACEBACK)) {
            return isAfterBlank && isOfTraceback() || isHeaded && !level.isCalm() && !isAfterBlank;
        }
        if (braces > 0 || isSpringsAnalysis()) {
            return true;
        }
        if (Continuation.isMore(line)) {
            return !isAfterBlank || Continuation.isFrame(line) || Continuation.isCause(line) || isOfTraceback();
        }
        return isHeaded && !level.isCalm() && lines.size() == 1 && Continuation.isExceptionHead(line);
    }

    /** Spring tells why it did not start in paragraphs. */
    private boolean isSpringsAnalysis() {
        return lines.getFirst().text().contains("APPLICATION FAILED TO START");
    }

    /** Whether what comes after a blank line may still be of the same traceback: Python leaves one between chained exceptions. */
    private boolean isOfTraceback() {
        return lines.stream().anyMatch(line -> line.text().contains(TRACEBACK));
    }

    private void structured(Structured read, String line, Head head) {
        var isOneLine = !head.text().startsWith("{");
        for (var text : read.texts()) {
            add(text, isOneLine ? line : text, false);
        }
        read.trace().forEach(text -> add(text, text, Continuation.isFrame(text)));
    }

    private void begin(Level of, boolean headed) {
        close();
        level = of;
        isHeaded = headed;
    }

    private void add(String text, String shown, boolean isFrame) {
        lines.add(new Entry.Line(text, shown.strip(), isFrame, false));
        isTraceback |= text.contains(TRACEBACK);
        braces += text.endsWith("{") ? 1 : 0;
        var end = text.strip();
        braces -= braces > 0 && (end.equals("}") || end.equals("},") || end.equals("})")) ? 1 : 0;
    }

    private void close() {
        if (!lines.isEmpty()) {
            var rooted = Roots.marked(lines);
            entries.add(new Entry(entries.size(), level, Wrappers.role(rooted), rooted));
        }
        lines.clear();
        isTraceback = false;
        braces = 0;
    }
}
