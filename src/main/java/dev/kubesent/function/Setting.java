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
            "`events`: others send what happens to pods, as Knative's source does. `watch`: KubeSent watches pods and"
                    + " incidents itself, and sweeps by its own clock. Of several replicas the one that holds the Lease"
                    + " `kubesent` works. `overlays/plain` sets `watch`."),
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
            "Field managers whose fields may be changed, comma-separated; `*` at the end stands for anything. Add"
                    + " `helm` to change what Helm 3 manages. Changes to fields of all others are only proposed. So are"
                    + " those to fields that one of these has applied server-side without force: Helm 4 does that, and its"
                    + " next upgrade would fail with a conflict."),
    PAUSE(
            "false",
            "`true` stops every act at once; incidents are still opened. A ConfigMap does the same without a restart."),
    COOL_DOWN("1h", "How long a workload is left alone after a change that helped."),
    ATTEMPTS("3", "Changes to one workload within 24 hours; after that it needs a person."),
    BUDGET("10", "Changes in one namespace within an hour."),
    STORM_SHARE(
            "20, embedded: 100",
            "Percent of the workloads in scope. If more of one namespace fail together, nothing is changed there; if"
                    + " that happens in three or more, nothing at all. 100 for never."),
    STORM_COUNT(
            "10",
            "Workloads. If more of one namespace fail together, nothing is changed there; if that happens in three or"
                    + " more (each counts for a third at most), nothing at all."),
    STORM_COOL_DOWN("10m", "How long after the end of a storm nothing is changed yet."),
    SURVIVE(
            "60s",
            "How long a workload has to be healthy after a change, at least; twice as long as it used to run, if that"
                    + " is longer."),
    SURVIVE_MOST("1h", "How long at most."),
    RETENTION("7d", "How long a finished incident is kept; at least 24h."),
    ARCHIVE_DIR(
            "none",
            "A folder, absolute: the evidence of each incident is written there, and the incident itself before it is"
                    + " deleted."),
    REGISTRY_LOOKUP(
            "none",
            "Registries that KubeSent may ask whether an image exists for its node's platform, and which tags are"
                    + " nearest. Hosts, comma-separated, such as `docker.io,registry.example.com:5000`, with `http://`"
                    + " before one without TLS. No other is asked, whatever a pod names."),
    TELL_ACROSS_NAMESPACES(
            "false",
            "`true`: an incident also names Services and images of other namespaces, and an image is corrected to one"
                    + " that runs there. Readers of an incident then learn of them, without a right in those namespaces."),
    GEMINI_MODELS(
            "gemini-3.5-flash,gemini-3.5-flash-lite,gemini-3.1-flash-lite",
            "Models that are asked where the rules do not know, in this order, if GOOGLE_API_KEY or GEMINI_API_KEY is"
                    + " set (or GOOGLE_GENAI_USE_VERTEXAI); empty for none."),
    GEMINI_ASK(
            "unknown",
            "`unknown`: where the rules do not know. `always`: also a second opinion where nothing is to be healed,"
                    + " which changes nothing."),
    GEMINI_DEADLINE("20s", "For one question, all models together; from 1s to 60s."),
    GEMINI_PER_MINUTE("10", "Calls a minute, of this process. One namespace has at most half."),
    GEMINI_PER_DAY("500", "Calls a day, of this process. One namespace has at most half."),
    DIAGNOSE_PER_DAY(
            "50",
            "Questions a day that `/diagnose` may ask a model or a doctor elsewhere, so that its callers do not use up"
                    + " what healing needs."),
    REDACT_ADDRESSES(
            "true", "Whether e-mail and IP addresses are taken out of what a model is sent. Credentials always are."),
    DOCTOR_URL("none", "The `/diagnose` of a KubeSent elsewhere, to be asked in place of a model."),
    PATHS(
            "sweep,diagnose",
            "What is served beside `/` and `/heal`, of `sweep` and `diagnose` (also as `/analyze`), comma-separated,"
                    + " or `none`: what is not needed is better not there."),
    SENDER_AUDIENCE(
            "none",
            "Senders need a token of this cluster for this audience (`sink.audience` of the source); `none`: anybody"
                    + " may send."),
    SENDERS(
            "system:serviceaccount:kubesent:kubesent-oidc-sources.knative.dev-apiserversource,"
                    + "system:serviceaccount:kubesent:kubesent-sweep-oidc-sources.knative.dev-pingsource,"
                    + "system:serviceaccount:kubesent:kubesent-oidc-eventing.knative.dev-trigger",
            "Subjects of tokens that may send, where an audience is set; the default is Knative's names for knative/'s"
                    + " sources and Trigger."),
    ANSWER(
            "last in a local run and on Lambda, else first",
            "`first`: KubeSent answers an event (202) once its incident is written, and heals after that. `last`: it"
                    + " heals, then answers, for platforms where the processor stops with the answer (Lambda, Cloud Run,"
                    + " Container Apps). Nothing runs behind the answer there, so something has to POST to `/sweep`."),
    MAX_BODY("2Mi", "The largest request body that is read."),
    MAX_WORK(
            "16",
            "Incidents worked on at the same time, at most half of them of one namespace. 64 wait for each;"
                    + " what finds no room is resumed a moment later, from its incident."),
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
