package dev.kubesent.cluster.fabric8;

import dev.kubesent.cluster.ClusterException;
import dev.kubesent.cluster.ClusterException.Kind;
import dev.kubesent.cluster.Name;
import io.fabric8.kubernetes.client.dsl.Nameable;
import io.fabric8.kubernetes.client.dsl.Namespaceable;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The one place where a text becomes part of what fabric8 makes a URL of: fabric8 itself encodes neither {@code /} nor
 * {@code ?} nor {@code #} in a name, so a name with one of these led to another object, or to its log. What is no name is
 * answered here with {@code NOT_FOUND}, and no request is sent. {@code ArchitectureTest} sees that nobody else names anything.
 */
final class Located {

    private static final Pattern KIND = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,62}+");

    /** validation.go, IsValidLabelValue; of a key, the part after the prefix. */
    private static final Pattern LABEL = Pattern.compile("([A-Za-z0-9]|[A-Za-z0-9][-A-Za-z0-9_.]{0,61}[A-Za-z0-9])");

    private Located() {}

    static <N> N in(Namespaceable<N> all, String namespace) {
        return all.inNamespace(Name.label(namespace).text());
    }

    static <R> R named(Nameable<R> all, String name) {
        return all.withName(Name.called(name).text());
    }

    /** Of a label selector. */
    static Map<String, String> labels(Map<String, String> labels) {
        labels.forEach((key, value) -> {
            var slash = key.indexOf('/');
            if (slash >= 0) {
                Name.called(key.substring(0, slash));
            }
            required(LABEL, key.substring(slash + 1), "the name of a label");
            if (!value.isEmpty()) {
                required(LABEL, value, "the value of a label");
            }
        });
        return labels;
    }

    /** @param kind of what a field selector or a discovery is about */
    static String kind(String kind) {
        return required(KIND, kind, "a kind");
    }

    /** {@code v1} or {@code apps/v1}. */
    static String apiVersion(String apiVersion) {
        var slash = apiVersion.indexOf('/');
        if (slash >= 0) {
            Name.called(apiVersion.substring(0, slash));
        }
        Name.label(apiVersion.substring(slash + 1));
        return apiVersion;
    }

    private static String required(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new ClusterException(Kind.NOT_FOUND, "there is " + what + " that Kubernetes does not allow");
        }
        return text;
    }
}
