package dev.kubesent.diagnosis.log;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The innermost cause in an entry: of Java, .NET and Rust the last that is named, of Python the first exception of the chain. */
final class Roots {

    private Roots() {}

    static List<Entry.Line> marked(List<Entry.Line> lines) {
        var root = root(lines);
        if (root < 0) {
            return List.copyOf(lines);
        }
        var marked = new ArrayList<>(lines);
        var line = lines.get(root);
        marked.set(root, new Entry.Line(line.text(), line.shown(), line.isFrame(), true));
        return marked;
    }

    private static int root(List<Entry.Line> lines) {
        return IntStream.range(1, lines.size())
                .filter(i -> !lines.get(i).isFrame()
                        && Continuation.isCause(lines.get(i).text()))
                .reduce((_, last) -> last)
                .orElseGet(() -> ofPython(lines));
    }

    /** The line after the frames of the first traceback. */
    private static int ofPython(List<Entry.Line> lines) {
        var begin = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).text().contains("Traceback (most recent call last)"))
                .findFirst();
        return begin.isEmpty()
                ? -1
                : IntStream.range(begin.getAsInt() + 1, lines.size())
                        .filter(i -> !lines.get(i).text().isBlank()
                                && !Character.isWhitespace(lines.get(i).text().charAt(0)))
                        .findFirst()
                        .orElse(-1);
    }
}
