package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** workingDir, or the image's WORKDIR, is not there or may not be entered. */
final class WorkingDirectoryMissing implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "(chdir to cwd \\(?\"?|failed to mkdir \"?|mkdir |current working directory \"?)(?<dir>/[^\"\\s):]{0,255}+)"
                    + "[^:]{0,80}+: .{0,200}?(no such file|permission denied|not a directory|not exist|read-only)");

    @Override
    public Cause cause() {
        return Cause.WORKING_DIRECTORY_MISSING;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "The working directory %s cannot be entered.".formatted(Named.first(found, "dir"));
    }

    @Override
    public String advice() {
        return "Correct workingDir, or make the directory in the image, readable for the user of the container.";
    }
}
