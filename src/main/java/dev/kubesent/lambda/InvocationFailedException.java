package dev.kubesent.lambda;

/**
 * What Lambda is told where nobody reads an answer: it repeats an asynchronous invocation twice, and then hands it to the function's
 * failure destination; a caller that waits sees the message.
 */
public final class InvocationFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvocationFailedException(String message) {
        super(message);
    }
}
