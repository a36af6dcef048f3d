package dev.kubesent.diagnosis.signature;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/** An expression that is compiled when it is first needed: of hundreds a log needs a few, and compiling all takes longer than reading it. */
final class Expression {

    private final String text;
    private volatile @Nullable Pattern compiled;

    Expression(String text) {
        this.text = text;
    }

    /** @throws com.google.re2j.PatternSyntaxException where it is none */
    Pattern pattern() {
        var pattern = compiled;
        if (pattern == null) {
            pattern = Pattern.compile(text);
            compiled = pattern;
        }
        return pattern;
    }
}
