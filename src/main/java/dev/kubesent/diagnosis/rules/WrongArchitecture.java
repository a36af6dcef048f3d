package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An executable of another processor; or a script without #!, which the kernel cannot tell from one. */
final class WrongArchitecture implements StartRule {

    private static final Pattern TEXT = Pattern.compile("(?i)exec format error");

    @Override
    public Cause cause() {
        return Cause.WRONG_ARCHITECTURE;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public boolean isSaidInTheLog() {
        return true;
    }

    @Override
    public String explain(Matcher found) {
        return "The kernel cannot execute the program: it is of another processor, or a script without '#!' in its first line.";
    }

    @Override
    public String advice() {
        return "Build the image for this node's processor (docker buildx --platform), or begin the script with #!/bin/sh.";
    }
}
