package dev.kubesent.cleanup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What could not be deleted or read: all are counted, and the first few told with their reason. */
final class Complaints {

    private static final int TOLD = 10;

    private final Tally tally;
    private final Consumer<String> out;
    private final AtomicInteger told = new AtomicInteger();

    Complaints(Tally tally, Consumer<String> out) {
        this.tally = tally;
        this.out = out;
    }

    void about(Path path, IOException why) {
        tally.failed.increment();
        var number = told.incrementAndGet();
        if (number <= TOLD) {
            out.accept("cannot clean up " + Printable.of(path) + ": " + Printable.of(reason(why)));
        } else if (number == TOLD + 1) {
            out.accept("and more, which are only counted");
        }
    }

    private static String reason(IOException why) {
        return switch (why) {
            case FileSystemException system when system.getReason() != null -> system.getReason();
            case FileSystemException system -> system.getClass().getSimpleName().replaceAll("Exception$", "");
            case IOException other -> String.valueOf(other.getMessage());
        };
    }
}
