package dev.kubesent.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.kubesent.redaction.Legible;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who said yes. The API server writes it (knative/overlays/approver-names), or takes it from him as it is true, and lets nobody change it
 * afterwards (docs/decisions/0091).
 *
 * @param name of the user, as the API server knows him
 * @param groups that he is in
 * @param change the status.verdict.fingerprint that stood there at that moment: what he said yes to, where the spec names no other
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Approver(
        String name, List<String> groups, @Nullable String change) {

    /** Of a directory somebody may be in hundreds. */
    private static final int GROUPS_TOLD = 5;

    public Approver {
        name = Legible.line(Objects.requireNonNullElse(name, ""));
        groups = Legible.lines(groups);
    }

    /** As {@code ada (sre, system:authenticated)}. */
    public String told() {
        if (groups.isEmpty()) {
            return name;
        }
        var more = groups.size() - GROUPS_TOLD;
        return "%s (%s%s)"
                .formatted(
                        name,
                        String.join(", ", groups.subList(0, Math.min(groups.size(), GROUPS_TOLD))),
                        more > 0 ? ", and " + more + " more" : "");
    }
}
