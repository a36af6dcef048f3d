package dev.kubesent.function;

import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.eks.EksCluster;
import dev.kubesent.consultation.Consultation;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.pipeline.Policies;
import dev.kubesent.registry.OciRegistry.Transport;
import dev.kubesent.remedy.engine.SurvivalPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the user has set, checked. */
public record Settings(
        Cluster cluster,
        Optional<EksCluster> eks,
        Policies policies,
        DoctorSettings doctor,
        Senders senders,
        Answer answer,
        Feeding feed,
        long maxBody,
        int maxWork,
        Optional<Path> archive,
        Map<String, Transport> registries,
        Optional<String> clusterName) {

    /** How long work under way may take to end when the process is told to: below Knative's grace period of 300 s. */
    private static final Duration DRAIN = Duration.ofSeconds(100);

    private static final Pattern FIELD = Pattern.compile("spec(?:\\.\\w++(?:\\[\\*])?+)++");

    /** What Kubernetes puts into every pod for Services whose name begins with kubesent, and what our tests use. */
    private static final Pattern NOT_OURS = Pattern.compile(
            "^KUBESENT_((.*_)?(PORT|SERVICE)(_.*)?|KUBE_HOME|REQUIRE_API_SERVER|REAL_GEMINI|FUZZ_SECONDS|FUZZ_SEED|NIGHTLY)");

    /** Whether an event is answered before what it tells of is healed, or after. */
    enum Answer {
        FIRST,
        LAST
    }

    enum Cluster {
        EMBEDDED,
        KUBECONFIG,
        IN_CLUSTER,
        EKS
    }

    /**
     * @param given the text of an environment variable such as KUBESENT_MODE, null where it is not set
     * @throws UsageException where a value is wrong
     */
    public static Settings read(UnaryOperator<@Nullable String> given, boolean insideAPod) {
        var reader = new SettingReader(given);
        var cluster = reader.value(
                Setting.CLUSTER,
                insideAPod ? "in-cluster" : "embedded",
                "embedded, kubeconfig, in-cluster or eks",
                v -> Cluster.valueOf(SettingReader.constant(v)));
        var answer = answer(reader, cluster);
        return new Settings(
                cluster,
                cluster == Cluster.EKS ? Optional.of(Eks.read(reader)) : Optional.empty(),
                new Policies(
                        gate(reader, cluster),
                        survival(reader),
                        reader.value(Setting.RETENTION, "a duration of at least 24h, such as 7d", Settings::retention),
                        reader.value(Setting.GEMINI_ASK, "unknown or always", Settings::ask),
                        reader.value(Setting.TELL_ACROSS_NAMESPACES, "true or false", SettingReader::truth)),
                DoctorSettings.read(reader),
                Senders.read(reader),
                answer,
                Feeding.read(reader, cluster, answer),
                reader.value(
                        Setting.MAX_BODY,
                        "an amount of memory from 1Ki to 1Gi",
                        v -> atMost(1 << 30, atLeast(1024, Memory.parse(v))).bytes()),
                reader.value(Setting.MAX_WORK, "a whole number from 1 to 1000", v -> SettingReader.between(1, 1000, v)),
                reader.value(Setting.ARCHIVE_DIR, "an absolute path", Settings::folder),
                Registries.read(reader),
                ClusterName.read(reader));
    }

    private static Optional<Path> folder(String value) {
        if (value.equals("none")) {
            return Optional.empty();
        }
        if (!Path.of(value).isAbsolute()) {
            throw new IllegalArgumentException(value);
        }
        return Optional.of(Path.of(value).normalize());
    }

    private static Answer answer(SettingReader reader, Cluster cluster) {
        var onLambda = reader.given().apply("AWS_LAMBDA_FUNCTION_NAME") != null;
        var usual = cluster == Cluster.EMBEDDED || onLambda ? "last" : "first";
        var answer =
                reader.value(Setting.ANSWER, usual, "first or last", v -> Answer.valueOf(SettingReader.constant(v)));
        if (onLambda && answer == Answer.FIRST) {
            throw new UsageException("KUBESENT_ANSWER is first, and Lambda stops the process with the answer");
        }
        return answer;
    }

    private static Consultation.Ask ask(String value) {
        return switch (SettingReader.constant(value)) {
            case "UNKNOWN" -> Consultation.Ask.WHERE_RULES_DO_NOT_KNOW;
            case "ALWAYS" -> Consultation.Ask.ALWAYS;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static GatePolicy gate(SettingReader reader, Cluster cluster) {
        var paused = reader.value(Setting.PAUSE, "true or false", SettingReader::truth);
        var mode = reader.value(Setting.MODE, "heal or suggest", Settings::mode);
        return new GatePolicy(
                paused ? GatePolicy.Mode.PAUSED : mode,
                reader.value(Setting.CONFIDENCE, "a whole number from 0 to 100", v -> SettingReader.between(0, 100, v)),
                reader.value(Setting.MAX_MEMORY, "an amount of memory such as 4Gi", v -> atLeast(1, Memory.parse(v))),
                reader.value(
                        Setting.FIELDS,
                        "paths such as spec.containers[*].resources, comma-separated",
                        Settings::fields),
                reader.value(
                        Setting.ALLOW,
                        "of memory, rollback, restart, image, probe, command and env, comma-separated, or none",
                        Settings::permissions),
                reader.value(Setting.MANAGERS, "names, comma-separated", SettingReader::list),
                breakers(reader, cluster),
                reader.text(Setting.NAMESPACE, OwnNamespace.name()));
    }

    private static GatePolicy.Breakers breakers(SettingReader reader, Cluster cluster) {
        // The samples of a local run all fail, and are no storm.
        var share = cluster == Cluster.EMBEDDED ? "100" : "20";
        return new GatePolicy.Breakers(
                reader.value(Setting.COOL_DOWN, "a duration such as 1h or 30m", SettingReader::duration),
                reader.value(Setting.ATTEMPTS, "a whole number from 0 to 100", v -> SettingReader.between(0, 100, v)),
                reader.value(Setting.BUDGET, "a whole number from 0 to 1000", v -> SettingReader.between(0, 1000, v)),
                reader.value(
                        Setting.STORM_SHARE, share, "percent from 1 to 100", v -> SettingReader.between(1, 100, v)),
                reader.value(
                        Setting.STORM_COUNT,
                        "a whole number from 1 to 100000",
                        v -> SettingReader.between(1, 100_000, v)),
                reader.value(Setting.STORM_COOL_DOWN, "a duration such as 10m", SettingReader::duration));
    }

    private static SurvivalPolicy survival(SettingReader reader) {
        var least = reader.value(Setting.SURVIVE, "a duration such as 60s", SettingReader::duration);
        var most = reader.value(Setting.SURVIVE_MOST, "a duration such as 1h", SettingReader::duration);
        if (least.compareTo(most) > 0) {
            throw new UsageException("%s is %s, and %s only %s"
                    .formatted(Setting.SURVIVE.variable(), least, Setting.SURVIVE_MOST.variable(), most));
        }
        return new SurvivalPolicy(least, most);
    }

    private static GatePolicy.Mode mode(String value) {
        return switch (SettingReader.constant(value)) {
            case "HEAL" -> GatePolicy.Mode.HEAL;
            case "SUGGEST" -> GatePolicy.Mode.SUGGEST;
            default -> throw new IllegalArgumentException(value);
        };
    }

    private static Set<String> fields(String value) {
        var fields = Set.copyOf(SettingReader.list(value));
        if (!fields.stream().allMatch(FIELD.asMatchPredicate())) {
            throw new IllegalArgumentException(value);
        }
        return fields;
    }

    private static Set<Permission> permissions(String value) {
        return SettingReader.constant(value).equals("NONE")
                ? Set.of()
                : SettingReader.list(value).stream()
                        .map(word -> Permission.of(word).orElseThrow(() -> new IllegalArgumentException(word)))
                        .collect(Collectors.toSet());
    }

    /** Attempts, cool-down and budget are counted from incidents: within a day, none may be forgotten. */
    private static Duration retention(String value) {
        var retention = SettingReader.duration(value);
        if (retention.compareTo(GatePolicy.ATTEMPTS_WINDOW) < 0) {
            throw new IllegalArgumentException(value);
        }
        return retention;
    }

    private static Memory atLeast(long bytes, Memory memory) {
        if (memory.bytes() < bytes) {
            throw new IllegalArgumentException(memory.toString());
        }
        return memory;
    }

    private static Memory atMost(long bytes, Memory memory) {
        if (memory.bytes() > bytes) {
            throw new IllegalArgumentException(memory.toString());
        }
        return memory;
    }

    /** @throws UsageException where a variable looks like a setting and is none: suggest, misspelt, would heal */
    static void refuseUnknown(Set<String> variables) {
        var known = Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
        variables.stream()
                .filter(name -> name.startsWith("KUBESENT_") && !known.contains(name))
                .filter(name -> !NOT_OURS.matcher(name).matches())
                .sorted()
                .findFirst()
                .ifPresent(name -> {
                    throw new UsageException("unknown setting '" + name + "'; docs/settings.md lists them");
                });
    }

    /** Whether incidents are healed before the answer, and answered with. */
    boolean isLocal() {
        return cluster == Cluster.EMBEDDED;
    }

    static Duration drain() {
        return DRAIN;
    }
}
