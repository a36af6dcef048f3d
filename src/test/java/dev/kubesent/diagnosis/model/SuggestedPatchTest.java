package dev.kubesent.diagnosis.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubesent.action.Suggestion;
import dev.kubesent.action.TemplateField;
import dev.kubesent.cluster.Memory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SuggestedPatchTest {

    private static final Set<String> ALLOWED = Set.of("spec.containers[*].resources");

    private static final String RAISE = """
        spec:
          containers:
          - name: app
            resources: {limits: {memory: 256Mi}}
        """;

    @Test
    void a_memory_limit_of_the_failing_container_is_what_it_asks_for() {
        assertThat(read(RAISE))
                .isEqualTo(new SuggestedPatch(Optional.of(Memory.parse("256Mi")), Optional.empty(), List.of()));
    }

    @Test
    void a_patch_of_the_workload_is_read_as_one_of_its_template() {
        var ofTheWorkload = "spec:\n  template:\n" + RAISE.indent(4);

        assertThat(read(ofTheWorkload).memory()).hasValue(Memory.parse("256Mi"));
        assertThat(read(ofTheWorkload).dropped()).isEmpty();
    }

    @Test
    void nothing_is_asked_for_by_an_empty_one() {
        assertThat(read(" \n")).isEqualTo(new SuggestedPatch(Optional.empty(), Optional.empty(), List.of()));
    }

    static Stream<Arguments> what_is_dropped() {
        return Stream.of(
                Arguments.of("spec: {hostNetwork: true}", "spec.hostNetwork: may not be changed"),
                Arguments.of("spec: {hostPID: true}", "spec.hostPID: may not be changed"),
                Arguments.of("spec: {serviceAccountName: admin}", "spec.serviceAccountName: may not be changed"),
                Arguments.of(
                        "spec: {volumes: [{name: h, hostPath: {path: /}}]}", "spec.volumes[].name: may not be changed"),
                Arguments.of(
                        "spec: {containers: [{name: app, securityContext: {privileged: true}}]}",
                        "spec.containers[*].securityContext.privileged: may not be changed"),
                Arguments.of(
                        "spec: {containers: [{name: app, image: evil/miner}]}",
                        "spec.containers[*].image: may not be changed"),
                Arguments.of(
                        "spec: {containers: [{name: app, command: [sh, -c, id]}]}",
                        "spec.containers[*].command[]: may not be changed"),
                Arguments.of(
                        "spec: {containers: [{name: app, resourcesX: {limits: {memory: 1Gi}}}]}",
                        "spec.containers[*].resourcesX.limits.memory: may not be changed"),
                Arguments.of(
                        "spec: {containers: [{name: other, resources: {limits: {memory: 1Gi}}}]}",
                        "spec.containers[*].resources.limits.memory: of container other, which is not the one that"
                                + " fails"),
                Arguments.of(
                        "spec: {containers: [{resources: {limits: {memory: 1Gi}}}]}",
                        "spec.containers[*]: an element without a name"),
                Arguments.of(
                        "spec: {containers: [{name: app, resources: {limits: {cpu: 4}}}]}",
                        "spec.containers[*].resources.limits.cpu: nothing KubeSent does changes it"),
                Arguments.of(
                        "spec: {containers: [{name: app, resources: {limits: {memory: lots}}}]}",
                        "spec.containers[*].resources.limits.memory: 'lots' is no amount of memory"),
                Arguments.of(
                        "spec: {containers: [{name: app, resources: {limits: {memory: null}}}]}",
                        "spec.containers[*].resources.limits.memory: 'null' is no amount of memory"),
                Arguments.of(
                        "spec: {containers: [{name: app, resources: {limits: {memory: -1Gi}}}]}",
                        "spec.containers[*].resources.limits.memory: '-1Gi' is no amount of memory"),
                Arguments.of(
                        "spec: {initContainers: [{name: app, resources: {limits: {memory: 1Gi}}}]}",
                        "spec.initContainers[*].resources.limits.memory: may not be changed"),
                Arguments.of("{metadata: {namespace: kube-system}, spec: {}}", "metadata: may not be changed"),
                Arguments.of("{metadata: {name: another}, spec: {}}", "metadata: may not be changed"),
                Arguments.of("{kind: ClusterRoleBinding, spec: {}}", "kind: may not be changed"),
                Arguments.of("spec: {replicas: 0, template: {spec: {}}}", "spec.replicas: may not be changed"),
                Arguments.of(
                        "spec: {template: {metadata: {}, spec: {}}}", "spec.template.metadata: may not be changed"),
                Arguments.of("roleRef: {name: cluster-admin}", "the patch has no spec"),
                Arguments.of("- op: remove", "the patch has no spec"),
                Arguments.of("42", "the patch has no spec"),
                Arguments.of("x".repeat(9000), "the patch is longer than 8192 characters"),
                Arguments.of(RAISE + "---\n" + RAISE, "the patch is no YAML that is read here: "),
                Arguments.of("spec: {a: 1, a: 2}", "the patch is no YAML that is read here: "),
                Arguments.of("spec: !!javax.script.ScriptEngineManager {}", "the patch is no YAML that is read here: "),
                Arguments.of("a: &a [x,x]\nb: &b [*a,*a]\nspec: [*b,*b]", "the patch is no YAML that is read here: "),
                Arguments.of("spec: {containers: [", "the patch is no YAML that is read here: "),
                Arguments.of("[".repeat(4000), "the patch is no YAML that is read here: "));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("what_is_dropped")
    void it_is_dropped_and_named(String yaml, String dropped) {
        var patch = read(yaml);

        assertThat(patch.memory()).isEmpty();
        assertThat(patch.dropped()).anyMatch(path -> path.startsWith(dropped));
    }

    @Test
    void what_may_be_changed_stays_when_the_rest_is_dropped() {
        var patch = read(RAISE + "  hostNetwork: true\n");

        assertThat(patch.memory()).hasValue(Memory.parse("256Mi"));
        assertThat(patch.dropped()).containsExactly("spec.hostNetwork: may not be changed");
    }

    private static final Set<String> ALL_OPEN = Set.of(
            "spec.containers[*].resources",
            "spec.containers[*].image",
            "spec.containers[*].command",
            "spec.containers[*].args",
            "spec.containers[*].env",
            "spec.containers[*].livenessProbe",
            "spec.containers[*].startupProbe");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {name: app, image: 'shop:1.4'}                                          | IMAGE          | "shop:1.4"
        {name: app, command: [shop, --serve]}                                   | COMMAND        | ["shop","--serve"]
        {name: app, args: ['8080']}                                             | ARGS           | ["8080"]
        {name: app, env: [{name: PORT, value: 8080}]}                           | ENV            | {"name":"PORT","value":"8080"}
        {name: app, livenessProbe: {tcpSocket: {port: 80}}}                     | LIVENESS_PROBE | {"tcpSocket":{"port":80}}
        {name: app, image: 5}                                                   | |
        {name: app, command: shop --serve}                                      | |
        {name: app, command: []}                                                | |
        {name: app, env: [{name: A, value: 1}, {name: B, value: 2}]}            | |
        {name: app, env: [{name: A, valueFrom: {secretKeyRef: {name: s}}}]}     | |
        {name: app, env: [{name: PASSWORD, value: <secret-1>}]}                 | |
        {name: app, command: [psql, '***']}                                     | |
        {name: app, livenessProbe: {periodSeconds: 3}}                          | |
        {name: app, livenessProbe: null}                                        | |
        {name: app, readinessProbe: {tcpSocket: {port: 80}}}                    | |
        {name: other, command: [shop]}                                          | |
        {name: app, command: [shop], image: 'shop:1.4'}                         | |
        {name: app, command: [shop], resources: {limits: {memory: 1Gi}}}        | |
        """)
    void one_field_that_is_open_is_taken_whole_and_nothing_else(String container, TemplateField field, String value) {
        var patch = SuggestedPatch.read("spec: {containers: [" + container + "]}", "app", ALL_OPEN);

        assertThat(patch.field().map(Suggestion::field)).isEqualTo(Optional.ofNullable(field));
        assertThat(patch.field().map(taken -> taken.value().toString())).isEqualTo(Optional.ofNullable(value));
        assertThat(patch.dropped().isEmpty()).isEqualTo(field != null);
    }

    @Property(tries = 2000)
    void no_text_whatever_makes_it_throw(@ForAll String yaml) {
        assertThat(read(yaml).memory()).isEmpty();
    }

    /** Grown from what a patch is made of, so that most of it is YAML, and much of it looks like a patch. */
    @Property(tries = 3000)
    void nothing_but_the_memory_of_the_failing_container_gets_through(@ForAll("patches") String yaml) {
        var patch = read(yaml);

        patch.memory().ifPresent(memory -> assertThat(asked(yaml)).contains(memory));
        assertThat(patch.dropped()).hasSizeLessThanOrEqualTo(20).allMatch(path -> path.length() < 400);
    }

    @Test
    void the_property_is_not_empty() {
        var patches = LongStream.range(0, 3000)
                .mapToObj(seed -> read(flow(new Random(seed), 0)))
                .toList();

        assertThat(patches.stream().filter(patch -> patch.memory().isPresent())).hasSizeGreaterThan(20);
        assertThat(patches.stream().filter(patch -> patch.dropped().size() > 1)).hasSizeGreaterThan(1000);
    }

    /** Read once more, by other means: the amounts at the one place that counts. */
    private static List<Memory> asked(String yaml) {
        var tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return at(at(tree, "spec"), "containers") instanceof List<?> containers
                ? containers.stream()
                        .filter(container -> "app".equals(at(container, "name")))
                        .map(container -> at(at(at(container, "resources"), "limits"), "memory"))
                        .map(String::valueOf)
                        .map(Memory::parse)
                        .toList()
                : List.of();
    }

    private static @Nullable Object at(@Nullable Object map, String key) {
        return map instanceof Map<?, ?> found ? found.get(key) : null;
    }

    /** With nothing allowed nothing passes, however it is written. */
    @Property(tries = 3000)
    void nothing_at_all_gets_through_an_empty_allow_list(@ForAll("patches") String yaml) {
        assertThat(SuggestedPatch.read(yaml, "app", Set.of()).memory()).isEmpty();
    }

    @Provide
    Arbitrary<String> patches() {
        return Arbitraries.longs().map(seed -> flow(new Random(seed), 0));
    }

    private static final List<String> KEYS = List.of(
            "spec",
            "spec",
            "template",
            "containers",
            "containers",
            "initContainers",
            "name",
            "resources",
            "limits",
            "requests",
            "memory",
            "cpu",
            "securityContext",
            "privileged",
            "hostNetwork",
            "metadata",
            "namespace",
            "kind",
            "\"spec.containers[*].resources\"",
            "? [a, b]",
            "!!binary YQ==",
            "&a x",
            "*a",
            "null",
            "1",
            "~");

    private static final List<String> VALUES = List.of(
            "app",
            "app",
            "other",
            "256Mi",
            "9Ei",
            "-1",
            "1e999",
            "null",
            "true",
            "\"\\u0000\"",
            "*a",
            "&a y",
            "!!float .nan",
            "''",
            "{null}",
            "0x7fffffffffffffffffff",
            "2001-01-01");

    private static String flow(Random random, int depth) {
        var shape = random.nextInt(depth > 5 ? 1 : 8);
        if (depth == 0) {
            var limit = random.nextBoolean() ? "memory: 256Mi" : pick(KEYS, random) + ": " + flow(random, 4);
            return "spec: {%s: [{name: %s, resources: {limits: {%s}}, %s: %s}], %s: %s}"
                    .formatted(
                            random.nextInt(4) == 0 ? pick(KEYS, random) : "containers",
                            random.nextBoolean() ? "app" : pick(VALUES, random),
                            limit,
                            pick(KEYS, random),
                            flow(random, 4),
                            pick(KEYS, random),
                            flow(random, 4));
        }
        return switch (shape) {
            case 0, 1, 2, 3 -> pick(VALUES, random);
            case 4, 5, 6 ->
                "{" + pick(KEYS, random) + ": " + flow(random, depth + 1) + ", " + pick(KEYS, random) + ": "
                        + flow(random, depth + 1) + "}";
            default -> "[" + flow(random, depth + 1) + ", " + flow(random, depth + 1) + "]";
        };
    }

    private static String pick(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }

    private static SuggestedPatch read(String yaml) {
        return SuggestedPatch.read(yaml, "app", ALLOWED);
    }
}
