package dev.kubesent.function;

import java.util.Locale;

/** Every setting there is. docs/settings.md is the same table; a test keeps the two equal. */
enum Setting {
    CLUSTER(
            "in-cluster inside a pod, else embedded",
            "Which cluster: `embedded`, `kubeconfig`, `in-cluster` or `eks`."),
    CLUSTER_NAME(
            "the uid of the namespace kube-system",
            "The cluster's name, for receivers that serve several clusters. It becomes the `source` of each CloudEvent"
                    + " that KubeSent sends: `/kubesent/clusters/NAME`."),
    EKS_NAME(
            "none",
            "With `eks`: the cluster's name. AWS_REGION names its region, and the process's AWS role is our identity."),
    EKS_ENDPOINT("none", "With `eks`: the cluster's endpoint."),
    EKS_CA("none", "With `eks`: the cluster's `certificateAuthority.data`."),
    FEED(
            "events",
            "`events`: others send what happens to pods, as Knative's source does. `watch`: KubeSent watches"
                    + " pods and incidents itself."),
    MODE("heal", "`heal`, or `suggest`: judge, dry-run and record the change, and leave it to a person."),
    CONFIDENCE("90", "0 to 100. A diagnosis below it is never acted on."),
    MAX_MEMORY("8Gi", "The highest memory limit that KubeSent sets on one container."),
    FIELDS("spec.containers[*].resources", "Fields of a pod that may be changed, comma-separated."),
    ALLOW(
            "memory,rollback",
            "The kinds of change that KubeSent may make: `memory`, `rollback`, `restart`, `image`, `probe`, `command`"
                    + " and `env`, comma-separated, or `none`. The annotation `kubesent.dev/allow` of a workload, or else"
                    + " of its namespace, overrides this."),
    MANAGERS(
            "kubectl*",
            "Field managers whose fields may be changed, comma-separated; `*` at the end stands for anything."
                    + " KubeSent only proposes changes to the fields of others."),
    PAUSE(
            "false",
            "`true` stops every change at once; incidents are still opened. A ConfigMap does the same without a"
                    + " restart."),
    COOL_DOWN("1h", "How long a workload is left alone after a change that helped."),
    ATTEMPTS("3", "Changes to one workload within 24 hours; after that it needs a person."),
    BUDGET("10", "Changes in one namespace within an hour."),
    STORM_SHARE(
            "20, embedded: 100",
            "What percentage of the workloads in scope may fail together before it is a storm; 100 turns it off."),
    STORM_COUNT("10", "How many workloads may fail together before it is a storm."),
    STORM_COOL_DOWN("10m", "How long KubeSent changes nothing after the end of a storm."),
    SURVIVE(
            "60s",
            "How long a workload has to be healthy after a change, at least; twice as long as it used to run, if that"
                    + " is longer."),
    SURVIVE_MOST("1h", "The longest such time."),
    RETENTION("7d", "How long a finished incident is kept; at least 24h."),
    ARCHIVE_DIR(
            "none",
            "An absolute folder. KubeSent writes the evidence of each incident there, and the incident itself"
                    + " before it deletes it."),
    REGISTRY_LOOKUP(
            "none",
            "Registries that KubeSent may ask for an image and its nearest tags, and no others. Hosts,"
                    + " comma-separated, such as `docker.io,registry.example.com:5000`, with `http://` before one without"
                    + " TLS."),
    TELL_ACROSS_NAMESPACES(
            "false",
            "`true`: an incident also names Services and images of other namespaces, and an image is corrected"
                    + " to one that runs there. Its readers need no right in those namespaces."),
    GEMINI_MODELS(
            "gemini-3.5-flash,gemini-3.5-flash-lite,gemini-3.1-flash-lite",
            "Models that are asked where the rules do not know, in this order, if GOOGLE_API_KEY or GEMINI_API_KEY is"
                    + " set (or GOOGLE_GENAI_USE_VERTEXAI); empty for none."),
    GEMINI_ASK(
            "unknown",
            "`unknown`: ask where the rules do not know. `always`: also ask for a second opinion where nothing"
                    + " is to be healed; it changes nothing."),
    GEMINI_DEADLINE("20s", "Time for one question, all models together; 1s to 60s."),
    GEMINI_PER_MINUTE("10", "Calls a minute, of this process. One namespace has at most half."),
    GEMINI_PER_DAY("500", "Calls a day, of this process. One namespace has at most half."),
    DIAGNOSE_PER_DAY(
            "50",
            "Questions a day that `/diagnose` may ask a model or a doctor elsewhere, so that its callers do not use up"
                    + " what healing needs."),
    REDACT_ADDRESSES(
            "true", "Whether e-mail and IP addresses are taken out of what a model is sent. Credentials always are."),
    DOCTOR_URL("none", "The `/diagnose` of another KubeSent, to ask in place of a model."),
    PATHS(
            "sweep,diagnose",
            "What is served beside `/` and `/heal`: `sweep` and `diagnose` (also as `/analyze`),"
                    + " comma-separated, or `none`. Leave out what you do not need."),
    SENDER_AUDIENCE(
            "none",
            "Senders need a token of this cluster for this audience (`sink.audience` of the source); `none`: anybody"
                    + " may send."),
    SENDERS(
            "system:serviceaccount:kubesent:kubesent-oidc-sources.knative.dev-apiserversource,"
                    + "system:serviceaccount:kubesent:kubesent-sweep-oidc-sources.knative.dev-pingsource,"
                    + "system:serviceaccount:kubesent:kubesent-oidc-eventing.knative.dev-trigger",
            "Subjects of tokens that may send, if an audience is set. The default is Knative's names for"
                    + " knative/'s sources and Trigger."),
    ANSWER(
            "last in a local run and on Lambda, else first",
            "`first`: answer an event (202) once its incident is written, and heal after that. `last`: heal,"
                    + " then answer."),
    MAX_BODY("2Mi", "The largest request body that is read."),
    MAX_WORK(
            "16",
            "Incidents worked on at the same time, at most half of them of one namespace. 64 wait for each; the"
                    + " others are resumed a moment later."),
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
