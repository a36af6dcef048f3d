package dev.kubesent.testing;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real kube-apiserver and etcd, one for the whole test run. Its files come from {@code KUBE_API_TEST_DIR}, else from
 * {@code ../shared/kube}, else fabric8's kube-api-test downloads them.
 */
public final class ApiServer {

    private static final String ACCOUNT = "system:serviceaccount:kubesent:kubesent";
    private static final String HOW_TO_GET_ONE =
            "SKIPPED: no real API server for the tests on one; set KUBE_API_TEST_DIR to a folder with"
                    + " k8s/VERSION-linux-amd64/{etcd,kube-apiserver,kubectl}";

    private static final List<String> FILES = List.of(
            "knative/base/000-namespace.yaml",
            "knative/base/100-incident-crd.yaml",
            "knative/base/200-serviceaccount.yaml",
            "knative/base/210-reader.yaml",
            "knative/base/220-healer.yaml",
            "knative/base/230-own-namespace.yaml",
            "knative/base/240-source-account.yaml",
            "knative/base/250-bounds.yaml",
            "knative/base/260-admission.yaml",
            "knative/base/270-approver.yaml",
            "src/test/resources/crds/verticalpodautoscaler.yaml",
            "src/test/resources/crds/argo-rollouts.yaml",
            "src/test/resources/crds/podmetrics.yaml",
            "src/test/resources/crds/knative-serving.yaml");

    /** Where the server knows the kind: Kubernetes 1.36 and later. */
    private static final String NAMES = "knative/overlays/approver-names/approver-names.yaml";

    /** The version of ../shared/kube. */
    private static final String USUAL = "1.35.4";

    private static final int STARTUP_MILLIS = 120_000;
    private static final Optional<ApiServer> RUNNING = start();

    private final EksAuthenticator eks;
    private final String adminKubeconfig;
    private final KubernetesClient admin;
    private final KubernetesClient kubesent;
    private final KubernetesClient boundByPolicyOnly;

    private ApiServer(Config config, String adminKubeconfig, EksAuthenticator eks) {
        this.eks = eks;
        this.adminKubeconfig = adminKubeconfig;
        this.admin = anybodys(config);
        this.kubesent = KubernetesConnection.open(new ConfigBuilder(config)
                .withImpersonateUsername(ACCOUNT)
                .withImpersonateGroups("system:serviceaccounts", "system:authenticated")
                .build());
        this.boundByPolicyOnly = anybodys(new ConfigBuilder(config)
                .withImpersonateUsername(ACCOUNT)
                .withImpersonateGroups("system:masters")
                .build());
    }

    /** Not KubeSent's: it finds a class for each kind of a manifest. */
    private static KubernetesClient anybodys(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    /** Skips the test where none can be had, and fails it where KUBESENT_REQUIRE_API_SERVER says so. */
    public static ApiServer required() {
        if (RUNNING.isEmpty() && "true".equals(System.getenv("KUBESENT_REQUIRE_API_SERVER"))) {
            throw new IllegalStateException(HOW_TO_GET_ONE);
        }
        Assumptions.assumeTrue(RUNNING.isPresent(), HOW_TO_GET_ONE);
        return RUNNING.orElseThrow();
    }

    /** May do everything. */
    public KubernetesClient admin() {
        return admin;
    }

    /** It takes tokens as an EKS cluster does, too. */
    public EksAuthenticator eks() {
        return eks;
    }

    /** @param account of the namespace kubesent */
    public String tokenOf(String account, String audience) {
        return admin.serviceAccounts()
                .inNamespace("kubesent")
                .withName(account)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audience)
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** What {@code aws eks describe-cluster} would say: the CA certificate, in base64. */
    public String authority() throws IOException {
        var file = Path.of(admin.getConfiguration().getCaCertFile());
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    /** Of the one who may do everything. */
    String adminKubeconfig() {
        return adminKubeconfig;
    }

    /** A new one, which has not opted in. */
    public void namespace(String name) {
        admin().resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    /** All of a namespace, whoever may see them. */
    public List<Incident> incidents(String namespace) {
        return admin().resources(Incident.class).inNamespace(namespace).list().getItems();
    }

    /** How often the spec of a Deployment was set. */
    public long generation(String namespace, String deployment) {
        return admin().resources(Deployment.class)
                .inNamespace(namespace)
                .withName(deployment)
                .get()
                .getMetadata()
                .getGeneration();
    }

    /** What README tells a user to run in a namespace that opts in, without the label. */
    public void bind(String namespace) {
        admin().resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("kubesent-healer")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "kubesent-healer")
                        .addNewSubject("", "ServiceAccount", "kubesent", "kubesent")
                        .build())
                .create();
    }

    /** Somebody with this role in a namespace, in the groups of {@link TestCluster#GROUPS}. Close it. */
    public KubernetesClient person(String name, String namespace, String role) {
        admin.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                        .addNewSubject("rbac.authorization.k8s.io", "User", name, null)
                        .build())
                .serverSideApply();
        return KubernetesConnection.open(new ConfigBuilder(admin.getConfiguration())
                .withImpersonateUsername(name)
                .withImpersonateGroups(TestCluster.GROUPS.toArray(String[]::new))
                .build());
    }

    /** Acts as KubeSent's ServiceAccount, with exactly the rights that knative/ grants. */
    public KubernetesClient kubesent() {
        return kubesent;
    }

    /** What knative/overlays/plain adds to the rights of KubeSent's account, until it is taken back. */
    public AutoCloseable allowToWatch() throws IOException {
        var granted = new ArrayList<HasMetadata>();
        for (var document :
                Files.readString(Path.of("knative/overlays/plain/watch.yaml")).split("(?m)^---$")) {
            granted.add(KubernetesJson.parse(document, GenericKubernetesResource.class));
        }
        granted.add(new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("kubesent-watches")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "kubesent-source")
                .addNewSubject("", "ServiceAccount", "kubesent", "kubesent")
                .build());
        granted.forEach(object -> admin.resource(object).create());
        return () -> granted.forEach(object -> admin.resource(object).delete());
    }

    /** KubeSent's ServiceAccount as if everything were granted to it: only the admission policies of knative/ hold it. */
    public KubernetesClient boundByPolicyOnly() {
        return boundByPolicyOnly;
    }

    /** With KubeSent's own token, and nothing of the admin's. */
    public String kubeconfig() {
        var config = admin.getConfiguration();
        var token = admin.serviceAccounts()
                .inNamespace("kubesent")
                .withName("kubesent")
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        return """
            apiVersion: v1
            kind: Config
            clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
            users: [{name: kubesent, user: {token: "%s"}}]
            contexts: [{name: test, context: {cluster: test, user: kubesent}}]
            current-context: test
            """.formatted(config.getMasterUrl(), config.getCaCertFile(), token);
    }

    private static Optional<ApiServer> start() {
        try {
            var eks = EksAuthenticator.start();
            var builder = KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withUpdateKubeConfig(false)
                    .withApiServerFlag("--authentication-token-webhook-config-file=" + eks.configuration())
                    .withStartupTimeout(STARTUP_MILLIS);
            var folder = folder();
            folder.ifPresent(dir -> builder.withTestDir(dir).withOfflineMode(true));
            if (folder.isEmpty() || Files.isDirectory(Path.of(folder.get(), "k8s", USUAL + "-linux-amd64"))) {
                builder.withApiServerFlag(
                        "--feature-gates=MutablePodResourcesForSuspendedJobs=true"); // by default from 1.36 on
            }
            var server = new KubeAPIServer(builder.build());
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            var running =
                    new ApiServer(Config.fromKubeconfig(server.getKubeConfigYaml()), server.getKubeConfigYaml(), eks);
            running.install();
            return Optional.of(running);
        } catch (RuntimeException | IOException e) {
            System.err.println(HOW_TO_GET_ONE + " (" + e + ")");
            return Optional.empty();
        }
    }

    static Optional<String> folder() throws IOException {
        var given = System.getenv("KUBE_API_TEST_DIR");
        if (given != null) {
            return Optional.of(given);
        }
        var script = Path.of("../shared/kube/kube");
        if (!Files.isExecutable(script)) {
            return Optional.empty();
        }
        var process = new ProcessBuilder(script.toString(), "dir")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return printed.isEmpty() ? Optional.empty() : Optional.of(printed);
    }

    /** The files of knative/, as a user applies them. */
    private void install() throws IOException {
        for (var file :
                writesNames() ? Stream.concat(FILES.stream(), Stream.of(NAMES)).toList() : FILES) {
            for (var document : Files.readString(Path.of(file)).split("(?m)^---$")) {
                if (!document.contains("kind:")) {
                    continue; // a comment above the first document
                }
                HasMetadata object = KubernetesJson.parse(document, GenericKubernetesResource.class);
                admin.resource(object).create();
            }
        }
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!isServed()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the CRDs are not served");
            }
        }
        while (!isGuarded()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the admission policies are not in force");
            }
        }
    }

    /** Whether the API server itself writes into an incident who approved it. */
    public boolean writesNames() {
        return admin.raw("/apis/admissionregistration.k8s.io/v1").contains("\"mutatingadmissionpolicies\"");
    }

    /** A policy is in force a moment after it was made. Only the last of the file lets nobody but KubeSent make an incident. */
    private boolean isGuarded() {
        try {
            admin.resource((HasMetadata) KubernetesJson.parse("""
                apiVersion: kubesent.dev/v1alpha1
                kind: Incident
                metadata: {name: forged, namespace: default}
                spec: {ownerKind: Pod, ownerName: web, revision: a, container: app, failure: OOMKilled}
                """, GenericKubernetesResource.class))
                    .dryRun()
                    .create();
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        }
    }

    /** A CRD that is established can still answer 429, "storage is (re)initializing". */
    private boolean isServed() {
        try {
            for (var kind : List.of("Service", "Configuration", "Revision")) {
                admin.genericKubernetesResources("serving.knative.dev/v1", kind)
                        .inNamespace("default")
                        .list();
            }
            admin.genericKubernetesResources("kubesent.dev/v1alpha1", "Incident")
                    .inNamespace("default")
                    .list();
            admin.genericKubernetesResources("autoscaling.k8s.io/v1", "VerticalPodAutoscaler")
                    .inNamespace("default")
                    .list();
            admin.genericKubernetesResources("argoproj.io/v1alpha1", "Rollout")
                    .inNamespace("default")
                    .list();
            admin.top().pods().inNamespace("default").metrics();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
