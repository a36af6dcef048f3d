package dev.kubesent.diagnosis.rules.lifecycle;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Source;
import dev.kubesent.failure.Failure.Ended;
import java.util.List;
import java.util.Optional;

/** What the status of a pod says that is over. */
final class Said {

    private Said() {}

    static Optional<Matcher> find(Pattern pattern, Ended ended) {
        var found = pattern.matcher(ended.message());
        return found.find() ? Optional.of(found) : Optional.empty();
    }

    /** Without what each refusal begins with. */
    static String words(Ended ended) {
        return quotes(ended).getFirst().text().replaceFirst("^pod failed: [^:]{1,200}:? ?(Pod was rejected: )?", "");
    }

    static List<Quote> quotes(Ended ended) {
        var text = "pod failed: " + ended.reason();
        return List.of(new Quote(
                Source.STATUS,
                ended.message().isBlank() ? text : text + ": " + ended.message().strip()));
    }
}
