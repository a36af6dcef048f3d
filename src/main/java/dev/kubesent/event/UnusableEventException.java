package dev.kubesent.event;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Carries a {@link Problem} out of the decoding; it never leaves this package. */
final class UnusableEventException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    UnusableEventException(Problem.Kind kind, String detail) {
        super(detail, null, false, false); // it is an answer: a stack trace each would cost more than the event
        this.problem = new Problem(kind, detail);
    }

    /** The parser's own words, with the place. @param what which JSON: "the event", "the event's data" */
    static UnusableEventException malformed(String what, JsonProcessingException e) {
        var at = e.getLocation();
        var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
        return new UnusableEventException(
                Problem.Kind.MALFORMED_JSON,
                what + " is not valid JSON" + where + ": " + firstLine(e.getOriginalMessage()));
    }

    Problem problem() {
        return problem;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
