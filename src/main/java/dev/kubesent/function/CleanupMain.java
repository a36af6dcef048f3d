package dev.kubesent.function;

import dev.kubesent.cleanup.CleanupCommand;
import dev.kubesent.cleanup.CleanupCommand.Watched;
import dev.kubesent.cleanup.CleanupSettings;
import dev.kubesent.cleanup.CleanupSettings.UnusableException;
import dev.kubesent.cleanup.Ending;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code cleanup}: one run, and the process ends; with {@code --serve} one run for each request, for a PingSource. The image starts the first as a main
 * class of its own, with a cache that was trained with a cleanup (image.CleanupTraining).
 */
final class CleanupMain {

    /** Ours; sysexits.h calls it EX_SOFTWARE. */
    private static final int DEFECT = 70;

    private static final String SERVE = "--serve";

    /** Longer than it takes to finish one file, on any disk that is not dead. */
    private static final long SECONDS_TO_STOP = 10;

    private CleanupMain() {}

    @SuppressWarnings("SystemOut") // the terminal is the interface here
    static void main(String... arguments) {
        if (arguments.length > 0 && arguments[0].equals(SERVE)) {
            serve(Arrays.copyOfRange(arguments, 1, arguments.length));
        } else if (arguments.length > 0) {
            System.err.println("kubesent cleanup: unknown argument '" + arguments[0]
                    + "'; environment variables say what to do (docs/cleanup.md)");
            System.exit(CleanupCommand.UNUSABLE);
        } else {
            once();
        }
    }

    /** With nothing of Spring or of a cluster. */
    @SuppressWarnings("SystemOut")
    private static void once() {
        try {
            BuildCheck.refuseStaleCache();
        } catch (UsageException e) {
            System.err.println("kubesent cleanup: " + e.getMessage());
            System.exit(CleanupCommand.UNUSABLE);
        }
        var command =
                new CleanupCommand(System.out, System.err, isTerminal() ? Watched.ON_A_TERMINAL : Watched.IN_A_LOG);
        var printed = new CountDownLatch(1);
        var code = DEFECT;
        try {
            code = command.run(
                    System::getenv,
                    Clock.systemUTC(),
                    stop -> Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                        stop.run();
                        await(printed);
                    })));
        } catch (RuntimeException e) {
            System.err.println("kubesent cleanup: " + e + ", for " + e.getCause());
        } finally {
            printed.countDown();
        }
        // The first ends by itself: System.exit would open all jars in search of somebody who logs it. The second is
        // ending already.
        if (code != Ending.DONE.exitCode() && code != Ending.TERMINATED.exitCode()) {
            System.exit(code);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void serve(String... spring) {
        try {
            var _ = CleanupApplication.start(CleanupSettings.read(System::getenv), spring);
        } catch (UnusableException e) {
            System.err.println("kubesent cleanup: " + e.getMessage());
            System.exit(CleanupCommand.UNUSABLE);
        }
    }

    private static void await(CountDownLatch printed) {
        try {
            var _ = printed.await(SECONDS_TO_STOP, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }
}
