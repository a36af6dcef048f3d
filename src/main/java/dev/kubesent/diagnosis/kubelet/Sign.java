package dev.kubesent.diagnosis.kubelet;

import com.google.re2j.Pattern;
import dev.kubesent.diagnosis.Cause;
import java.util.List;

/**
 * One thing that the world says, and what it means.
 *
 * @param says a sentence, in which {@code {name}} and {@code {before name after}} are what the pattern caught
 */
public record Sign(String id, Cause cause, Certainty certainty, List<Pattern> patterns, String says, String advice) {
    public Sign {
        patterns = List.copyOf(patterns);
    }
}
