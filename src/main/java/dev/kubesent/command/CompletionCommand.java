package dev.kubesent.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: what a shell needs to complete the words of this command line. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Print the completion script for bash and zsh.",
            "In bash: source <(kubesent completion). In zsh the same, after: autoload -U bashcompinit; bashcompinit"
        },
        footerHeading = Rendering.RIGHTS,
        footer = "None: no cluster is asked.")
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        var line = Objects.requireNonNull(spec).commandLine();
        line.getOut().println(AutoComplete.bash("kubesent", spec.root().commandLine()));
        line.getOut().flush();
        return ExitCode.DONE.code();
    }
}
