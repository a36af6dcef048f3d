package dev.kubesent.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long the sentences of a page are: words of each, as a reader counts them. {@code src/bench/sentences.sh} prints it, and {@link SentencesTest} holds
 * the first two pages that a person reads. It needs nothing but the JDK, so that it runs from its source.
 *
 * <p>Code blocks and headings are left out. A link counts as its text, inline code as one word. A table's cell is text of its own, and counts where it has
 * {@link #CELL} words or more: cells of one word are no sentences, and would flatter the average.
 */
final class Sentences {

    /** Words from which a cell is a sentence. */
    private static final int CELL = 5;

    private final List<String> all = new ArrayList<>();
    private final List<Integer> cells = new ArrayList<>();

    private Sentences() {}

    static Sentences of(String markdown) {
        var found = new Sentences();
        var paragraph = new StringBuilder();
        var isCode = false;
        for (var line : markdown.lines().toList()) {
            var text = line.strip();
            if (text.startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode && !ends(text)) {
                paragraph
                        .append(isItem(text) ? found.closed(paragraph) : "")
                        .append(' ')
                        .append(text.replaceFirst("^([-*]|\\d+\\.) ", ""));
                continue;
            }
            found.closed(paragraph);
            if (!isCode && text.startsWith("|")) {
                found.row(text);
            }
        }
        found.closed(paragraph);
        return found;
    }

    /** An empty line, a heading, a row of a table, a picture or markup. */
    private static boolean ends(String text) {
        return text.isEmpty() || Stream.of("#", "|", "![", "<").anyMatch(text::startsWith);
    }

    private static boolean isItem(String text) {
        return text.matches("([-*]|\\d+\\.) .*");
    }

    private String closed(StringBuilder paragraph) {
        for (var sentence : plain(paragraph.toString()).split("(?<=[.!?])[)\"*_]*\\s+")) {
            if (words(sentence) > 0) {
                all.add(sentence.strip());
            }
        }
        paragraph.setLength(0);
        return "";
    }

    private void row(String line) {
        if (line.matches("[|\\s:-]+")) {
            return;
        }
        for (var cell : line.split("(?<!\\\\)\\|")) {
            int words = words(plain(cell));
            cells.add(words);
            if (words >= CELL) {
                closed(new StringBuilder(cell));
            }
        }
    }

    private static String plain(String text) {
        return text.replaceAll("`[^`]*`", "CODE")
                .replaceAll("!?\\[([^]]*)]\\([^)]*\\)", "$1")
                .replaceAll("<[^>]*>", "");
    }

    static int words(String text) {
        return (int) Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> word.chars().anyMatch(Character::isLetterOrDigit))
                .count();
    }

    private List<Integer> lengths() {
        return all.stream().map(Sentences::words).sorted().toList();
    }

    int count() {
        return all.size();
    }

    double average() {
        return lengths().stream().mapToInt(Integer::intValue).average().orElse(0);
    }

    /** So many words or fewer have nine of ten. */
    int p90() {
        var lengths = lengths();
        return lengths.isEmpty() ? 0 : lengths.get((int) Math.ceil(lengths.size() * 0.9) - 1);
    }

    int longestCell() {
        return cells.stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The longest first. */
    List<String> longest(int least) {
        return all.stream()
                .filter(sentence -> words(sentence) >= least)
                .sorted((one, other) -> words(other) - words(one))
                .toList();
    }

    /** Prints a line for each page; with -v also its sentences of more than 26 words. */
    static void main(String... pages) throws IOException {
        System.out.printf(
                "%-40s %9s %8s %5s %8s %5s %s%n",
                "page", "sentences", "average", "p90", "longest", "lines", "longest cell");
        for (var page : pages) {
            if (page.equals("-v")) {
                continue;
            }
            var text = Files.readString(Path.of(page));
            var found = of(text);
            System.out.printf(
                    "%-40s %9d %8.1f %5d %8d %5d %d%n",
                    page,
                    found.count(),
                    found.average(),
                    found.p90(),
                    found.lengths().isEmpty() ? 0 : found.lengths().getLast(),
                    text.lines().count(),
                    found.longestCell());
            if (pages[0].equals("-v")) {
                found.longest(27).forEach(sentence -> System.out.println("    " + words(sentence) + "  " + sentence));
            }
        }
    }
}
