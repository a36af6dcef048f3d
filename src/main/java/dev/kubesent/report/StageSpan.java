package dev.kubesent.report;

/** A stage under way. Like a {@link Reporter}, it must neither throw nor wait. */
public interface StageSpan extends AutoCloseable {

    /** Where nobody follows it. */
    StageSpan UNOBSERVED = new StageSpan() {
        @Override
        public void failed(RuntimeException e) {
            // nobody is there
        }

        @Override
        public void close() {
            // nobody is there
        }
    };

    /** It ends by this exception; {@link #close} comes all the same. */
    void failed(RuntimeException e);

    @Override
    void close();
}
