package dev.kubesent.registry;

import dev.kubesent.evidence.revision.OneEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a tag is another with one letter wrong in one of its words: {@code 1.4-debgu} is {@code 1.4-debug}. A registry has all versions there
 * ever were, so that nothing else may differ: {@code 1.42} is not {@code 1.4.2}, nor {@code v2a} {@code v2b}.
 */
final class Misspelling {

    /** Letters of a word that is meant as one: rc, prd and dev are as good as other words. */
    private static final int WORD = 4;

    private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

    private Misspelling() {}

    static boolean isOf(String tag, String other) {
        if (tag.equals(other)
                || !LETTERS.matcher(tag)
                        .replaceAll("x")
                        .equals(LETTERS.matcher(other).replaceAll("x"))) {
            return false;
        }
        var words = words(tag);
        var others = words(other);
        var wrong = new ArrayList<Integer>();
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).equals(others.get(i))) {
                wrong.add(i);
            }
        }
        return wrong.size() == 1 && isOneEdit(words.get(wrong.getFirst()), others.get(wrong.getFirst()));
    }

    private static List<String> words(String tag) {
        return LETTERS.matcher(tag).results().map(match -> match.group()).toList();
    }

    private static boolean isOneEdit(String word, String other) {
        return Math.min(word.length(), other.length()) >= WORD && OneEdit.isBetween(word, other);
    }
}
