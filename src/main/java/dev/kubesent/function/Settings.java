package dev.kubesent.function;

import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.eks.EksCluster;
import dev.kubesent.function.Setting.Given;
import dev.kubesent.gate.bounds.GatePolicy;
import dev.kubesent.pipeline.Policies;
import dev.kubesent.registry.OciRegistry.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

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

    static final Setting<Cluster> CLUSTER = new Setting<>(
            "CLUSTER",
            "in-cluster inside a pod, else embedded",
            Form.oneOf(Cluster.values()),
            "Which cluster: `embedded`, `kubeconfig`, `in-cluster` or `eks`.");

    static final Setting<Optional<String>> CLUSTER_NAME = new Setting<>(
            "CLUSTER_NAME",
            ClusterName.UNNAMED,
            ClusterName.FORM,
            "The cluster's name, for receivers that serve several clusters. It becomes the `source` of each CloudEvent"
                    + " that KubeSent sends: `/kubesent/clusters/NAME`.");

    /** Attempts, cool-down and budget are counted from incidents: within a day, none may be forgotten. */
    static final Setting<Duration> RETENTION = new Setting<>(
            "RETENTION",
            "7d",
            Form.durationFrom("a duration of at least 24h, such as 7d", GatePolicy.ATTEMPTS_WINDOW),
            "How long a finished incident is kept; at least 24h.");

    static final Setting<Optional<Path>> ARCHIVE_DIR = new Setting<>(
            "ARCHIVE_DIR",
            "none",
            Form.FOLDER,
            "An absolute folder. KubeSent writes the evidence of each incident there, and the incident itself"
                    + " before it deletes it.");

    static final Setting<Map<String, Transport>> REGISTRY_LOOKUP = new Setting<>(
            "REGISTRY_LOOKUP",
            "none",
            Registries.FORM,
            "Registries that KubeSent may ask for an image and its nearest tags, and no others. Hosts,"
                    + " comma-separated, such as `docker.io,registry.example.com:5000`, with `http://` before one without"
                    + " TLS.");

    static final Setting<Boolean> TELL_ACROSS_NAMESPACES = new Setting<>(
            "TELL_ACROSS_NAMESPACES",
            "false",
            Form.TRUTH,
            "`true`: an incident also names Services and images of other namespaces, and an image is corrected"
                    + " to one that runs there. Its readers need no right in those namespaces.");

    static final Setting<Answer> ANSWER = new Setting<>(
            "ANSWER",
            "last in a local run and on Lambda, else first",
            Form.oneOf(Answer.values()),
            "`first`: answer an event (202) once its incident is written, and heal after that. `last`: heal,"
                    + " then answer.");

    static final Setting<Memory> MAX_BODY = new Setting<>(
            "MAX_BODY",
            "2Mi",
            Form.memory("an amount of memory from 1Ki to 1Gi", 1024, 1 << 30),
            "The largest request body that is read.");

    static final Setting<Integer> MAX_WORK = new Setting<>(
            "MAX_WORK",
            "16",
            Form.wholeNumber(1, 1000),
            "Incidents worked on at the same time, at most half of them of one namespace. 64 wait for each; the"
                    + " others are resumed a moment later.");

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
    public static Settings read(Given given, boolean insideAPod) {
        var cluster = CLUSTER.of(given, insideAPod ? "in-cluster" : "embedded");
        var answer = answer(given, cluster);
        return new Settings(
                cluster,
                cluster == Cluster.EKS ? Optional.of(Eks.read(given)) : Optional.empty(),
                new Policies(
                        GateSettings.gate(given, cluster),
                        GateSettings.survival(given),
                        RETENTION.of(given),
                        DoctorSettings.GEMINI_ASK.of(given),
                        TELL_ACROSS_NAMESPACES.of(given)),
                DoctorSettings.read(given),
                Senders.read(given),
                answer,
                Feeding.read(given, cluster, answer),
                MAX_BODY.of(given).bytes(),
                MAX_WORK.of(given),
                ARCHIVE_DIR.of(given),
                REGISTRY_LOOKUP.of(given),
                CLUSTER_NAME.of(given));
    }

    private static Answer answer(Given given, Cluster cluster) {
        var onLambda = given.value("AWS_LAMBDA_FUNCTION_NAME") != null;
        var answer = ANSWER.of(given, cluster == Cluster.EMBEDDED || onLambda ? "last" : "first");
        if (onLambda && answer == Answer.FIRST) {
            throw new UsageException("KUBESENT_ANSWER is first, and Lambda stops the process with the answer");
        }
        return answer;
    }

    /** Whether incidents are healed before the answer, and answered with. */
    boolean isLocal() {
        return cluster == Cluster.EMBEDDED;
    }

    static Duration drain() {
        return DRAIN;
    }
}
