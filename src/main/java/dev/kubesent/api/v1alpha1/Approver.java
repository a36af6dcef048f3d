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
 * @param name the user's name, as the API server knows it
 * @param groups the groups of that user
 * @param change the status.verdict.fingerprint at that moment: the change that he approved, unless the spec names another
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
