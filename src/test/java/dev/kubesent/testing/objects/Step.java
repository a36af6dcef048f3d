package dev.kubesent.testing.objects;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What happens later in a scenario: {@code then-1.yaml}, and so on. Its objects ({@link ClusterFile}, without a base where none is named) are
 * put into the cluster (one that exists is merged with), and then something reaches KubeSent. The first lines say what, as comments:
 *
 * <pre>
 * # after: PT2M
 * # remove: Pod/web-1, ReplicaSet/web
 * # do: sweep | event POD | approve | approve PERSON | approve-again PERSON | reject WHY
 * </pre>
 */
public record Step(Duration after, List<String> remove, String action, String subject, List<String> objects) {

    /** @param renamed what the name of the scenario is replaced by, where it runs under another */
    public static Step parse(String plain, UnaryOperator<String> renamed, String namespace) {
        var text = renamed.apply(plain);
        var action = line(text, "do", "sweep").split(" ", 2);
        return new Step(
                Duration.parse(line(text, "after", "PT0S")),
                Arrays.stream(line(text, "remove", "").split(", "))
                        .filter(name -> !name.isEmpty())
                        .toList(),
                action[0],
                action.length > 1 ? action[1] : "",
                new ClusterFile(namespace).withBaseOf(plain, "none").with(text).objects());
    }

    private static String line(String text, String key, String otherwise) {
        return text.lines()
                .filter(line -> line.startsWith("# " + key + ": "))
                .map(line -> line.substring(key.length() + 4).strip())
                .findFirst()
                .orElse(otherwise);
    }
}
