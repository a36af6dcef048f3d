package dev.kubesent.cleanup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What could not be deleted or read: all are counted, and the first few told with their reason. */
final class Complaints {

    private static final int TOLD = 10;

    /** Characters of a path; its end says most. */
    private static final int LONGEST = 300;

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
            out.accept("cannot clean up " + printable(path) + ": " + printable(reason(why)));
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

    /** A file's name is anybody's text: a line feed in it must not look like a line of ours. */
    private static String printable(Object text) {
        var clean = text.toString().replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= LONGEST ? clean : "…" + clean.substring(clean.length() - LONGEST);
    }
}
