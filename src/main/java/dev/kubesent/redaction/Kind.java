package dev.kubesent.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.kubesent.text.Effort;
import java.util.List;
import java.util.function.Predicate;

/**
 * A form that secrets have.
 *
 * @param keywords in small letters: a text without all of them holds none of this kind, and the pattern does not run
 * @param group of the pattern that is the secret; 0 for all of it
 * @param check whether what was found is one
 */
record Kind(String name, List<String> keywords, Pattern pattern, int group, Predicate<Matcher> check) {

    /** Of one text. What is found beyond is not looked at again, and taken for a secret: looking costs as much as finding. */
    private static final int REFUSED = 100;

    Kind(String name, String keywords, String pattern, int group) {
        this(name, keywords, pattern, group, _ -> true);
    }

    /** @param keywords with blanks between them */
    Kind(String name, String keywords, String pattern, int group, Predicate<Matcher> check) {
        this(name, List.of(keywords.split(" ")), Pattern.compile(pattern), group, check);
    }

    /** @param text of a view @param small the same in small letters */
    void find(String text, String small, View view, List<Span> found) {
        if (keywords.stream().noneMatch(small::contains)) {
            return;
        }
        var matcher = pattern.matcher(text);
        int refused = 0;
        for (int from = 0; from <= text.length() && find(matcher, text, from); ) {
            int start = matcher.start(group);
            int end = matcher.end(group);
            if (start < end
                    && !Facts.isMasked(text.substring(start, end))
                    && (refused > REFUSED || check.test(matcher))) {
                found.add(view.span(name, start, end));
                from = end;
            } else {
                refused++;
                from = Math.max(from + 1, Math.max(start, matcher.start() + 1));
            }
        }
    }

    /** What was looked through is counted: from there to the end of what was found, or of the text. */
    private static boolean find(Matcher matcher, String text, int from) {
        var found = matcher.find(from);
        Effort.steps(1 + (found ? matcher.end() : text.length()) - from);
        return found;
    }
}
