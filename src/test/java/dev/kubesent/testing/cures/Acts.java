package dev.kubesent.testing.cures;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.action.Action;
import dev.kubesent.action.AllowStart;
import dev.kubesent.action.AskThePort;
import dev.kubesent.action.CorrectImage;
import dev.kubesent.action.RaiseMemory;
import dev.kubesent.action.Restart;
import dev.kubesent.action.RollBack;
import dev.kubesent.action.SetField;
import dev.kubesent.action.Suggestion;
import dev.kubesent.action.TemplateField;
import java.time.Duration;
import java.util.List;

/**
 * One of each kind of act that changes something; amounts and places are of no matter.
 *
 * @param forWhatIsDown whether it is only for a pod of which a container is down, as a person has written it down
 * @param does as docs/causes.md has it; empty where it depends on the cause, or no rule proposes it
 */
public record Acts(Action sample, boolean forWhatIsDown, String does) {

    public static final List<Acts> EACH = List.of(
            new Acts(new RaiseMemory(), true, """
                Raises the limit: a fifth more, at least 100 Mi; twice as much if the last raise was less than 10 minutes ago. Of a CronJob it does so for the \
                next run, of a Job for the next try (Kubernetes 1.36).\
                """),
            new Acts(new RollBack(), false, ""),
            new Acts(new CorrectImage("registry.lab/shop:1.3"), true, """
                Sets the tag that runs in the namespace or else in the cluster, or that the registry has \
                ([where it may be asked](decisions/0028-asking-registries.md)), where it is a slip away, the workload was never healthy, and `image` is allowed.\
                """),
            new Acts(
                    new AllowStart(Duration.ofMinutes(5)),
                    true,
                    "Adds a startupProbe where `probe` is allowed, else proposes it."),
            new Acts(
                    new AskThePort(),
                    true,
                    "Lets the liveness probe ask the port where `probe` is allowed and the path answers 404."),
            new Acts(
                    new Restart(95),
                    true,
                    "If `restart` is allowed and this pod fails alone among healthy siblings, replaces it."),
            new Acts(new SetField(new Suggestion(TemplateField.ARGS, TextNode.valueOf("x"))), true, ""));
}
