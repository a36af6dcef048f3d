package com.google.re2j;

import java.util.Random;

/**
 * Makes a text that a pattern matches. It stands in RE2/J's package for its parser, which knows what Go's patterns mean, and is
 * of no other package.
 */
public final class Sample {

    /** Of what may be repeated for ever. */
    private static final int MORE = 3;

    private final Random random;
    private final StringBuilder made = new StringBuilder();
    private final int group;
    private int start;
    private int end;

    private Sample(Random random, int group) {
        this.random = random;
        this.group = group;
    }

    /** @param secret the part of it that a group catches */
    public record Made(String text, String secret) {}

    /** @param group of the secret; 0 for the first, or all where there is none */
    public static Made of(String pattern, int group, Random random) {
        var tree = Parser.parse(pattern, RE2.PERL);
        var sample = new Sample(random, group == 0 ? firstGroup(tree) : group);
        sample.add(tree);
        var text = sample.made.toString();
        return new Made(text, sample.end > sample.start ? text.substring(sample.start, sample.end) : text);
    }

    private static int firstGroup(Regexp tree) {
        return tree.maxCap() >= 1 ? 1 : 0;
    }

    private void add(Regexp part) {
        switch (part.op) {
            case LITERAL -> {
                for (int rune : part.runes) {
                    made.appendCodePoint(rune);
                }
            }
            case CHAR_CLASS -> made.appendCodePoint(ofClass(part.runes));
            case ANY_CHAR, ANY_CHAR_NOT_NL -> made.append((char) ('a' + random.nextInt(26)));
            case CAPTURE -> {
                int from = made.length();
                add(part.subs[0]);
                if (part.cap == group) {
                    start = from;
                    end = made.length();
                }
            }
            case STAR -> times(part.subs[0], random.nextInt(MORE));
            case PLUS -> times(part.subs[0], 1 + random.nextInt(MORE));
            case QUEST -> times(part.subs[0], random.nextInt(2));
            case REPEAT ->
                times(
                        part.subs[0],
                        part.min + (part.max < 0 ? MORE : random.nextInt(Math.min(part.max - part.min, 8) + 1)));
            case CONCAT -> {
                for (var sub : part.subs) {
                    add(sub);
                }
            }
            case ALTERNATE -> add(part.subs[random.nextInt(part.subs.length)]);
            case NO_MATCH,
                    EMPTY_MATCH,
                    BEGIN_LINE,
                    END_LINE,
                    BEGIN_TEXT,
                    END_TEXT,
                    WORD_BOUNDARY,
                    NO_WORD_BOUNDARY,
                    LEFT_PAREN,
                    VERTICAL_BAR -> {
                // Nothing stands there.
            }
        }
    }

    private void times(Regexp part, int times) {
        for (int i = 0; i < times; i++) {
            add(part);
        }
    }

    /** Each as likely as any other, of what can be read. */
    private int ofClass(int[] ranges) {
        var all = new StringBuilder();
        for (int pair = 0; pair < ranges.length; pair += 2) {
            for (int rune = Math.max('!', ranges[pair]); rune <= Math.min('~', ranges[pair + 1]); rune++) {
                all.append((char) rune);
            }
        }
        // Base64 has it only at the end.
        var inside = all.length() > 30 ? all.toString().replace("=", "") : all.toString();
        return inside.isEmpty() ? ranges[0] : inside.charAt(random.nextInt(inside.length()));
    }
}
