package dev.kubesent.change;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import dev.kubesent.cluster.Subresource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds all of the traffic of a Knative Service at one Revision, or lets it go to whichever is the latest again. Its template stays as it is:
 * what is rolled out next is made, and gets no traffic before somebody says so.
 *
 * @param failure which is to be cured by it, of this container
 * @param from the Revision that has the traffic
 * @param to the Revision that gets it; empty for whichever is the latest
 * @param operations which pin the traffic as it was
 */
public record TrafficPin(
        ObjectRef target,
        FailureKind failure,
        String container,
        String from,
        String to,
        List<PatchOperation> operations)
        implements Change {

    public static final String PATH = "/spec/traffic";

    public TrafficPin {
        operations = List.copyOf(operations);
    }

    /** @param before the traffic as it is */
    public static TrafficPin of(
            ObjectRef target, FailureKind failure, String container, String from, String to, JsonNode before) {
        return new TrafficPin(
                target,
                failure,
                container,
                from,
                to,
                List.of(
                        new PatchOperation.Test("/metadata/uid", TextNode.valueOf(target.uid())),
                        new PatchOperation.Test(PATH, before),
                        new PatchOperation.Put(PATH, traffic(to))));
    }

    /** As Knative's webhook would complete it, so that it is known again. @param to empty for whichever is the latest */
    public static JsonNode traffic(String to) {
        var all = JsonNodeFactory.instance.arrayNode();
        var target = all.addObject().put("latestRevision", to.isEmpty()).put("percent", 100);
        if (!to.isEmpty()) {
            target.put("revisionName", to);
        }
        return all;
    }

    @Override
    public Deed deed() {
        return Deed.ROLL_BACK;
    }

    @Override
    public Set<String> keeps() {
        return Set.of("target", "failure", "container", "from", "to");
    }

    @Override
    public Touches touches() {
        return Touches.TRAFFIC;
    }

    @Override
    public Grace grace() {
        return Grace.TO_BE_RESTARTED;
    }

    @Override
    public NodeNeed nodeNeed() {
        return NodeNeed.NONE;
    }

    @Override
    public boolean maySet(String path, Set<String> fields) {
        return path.equals(PATH);
    }

    @Override
    public List<Request> requests() {
        return List.of(new Request.Patch(target, Subresource.NONE, operations));
    }

    @Override
    public ObjectNode fields() {
        var fields = JsonNodeFactory.instance.objectNode();
        fields.withObject("/spec").set("traffic", traffic(to));
        return fields;
    }

    @Override
    public Optional<String> whyNotOurs() {
        return Fragment.puts(operations).allMatch(put -> put.value().equals(traffic(to)))
                ? Optional.empty()
                : Optional.of("its patch sends the traffic elsewhere");
    }

    @Override
    public String was() {
        return from;
    }

    @Override
    public String becomes() {
        return to.isEmpty() ? "the latest" : to;
    }

    @Override
    @JsonIgnore
    public Permission permission() {
        return Permission.ROLLBACK;
    }

    @Override
    public String purpose() {
        return "let the traffic of %s go to %s".formatted(target.display(), display(to));
    }

    @Override
    public List<String> diff() {
        return List.of(
                target.display() + " in " + target.namespace(),
                "- traffic: 100 % to " + display(from),
                "+ traffic: 100 % to " + display(to));
    }

    private static String display(String revision) {
        return revision.isEmpty() ? "the latest Revision" : "Revision " + revision;
    }
}
