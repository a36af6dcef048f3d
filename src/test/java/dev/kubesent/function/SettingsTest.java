package dev.kubesent.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.Memory;
import dev.kubesent.gate.bounds.GatePolicy.Mode;
import dev.kubesent.registry.OciRegistry.Transport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Map<String, String> EKS = Map.of(
            "KUBESENT_CLUSTER", "eks",
            "KUBESENT_EKS_NAME", "prod",
            "KUBESENT_EKS_ENDPOINT", "https://ABC.gr7.eu-central-1.eks.amazonaws.com",
            "KUBESENT_EKS_CA", Base64.getEncoder().encodeToString("-----BEGIN CERTIFICATE-----".getBytes(UTF_8)),
            "AWS_REGION", "eu-central-1");

    @Test
    void the_defaults_are_the_documented_ones() {
        var settings = read(Map.of(), false);

        assertThat(settings.cluster()).isEqualTo(Settings.Cluster.EMBEDDED);
        assertThat(settings.policies().gate().mode()).isEqualTo(Mode.HEAL);
        assertThat(settings.policies().gate().confidence()).isEqualTo(90);
        assertThat(settings.policies().gate().maximum()).isEqualTo(Memory.ofMi(8192));
        assertThat(settings.policies().gate().fields()).containsExactly("spec.containers[*].resources");
        assertThat(settings.policies().gate().breakers().coolDown()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.policies().gate().breakers().attempts()).isEqualTo(3);
        assertThat(settings.policies().gate().ownNamespace()).isEqualTo("kubesent");
        assertThat(settings.maxBody()).isEqualTo(2 << 20);
        assertThat(settings.maxWork()).isEqualTo(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "arn:aws:eks:eu-west-1:111122223333:cluster/shop",
                "gke_project_europe-west3_shop",
                "a--b.example.com:6443"
            })
    void a_cluster_has_the_name_that_it_is_given(String name) {
        assertThat(read(Map.of("KUBESENT_CLUSTER_NAME", name), true).clusterName())
                .contains(name);
        assertThat(URI.create("/kubesent/clusters/" + name).normalize()).hasToString("/kubesent/clusters/" + name);
    }

    @Test
    void a_cluster_that_is_given_no_name_has_none() {
        assertThat(read(Map.of(), true).clusterName()).isEmpty();
        assertThat(read(Map.of("KUBESENT_CLUSTER_NAME", " "), true).clusterName())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../b", "a//b", "a b", "ä", "a?b", "a#b", "a%2f", "/a", "a/", "."})
    void what_is_no_path_of_a_uri_names_no_cluster(String name) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(Map.of("KUBESENT_CLUSTER_NAME", name), true))
                .withMessageContaining("KUBESENT_CLUSTER_NAME");
    }

    @Test
    void in_a_cluster_it_answers_first_and_elsewhere_as_it_is_told() {
        assertThat(read(Map.of(), true).answer()).isEqualTo(Settings.Answer.FIRST);
        assertThat(read(Map.of(), false).answer()).isEqualTo(Settings.Answer.LAST);
        assertThat(read(Map.of("KUBESENT_ANSWER", "last"), true).answer()).isEqualTo(Settings.Answer.LAST);
    }

    @Test
    void on_lambda_it_heals_before_it_answers_and_nothing_else_is_taken() {
        var lambda = Map.of("AWS_LAMBDA_FUNCTION_NAME", "kubesent", "KUBESENT_CLUSTER", "kubeconfig");
        assertThat(read(lambda, false).answer()).isEqualTo(Settings.Answer.LAST);

        var first = new HashMap<>(lambda);
        first.put("KUBESENT_ANSWER", "first");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(first, false))
                .withMessageContaining("Lambda stops the process");
    }

    @Test
    void it_watches_only_where_it_is_told_to() {
        assertThat(read(Map.of(), true).feed()).isEqualTo(Feeding.EVENTS);
        assertThat(read(Map.of("KUBESENT_FEED", "watch"), true).feed()).isEqualTo(Feeding.WATCH);
    }

    /** Nothing to watch, or nobody who goes on behind an answer. */
    @ParameterizedTest
    @CsvSource({
        "KUBESENT_CLUSTER, embedded, nothing to watch",
        "KUBESENT_ANSWER, last, nothing can watch",
        "AWS_LAMBDA_FUNCTION_NAME, kubesent, nothing can watch",
        "KUBESENT_FEED, whatever, must be events or watch"
    })
    void where_it_cannot_watch_it_says_so_at_once(String name, String value, String message) {
        var given = new HashMap<>(Map.of("KUBESENT_FEED", "watch"));
        given.put(name, value);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(given, true))
                .withMessageContaining(message);
    }

    @Test
    void an_eks_cluster_is_one_by_its_name_endpoint_authority_and_region() {
        var settings = read(EKS, false);

        assertThat(settings.cluster()).isEqualTo(Settings.Cluster.EKS);
        assertThat(settings.eks()).get().satisfies(eks -> {
            assertThat(eks.name()).isEqualTo("prod");
            assertThat(eks.endpoint()).hasToString("https://ABC.gr7.eu-central-1.eks.amazonaws.com");
            assertThat(eks.region()).isEqualTo("eu-central-1");
        });
        assertThat(read(Map.of(), false).eks()).isEmpty();
    }

    @Test
    void registries_are_named_by_their_hosts_and_none_is_asked_unless_one_is() {
        assertThat(read(Map.of(), false).registries()).isEmpty();
        assertThat(read(Map.of("KUBESENT_REGISTRY_LOOKUP", "docker.io, http://registry.lab:5000"), false)
                        .registries())
                .containsOnly(Map.entry("docker.io", Transport.TLS), Map.entry("registry.lab:5000", Transport.PLAIN));
    }

    @ParameterizedTest
    @CsvSource({
        "KUBESENT_EKS_NAME, none",
        "KUBESENT_EKS_ENDPOINT, http://plain",
        "KUBESENT_EKS_ENDPOINT, none",
        "KUBESENT_EKS_CA, AAAA",
        "KUBESENT_EKS_CA, none",
        "AWS_REGION, eu central 1"
    })
    void an_eks_cluster_that_cannot_be_one_is_refused(String variable, String value) {
        var given = new HashMap<>(EKS);
        given.put(variable, value);

        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(given, false))
                .withMessageContaining(variable);
    }

    @Test
    void inside_a_pod_the_cluster_is_the_pods_own() {
        assertThat(read(Map.of(), true).cluster()).isEqualTo(Settings.Cluster.IN_CLUSTER);
    }

    @Test
    void every_setting_can_be_given() {
        var settings = read(
                Map.of(
                        "KUBESENT_CLUSTER", "kubeconfig",
                        "KUBESENT_MODE", "suggest",
                        "KUBESENT_CONFIDENCE", "95",
                        "KUBESENT_MAX_MEMORY", "1Gi",
                        "KUBESENT_FIELDS", "spec.containers[*].resources, spec.initContainers[*].resources",
                        "KUBESENT_ALLOW", "memory",
                        "KUBESENT_COOL_DOWN", "30m",
                        "KUBESENT_MAX_BODY", "1Mi",
                        "KUBESENT_MAX_WORK", "2",
                        "KUBESENT_NAMESPACE", "ops"),
                false);

        assertThat(settings.cluster()).isEqualTo(Settings.Cluster.KUBECONFIG);
        assertThat(settings.policies().gate().mode()).isEqualTo(Mode.SUGGEST);
        assertThat(settings.policies().gate().fields()).hasSize(2);
        assertThat(settings.policies().gate().allowed()).containsExactly(Permission.MEMORY);
        assertThat(settings.policies().gate().breakers().coolDown()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.policies().gate().ownNamespace()).isEqualTo("ops");
        assertThat(settings.maxBody()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "KUBESENT_CLUSTER, prod",
        "KUBESENT_MODE, yolo",
        "KUBESENT_CONFIDENCE, 101",
        "KUBESENT_CONFIDENCE, high",
        "KUBESENT_MAX_MEMORY, lots",
        "KUBESENT_COOL_DOWN, soon",
        "KUBESENT_ATTEMPTS, -1",
        "KUBESENT_MAX_BODY, -2Mi",
        "KUBESENT_MAX_WORK, 0",
        "KUBESENT_COOL_DOWN, -1h",
        "KUBESENT_MAX_MEMORY, 0",
        "KUBESENT_MAX_BODY, 2Gi",
        "KUBESENT_FIELDS, foo",
        "KUBESENT_ALLOW, rolback",
        "KUBESENT_REGISTRY_LOOKUP, https://registry.lab",
        "KUBESENT_REGISTRY_LOOKUP, registry.lab/shop",
        "KUBESENT_REGISTRY_LOOKUP, *",
    })
    void a_bad_value_is_told_in_one_line_with_what_it_must_be(String variable, String value) {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> read(Map.of(variable, value), false))
                .withMessageStartingWith(variable + " is '" + value + "'; it must be ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void a_misspelt_variable_is_refused_and_those_of_services_are_not() {
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> EverySetting.refuseUnknown(Set.of("KUBESENT_MOED", "PATH")))
                .withMessageContaining("KUBESENT_MOED");
        EverySetting.refuseUnknown(
                Set.of("KUBESENT_MODE", "KUBESENT_PORT_80_TCP", "KUBESENT_SERVICE_HOST", "KUBESENT_DLQ_PORT"));
    }

    @Test
    void the_table_in_the_docs_is_the_table_in_the_code() throws IOException {
        var documented = Files.readAllLines(Path.of("docs/settings.md")).stream()
                .filter(line -> line.startsWith("| `KUBESENT_"))
                .toList();

        assertThat(documented)
                .containsExactlyElementsOf(EverySetting.ALL.stream()
                        .map(s -> "| `%s` | `--%s` | %s | %s |"
                                .formatted(s.variable(), s.property(), s.defaultValue(), s.meaning()))
                        .toList());
    }

    private static Settings read(Map<String, String> given, boolean insideAPod) {
        return Settings.read(given::get, insideAPod);
    }
}
