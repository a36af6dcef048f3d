package dev.kubesent.command;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.redaction.Legible;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command on the cluster of the current kubeconfig. Whatever comes of it is said in plain words, and as an {@link ExitCode}. */
@Command(mixinStandardHelpOptions = true, exitCodeOnExecutionException = 70)
abstract class PersonCommand implements Callable<Integer> {

    private final Reach reach;

    @Spec
    private @Nullable CommandSpec spec;

    PersonCommand(Reach reach) {
        this.reach = reach;
    }

    /**
     * @return what is printed
     * @throws IllegalArgumentException in a sentence, where the command line asks for what is not there
     * @throws NotDoneException where nothing was changed
     * @throws ClusterException where the cluster cannot be read
     */
    abstract String answer(Reach.Reached cluster);

    @Override
    public final Integer call() {
        try {
            var line = Objects.requireNonNull(spec).commandLine();
            line.getOut().println(answer(reach.cluster()));
            line.getOut().flush();
            return ExitCode.DONE.code();
        } catch (IllegalArgumentException e) {
            return ended(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (NotDoneException e) {
            return ended(ExitCode.NOT_DONE, String.valueOf(e.getMessage()));
        } catch (ClusterException e) {
            return ended(ExitCode.UNREADABLE, unreadable(e));
        }
    }

    /** Sends a write. @param right what to do where the person has no right to it */
    static void write(Runnable request, String right) {
        try {
            request.run();
        } catch (ClusterException e) {
            switch (e.kind()) {
                case FORBIDDEN ->
                    throw new NotDoneException("nothing was changed. " + e.getMessage() + ". " + right, e);
                case NOT_FOUND, ALREADY_EXISTS, CONFLICT, REJECTED ->
                    throw new NotDoneException("nothing was changed. " + e.getMessage(), e);
                case UNREACHABLE, BROKEN ->
                    throw new ClusterException(
                            e.kind(),
                            "it is not known whether anything was changed; look at it again. " + e.getMessage(),
                            e);
                case BUSY, UNAUTHORIZED -> throw e;
            }
        }
    }

    private int ended(ExitCode code, String why) {
        var command = Objects.requireNonNull(spec);
        command.commandLine().getErr().println("kubesent %s: %s".formatted(command.name(), Legible.block(why)));
        command.commandLine().getErr().flush();
        return code.code();
    }

    private static String unreadable(ClusterException e) {
        return switch (e.kind()) {
            case FORBIDDEN ->
                e.getMessage() + ". You need the right to read that; kubectl auth can-i shows your rights.";
            case UNAUTHORIZED -> e.getMessage() + ". Log in to the cluster again (kubectl get pods shows how).";
            case UNREACHABLE -> e.getMessage() + ". Is it the right kubeconfig (kubectl cluster-info)?";
            case BUSY, BROKEN -> e.getMessage() + ". The API server has a problem. Try again.";
            case NOT_FOUND, ALREADY_EXISTS, CONFLICT, REJECTED -> String.valueOf(e.getMessage());
        };
    }
}
