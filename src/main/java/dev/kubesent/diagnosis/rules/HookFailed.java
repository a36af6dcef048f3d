package dev.kubesent.diagnosis.rules;

import dev.kubesent.diagnosis.Cause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A postStart hook that fails has its container killed. */
final class HookFailed implements StartRule {

    private static final Pattern TEXT = Pattern.compile(
            "PostStartHookError|PreStartHookError|PreCreateHookError|FailedPostStartHook|Exec lifecycle hook"
                    + " \\((?<what>.{0,300}?)\\) for Container|[Pp]ost[Ss]tart(Hook)? (hook )?failed");

    @Override
    public Cause cause() {
        return Cause.HOOK_FAILED;
    }

    @Override
    public Pattern text() {
        return TEXT;
    }

    @Override
    public String explain(Matcher found) {
        return "The hook that runs after the container's start fails, and so the container is killed.";
    }

    @Override
    public String advice() {
        return "Run the hook's command in the container; let it wait for what it needs, within its time.";
    }
}
