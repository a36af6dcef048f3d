package dev.kubesent.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.Fingerprint;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;

/**
 * Who names the Revisions of a Knative Service himself has to give each its own: Knative's webhook refuses another template under the same name
 * ("Saw the following changes without a name change"), and its controller another Revision under a name that is taken.
 */
public final class NextRevisionName {

    /** Where it is; absent where Knative makes the names. */
    public static final String PATH = "/spec/template/metadata/name";

    private static final String OURS = "-kubesent-";

    /** Of a DNS label. */
    private static final int LENGTH = 63;

    private static final int HASH = 8;

    private NextRevisionName() {}

    /** @param template as it is, with the name in it: of another template, or another raise, there is another name */
    public static String of(JsonNode template, MemoryRaise raise) {
        var before = template.at("/metadata/name").asText();
        var own = before.replaceFirst(OURS + "[0-9a-f]{" + HASH + "}$", "");
        var what = JsonNodeFactory.instance
                .arrayNode()
                .add(template)
                .add(raise.container())
                .add(raise.to().toString());
        var end = OURS + Fingerprint.of(what).substring(0, HASH);
        return own.substring(0, Math.min(own.length(), LENGTH - end.length())) + end;
    }

    /** Whether this field of this object is such a name. */
    public static boolean isNameOf(ObjectRef target, String path) {
        return path.equals(PATH)
                && WorkloadKind.of(target)
                        .filter(WorkloadKind.KNATIVE_SERVICE::equals)
                        .isPresent();
    }
}
