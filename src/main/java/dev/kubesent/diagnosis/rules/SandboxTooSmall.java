package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import dev.kubesent.failure.Failure.Obstacle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The memory limit is below what the runtime needs for the pod's sandbox; OOMKilled is then shown nowhere (research/failures.md, 1). */
final class SandboxTooSmall implements PendingRule {

    private static final Pattern TEXT = Pattern.compile("container init was OOM-killed");

    @Override
    public Cause cause() {
        return Cause.TOO_SMALL_TO_START;
    }

    @Override
    public Obstacle obstacle() {
        return Obstacle.NOT_SET_UP;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "The memory limit is too low for the pod's sandbox to start, let alone a container.";
    }

    @Override
    public String advice() {
        return "Raise resources.limits.memory; below about 16Mi little starts at all. KubeSent proposes no number, as nothing has run yet.";
    }
}
