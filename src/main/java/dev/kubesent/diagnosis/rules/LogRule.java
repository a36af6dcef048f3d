package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Action;
import dev.kubesent.diagnosis.Cause;
import dev.kubesent.diagnosis.Diagnosis;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognises one cause by what programs print of it. Not a {@link Rule}: a log often speaks of several things, and {@link ProgramSays}
 * weighs what all of them found in it.
 */
interface LogRule {

    Cause cause();

    /** Sentences that mean this cause, in the tongues of those who print them. May catch host, port, file, name, user, what. */
    List<Pattern> signs();

    /** In lower case: one of these is in every line that a sign matches. Most lines have none, and are passed over for it. */
    List<String> words();

    String explain(LogSign sign);

    String advice();

    static List<Pattern> signs(String... expressions) {
        return Arrays.stream(expressions).map(Pattern::compile).toList();
    }

    /** @param crash whose log it is */
    default Diagnosis says(CrashFacts crash, LogSign sign) {
        return new Diagnosis(
                cause(),
                sign.confidence(crash),
                explain(sign),
                sign.quotes(),
                new Action.None(advice()),
                getClass().getSimpleName());
    }
}
