package dev.kubesent.watch;

import java.util.Optional;

/** What gives this process something to do. */
public interface Feed extends AutoCloseable {

    /** Also again after a {@link #close}. */
    void begin();

    /** Whether it is this process that works, and not another one of the same Deployment. */
    boolean leads();

    /** Why it gets less than it should, and what to do about it; empty where it does not. */
    Optional<String> trouble();

    /** In a few words; empty where others feed it. */
    String state();

    /** Why this process can never do its part again, until it is started anew; empty where it can. */
    default Optional<String> dead() {
        return Optional.empty();
    }

    /** What there is to count of it; empty where others feed it. */
    default Optional<Figures> figures() {
        return Optional.empty();
    }

    /** @param waiting for a look, now @param again looks that were in vain and are made again @param left to a sweep, for want of room or after too many looks in vain */
    record Figures(int waiting, long again, long left) {}

    @Override
    void close();

    /** Others send it, to whatever process they reach. @param first what is done at the begin */
    static Feed events(Runnable first) {
        return new Feed() {
            @Override
            public void begin() {
                first.run();
            }

            @Override
            public boolean leads() {
                return true;
            }

            @Override
            public Optional<String> trouble() {
                return Optional.empty();
            }

            @Override
            public String state() {
                return "";
            }

            @Override
            public void close() {
                // others go on sending, and are told to come again
            }
        };
    }
}
