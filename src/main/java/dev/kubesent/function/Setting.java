package dev.kubesent.function;

import java.util.Locale;

/** Every setting there is. docs/settings.md is the same table; a test keeps the two equal. */
enum Setting {
    CLUSTER("in-cluster inside a pod, else embedded", "Which cluster: `embedded`, `kubeconfig` or `in-cluster`."),
    MODE("heal", "`heal`, or `suggest`: judge, dry-run and write down the change, and leave it to a person."),
    CONFIDENCE("90", "0 to 100. A diagnosis below it is never acted on."),
    MAX_MEMORY("8Gi", "The highest memory limit that KubeSent sets on one container."),
    FIELDS("spec.containers[*].resources", "Fields of a pod that may be changed, comma-separated."),
    COOL_DOWN("1h", "How long a workload is left alone after a change, unless the change at once proved too small."),
    ATTEMPTS("3", "Changes to one workload within 24 hours; after that it needs a person."),
    MAX_BODY("2Mi", "The largest request body that is read."),
    MAX_WORK("16", "Incidents worked on at the same time; more are answered with 503."),
    NAMESPACE("the pod's own, else kubesent", "The namespace that KubeSent runs in, which it never touches.");

    private final String defaultValue;
    private final String meaning;

    Setting(String defaultValue, String meaning) {
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** {@code KUBESENT_MAX_MEMORY}. */
    String variable() {
        return "KUBESENT_" + name();
    }

    /** {@code kubesent.max-memory}, as in {@code --kubesent.max-memory=4Gi}. */
    String property() {
        return "kubesent." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String defaultValue() {
        return defaultValue;
    }

    String meaning() {
        return meaning;
    }
}
