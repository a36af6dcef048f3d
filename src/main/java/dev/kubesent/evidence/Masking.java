package dev.kubesent.evidence;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Keeps credentials out of what is written down or shown. It masks what looks like one; it does not promise to know all
 * (docs/known-limits.md).
 */
public final class Masking {

    private static final String MASK = "***";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "passw|secret|token|credential|api_?key|private_?key|access_?key|auth|dsn", Pattern.CASE_INSENSITIVE);

    /** {@code password=x}, {@code "token": "x"}, {@code --api-key x}. */
    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?i)((?:[\\w.-]*(?:passw(?:or)?d|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)[\\w.-]*)[\"']?"
                    + "\\s*(?:[=:]|\\s)\\s*[\"']?)([^\\s\"',;&]{4,})");

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{8,}");
    private static final Pattern URL_PASSWORD = Pattern.compile("(\\w+://[^\\s:/@]*):[^\\s@/]+@");
    private static final Pattern JWT = Pattern.compile("\\beyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*");

    private Masking() {}

    /** One line of text. */
    public static String text(String line) {
        var masked = URL_PASSWORD.matcher(line).replaceAll("$1:" + MASK + "@");
        masked = AUTHORIZATION.matcher(masked).replaceAll("$1 " + MASK);
        masked = JWT.matcher(masked).replaceAll(MASK);
        return ASSIGNMENT.matcher(masked).replaceAll("$1" + MASK);
    }

    /** The pod as a person may see it: no managedFields, no copy of itself in an annotation, no secret values. */
    public static Pod pod(Pod pod) {
        var shown = new PodBuilder(pod).build();
        shown.getMetadata().setManagedFields(null);
        if (shown.getMetadata().getAnnotations() != null) {
            shown.getMetadata().getAnnotations().remove("kubectl.kubernetes.io/last-applied-configuration");
            shown.getMetadata().getAnnotations().replaceAll((_, value) -> text(value));
        }
        shown.getSpec().getContainers().forEach(c -> c.getEnv().forEach(Masking::mask));
        shown.getSpec().getInitContainers().forEach(c -> c.getEnv().forEach(Masking::mask));
        shown.getSpec().getContainers().forEach(c -> c.getArgs().replaceAll(Masking::text));
        shown.getSpec().getInitContainers().forEach(c -> c.getArgs().replaceAll(Masking::text));
        return shown;
    }

    private static void mask(EnvVar variable) {
        if (variable.getValue() == null) {
            return;
        }
        var secret =
                SECRET_NAME.matcher(variable.getName().toLowerCase(Locale.ROOT)).find();
        variable.setValue(secret ? MASK : text(variable.getValue()));
    }
}
