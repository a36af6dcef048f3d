package dev.kubesent.diagnosis.model;

/** Is told of every call of a model, for whoever counts what they cost. */
@FunctionalInterface
public interface ModelCalls {

    /** @param tokens of question and answer together; 0 where the API did not say */
    void called(String model, Result result, long tokens);

    enum Result {
        ANSWERED,
        /** It answered, and nothing of use. */
        UNUSABLE,
        /** With an HTTP status. */
        REFUSED,
        NO_ANSWER
    }
}
