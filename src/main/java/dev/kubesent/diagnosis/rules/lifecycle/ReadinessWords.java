package dev.kubesent.diagnosis.rules.lifecycle;

import com.google.re2j.Pattern;
import dev.kubesent.api.v1alpha1.Cause;
import dev.kubesent.diagnosis.Quote;
import dev.kubesent.evidence.Source;
import java.util.List;

/** What the kubelet says of a readiness probe that fails, and what that leaves open (kubernetes 1.35, pkg/probe). */
final class ReadinessWords {

    static final String NONE = "Why its readiness probe fails, no event says any more.";

    private record Word(Pattern pattern, String meaning, String advice) {}

    private static final List<Word> WORDS = List.of(
            word(
                    "statuscode: 400",
                    "The program answers its readiness probe with 400: as it does for a Host header that it does not"
                            + " know (the kubelet sends the pod's address), or for plain HTTP where it wants TLS.",
                    "Give the probe a header Host (httpHeaders) that the program allows, allow the pod's address in"
                            + " the program, or set the probe's scheme to HTTPS."),
            word(
                    "statuscode: (?:401|403)",
                    "The program answers its readiness probe only to callers that have signed in.",
                    "Let the probe's path be read without signing in, or ask another one."),
            word(
                    "statuscode: 404",
                    "The program answers its readiness probe that there is no such path.",
                    "Correct the probe's path."),
            word(
                    "statuscode: 5\\d\\d",
                    "The program answers its readiness probe that it is not ready (an error of its own, or of what it"
                            + " needs).",
                    "The answer's body and the log say what it waits for; mostly a dependency."),
            word(
                    "OCI runtime exec failed|executable file (?:`[^`]{1,200}` )?not found",
                    "The command of its readiness probe is not to be executed in the image, so that the program itself"
                            + " is not asked at all.",
                    Cause.PROBE_COMMAND_MISSING.advice()),
            word(
                    "(?i)connection refused",
                    "Nothing listens where its readiness probe asks: another port, another address than the pod's, or"
                            + " a start that is not over.",
                    "Compare the probe's port with what the program says it listens on; it must listen on all"
                            + " addresses, and not on 127.0.0.1 only."),
            word(
                    "(?i)deadline exceeded|timed out|timeout",
                    "Its readiness probe gets no answer in time.",
                    "See whether the program hangs, or the probe's timeoutSeconds (1 by default) is too short for it."),
            word(
                    "(?i)HTTP/1.x transport connection broken|malformed HTTP|server gave HTTP response to HTTPS"
                            + " client|tls:",
                    "Its readiness probe speaks another protocol than the program.",
                    "Correct the probe's scheme, or its kind."));

    private ReadinessWords() {}

    static String explain(String message) {
        return WORDS.stream()
                .filter(word -> word.pattern().matcher(message).find())
                .findFirst()
                .map(Word::meaning)
                .orElseGet(() -> "Its readiness probe fails: " + said(message));
    }

    static String advice(String message) {
        return WORDS.stream()
                .filter(word -> word.pattern().matcher(message).find())
                .findFirst()
                .map(Word::advice)
                .orElseGet(Cause.NEVER_READY::advice);
    }

    /** What its command printed, or the kubelet adds; one line, and masked as a quote is. */
    private static String said(String message) {
        var words = message.replaceFirst("^Readiness probe (failed|errored)[^:]{0,80}: ?", "")
                .strip();
        return words.isEmpty() ? "it says no more." : new Quote(Source.EVENTS, words).text();
    }

    private static Word word(String pattern, String meaning, String advice) {
        return new Word(Pattern.compile(pattern), meaning, advice);
    }
}
