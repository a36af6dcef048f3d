package dev.kubesent.report;

/** Somebody who is told. It must not throw: what it tells has already happened. */
@FunctionalInterface
public interface Reporter {

    void tell(Finished finished);
}
