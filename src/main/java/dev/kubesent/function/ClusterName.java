package dev.kubesent.function;

import java.util.Optional;
import java.util.regex.Pattern;

/** What people call the cluster, for others who hear of several: it becomes a part of a URI. */
final class ClusterName {

    /** As clouds name them: {@code arn:aws:eks:eu-west-1:111122223333:cluster/shop}, {@code gke_project_europe-west3_shop}. No {@code .} or {@code ..} alone. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]++(?:(?:[-_]++|[.:/])[A-Za-z0-9]++)*+");

    private static final int LONGEST = 253;

    /** What is said of who has named none. */
    static final String UNNAMED = "the uid of the namespace kube-system";

    /** Empty where nobody has named it. */
    static final Form<Optional<String>> FORM =
            new Form<>("letters and digits with -, _, ., : or / between them, 253 at most", ClusterName::parse);

    private ClusterName() {}

    private static Optional<String> parse(String value) {
        if (value.equals(UNNAMED)) {
            return Optional.empty();
        }
        if (value.length() > LONGEST || !NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(value);
        }
        return Optional.of(value);
    }
}
