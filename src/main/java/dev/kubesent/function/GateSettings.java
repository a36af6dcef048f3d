package dev.kubesent.function;

import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.Memory;
import dev.kubesent.function.Setting.Given;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the gate goes by, and how long a change is watched. */
final class GateSettings {

    private static final Pattern FIELD = Pattern.compile("spec(?:\\.\\w++(?:\\[\\*])?+)++");

    static final Setting<GatePolicy.Mode> MODE = new Setting<>(
            "MODE",
            "heal",
            Form.oneOf(GatePolicy.Mode.HEAL, GatePolicy.Mode.SUGGEST),
            "`heal`, or `suggest`: judge, dry-run and record the change, and leave it to a person.");

    static final Setting<Integer> CONFIDENCE = new Setting<>(
            "CONFIDENCE", "90", Form.wholeNumber(0, 100), "0 to 100. A diagnosis below it is never acted on.");

    static final Setting<Memory> MAX_MEMORY = new Setting<>(
            "MAX_MEMORY",
            "8Gi",
            Form.memory("an amount of memory such as 4Gi", 1, Long.MAX_VALUE),
            "The highest memory limit that KubeSent sets on one container.");

    static final Setting<Set<String>> FIELDS = new Setting<>(
            "FIELDS",
            "spec.containers[*].resources",
            new Form<>("paths such as spec.containers[*].resources, comma-separated", GateSettings::fields),
            "Fields of a pod that may be changed, comma-separated.");

    static final Setting<Set<Permission>> ALLOW = new Setting<>(
            "ALLOW",
            "memory,rollback",
            new Form<>("of " + Permission.words("%s") + ", comma-separated, or none", GateSettings::permissions),
            "The kinds of change that KubeSent may make: " + Permission.words("`%s`")
                    + ", comma-separated, or `none`. The annotation `kubesent.dev/allow` of a workload, or else"
                    + " of its namespace, overrides this.");

    static final Setting<List<String>> MANAGERS = new Setting<>(
            "MANAGERS",
            "kubectl*",
            Form.list("names"),
            "Field managers whose fields may be changed, comma-separated; `*` at the end stands for anything."
                    + " KubeSent only proposes changes to the fields of others.");

    static final Setting<Boolean> PAUSE = new Setting<>(
            "PAUSE",
            "false",
            Form.TRUTH,
            "`true` stops every change at once; incidents are still opened. A ConfigMap does the same without a"
                    + " restart.");

    static final Setting<Duration> COOL_DOWN = new Setting<>(
            "COOL_DOWN",
            "1h",
            Form.duration("a duration such as 1h or 30m"),
            "How long a workload is left alone after a change that helped.");

    static final Setting<Integer> ATTEMPTS = new Setting<>(
            "ATTEMPTS",
            "3",
            Form.wholeNumber(0, 100),
            "Changes to one workload within 24 hours; after that it needs a person.");

    static final Setting<Integer> BUDGET =
            new Setting<>("BUDGET", "10", Form.wholeNumber(0, 1000), "Changes in one namespace within an hour.");

    static final Setting<Integer> STORM_SHARE = new Setting<>(
            "STORM_SHARE",
            "20, embedded: 100",
            Form.number("percent from 1 to 100", 1, 100),
            "What percentage of the workloads in scope may fail together before it is a storm; 100 turns it off.");

    static final Setting<Integer> STORM_COUNT = new Setting<>(
            "STORM_COUNT",
            "10",
            Form.wholeNumber(1, 100_000),
            "How many workloads may fail together before it is a storm.");

    static final Setting<Duration> STORM_COOL_DOWN = new Setting<>(
            "STORM_COOL_DOWN",
            "10m",
            Form.duration("a duration such as 10m"),
            "How long KubeSent changes nothing after the end of a storm.");

    static final Setting<Duration> SURVIVE = new Setting<>(
            "SURVIVE",
            "60s",
            Form.duration("a duration such as 60s"),
            "How long a workload has to be healthy after a change, at least; twice as long as it used to run, if that"
                    + " is longer.");

    static final Setting<String> NAMESPACE = new Setting<>(
            "NAMESPACE",
            "the pod's own, else kubesent",
            Form.TEXT,
            "The namespace that KubeSent runs in, which it never touches.");

    static final Setting<Duration> SURVIVE_MOST =
            new Setting<>("SURVIVE_MOST", "1h", Form.duration("a duration such as 1h"), "The longest such time.");
    ;

    private GateSettings() {}

    static GatePolicy gate(Given given, Settings.Cluster cluster) {
        return new GatePolicy(
                PAUSE.of(given) ? GatePolicy.Mode.PAUSED : MODE.of(given),
                CONFIDENCE.of(given),
                MAX_MEMORY.of(given),
                FIELDS.of(given),
                ALLOW.of(given),
                MANAGERS.of(given),
                breakers(given, cluster),
                NAMESPACE.of(given, OwnNamespace.name()));
    }

    private static GatePolicy.Breakers breakers(Given given, Settings.Cluster cluster) {
        return new GatePolicy.Breakers(
                COOL_DOWN.of(given),
                ATTEMPTS.of(given),
                BUDGET.of(given),
                STORM_SHARE.of(given, share(cluster)),
                STORM_COUNT.of(given),
                STORM_COOL_DOWN.of(given));
    }

    /** The samples of a local run all fail, and are no storm. */
    private static String share(Settings.Cluster cluster) {
        return cluster == Settings.Cluster.EMBEDDED ? "100" : "20";
    }

    static SurvivalPolicy survival(Given given) {
        var least = SURVIVE.of(given);
        var most = SURVIVE_MOST.of(given);
        if (least.compareTo(most) > 0) {
            throw new UsageException(
                    "%s is %s, and %s only %s".formatted(SURVIVE.variable(), least, SURVIVE_MOST.variable(), most));
        }
        return new SurvivalPolicy(least, most);
    }

    private static Set<String> fields(String value) {
        var fields = Set.copyOf(Form.words(value));
        if (!fields.stream().allMatch(FIELD.asMatchPredicate())) {
            throw new IllegalArgumentException(value);
        }
        return fields;
    }

    private static Set<Permission> permissions(String value) {
        return Form.written(value).equals("none")
                ? Set.of()
                : Form.words(value).stream()
                        .map(word -> Permission.of(word).orElseThrow(() -> new IllegalArgumentException(word)))
                        .collect(Collectors.toSet());
    }
}
