package dev.kubesent.gate;

import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.WorkloadKind;
import java.util.Locale;

/**
 * Who names the Revisions of a Knative Service himself has to give each its own: Knative's webhook refuses another template under the same name
 * ("Saw the following changes without a name change").
 */
public final class NextRevisionName {

    /** Where it is; absent where Knative makes the names. */
    public static final String PATH = "/spec/template/metadata/name";

    private static final String OURS = "-kubesent-";

    /** Of a DNS label. */
    private static final int LENGTH = 63;

    private NextRevisionName() {}

    /** @param before a name of the Service's, and "-" and more @param limit which it is to have; amounts differ, so names do */
    public static String of(String before, Memory limit) {
        var own = before.replaceFirst(OURS + "[0-9a-z]+$", "");
        var end = OURS + limit.toString().toLowerCase(Locale.ROOT);
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
