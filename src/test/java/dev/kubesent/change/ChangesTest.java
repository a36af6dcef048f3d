package dev.kubesent.change;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.kubesent.api.v1alpha1.Deed;
import dev.kubesent.api.v1alpha1.FailureKind;
import dev.kubesent.api.v1alpha1.Permission;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.PatchOperation;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of change says of itself, and that nobody asks for the kind instead. */
class ChangesTest {

    private static final Path MAIN = Path.of("src/main/java/dev/kubesent");

    /** The one place that tells the kinds apart, to find who makes them. */
    private static final Path WHO_MAKES_THEM = MAIN.resolve("remedy/Remedies.java");

    private static final ObjectRef WEB = new ObjectRef("apps/v1", "Deployment", "shop", "web", "u");
    private static final ObjectRef HELLO = new ObjectRef("serving.knative.dev/v1", "Service", "shop", "hello", "k");
    private static final ObjectRef POD = new ObjectRef("v1", "Pod", "shop", "web-1", "p");
    private static final ObjectRef JOB = new ObjectRef("batch/v1", "Job", "shop", "import", "j");
    private static final MemoryRaise RAISE = new MemoryRaise("app", Memory.ofMi(32), Memory.ofMi(132), false);
    private static final RevisionRef OLD = new RevisionRef("web-a", "a", 1);
    private static final RevisionRef NEW = new RevisionRef("web-b", "b", 2);
    private static final FailureKind CRASH = FailureKind.CrashLoopBackOff;

    /** One of each kind. */
    static final Map<String, Change> EACH = Stream.of(
                    new TemplatePatch(WEB, RAISE, limit("/spec/template/spec/"), List.of(POD), "f", ""),
                    new PodResize(POD, RAISE, limit("/spec/")),
                    new PodReplacement(POD, RAISE, limit("/spec/"), new PodBuilder().build()),
                    new JobPatch(JOB, RAISE, "132Mi/2", List.of(), limit("/spec/template/spec/")),
                    new TemplateRollback(
                            WEB,
                            CRASH,
                            "app",
                            NEW,
                            OLD,
                            List.of(),
                            List.of(new PatchOperation.Put("/spec/template", JsonNodeFactory.instance.objectNode())),
                            List.of(POD),
                            "f"),
                    new TemplateEdit(
                            WEB,
                            Permission.IMAGE,
                            CRASH,
                            "app",
                            NEW,
                            "image",
                            "web:1.0.l",
                            "web:1.0.1",
                            put("/spec/template/spec/containers/0/image", "web:1.0.1"),
                            List.of(POD),
                            "f"),
                    new PodEviction(POD, WEB, CRASH, "app", NEW),
                    TrafficPin.of(HELLO, CRASH, "app", "hello-2", "hello-1", TrafficPin.traffic("")))
            .collect(Collectors.toUnmodifiableMap(Change::remedy, change -> change));

    private static List<PatchOperation> limit(String podSpec) {
        return put(podSpec + "containers/0/resources/limits/memory", "132Mi");
    }

    private static List<PatchOperation> put(String path, String value) {
        return List.of(new PatchOperation.Put(path, TextNode.valueOf(value)));
    }

    @ParameterizedTest
    @CsvSource({
        // kind, deed, touches, grace, node, bounds itself, sets fields, whole pod, first request
        "TemplatePatch,    RAISE,     TEMPLATE, NONE,            READY,       true,  true,  false, Patch",
        "PodResize,        RAISE,     POD,      NONE,            READY,       true,  true,  false, Patch",
        "PodReplacement,   RAISE,     POD,      NONE,            SCHEDULABLE, true,  true,  true,  Delete Create",
        "JobPatch,         RAISE,     TEMPLATE, NONE,            READY,       true,  true,  false, Patch",
        "TemplateRollback, ROLL_BACK, TEMPLATE, TO_COME_UP,      NONE,        false, true,  true,  Patch",
        "TemplateEdit,     EDIT,      TEMPLATE, TO_COME_UP,      NONE,        false, true,  false, Patch",
        "PodEviction,      RESTART,   POD,      TO_STAY_DOWN,    READY,       false, false, false, Evict",
        "TrafficPin,       ROLL_BACK, TRAFFIC,  TO_BE_RESTARTED, NONE,        false, true,  false, Patch"
    })
    void a_change_says_what_is_to_be_asked_of_it(
            String kind,
            Deed deed,
            Touches touches,
            Grace grace,
            NodeNeed node,
            boolean boundsItself,
            boolean setsFields,
            boolean isWhole,
            String requests) {
        var change = Objects.requireNonNull(EACH.get(kind), kind);

        assertThat(change.deed()).isEqualTo(deed);
        assertThat(change.touches()).isEqualTo(touches);
        assertThat(change.grace()).isEqualTo(grace);
        assertThat(change.nodeNeed()).isEqualTo(node);
        assertThat(change.boundsItself()).isEqualTo(boundsItself);
        assertThat(change.setsFields()).isEqualTo(setsFields);
        assertThat(change.wholePod().isPresent()).isEqualTo(isWhole);
        assertThat(change.requests().stream()
                        .map(request -> request.getClass().getSimpleName())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(requests);
    }

    @Test
    void a_change_sets_what_its_kind_may_set_and_nothing_else() {
        var ofPods = Set.of("spec.containers[*].resources", "spec.initContainers[*].resources");

        assertThat(EACH.values()).allSatisfy(change -> {
            assertThat(change.operations().stream()
                            .filter(operation -> !(operation instanceof PatchOperation.Test))
                            .map(PatchOperation::path))
                    .allMatch(path -> change.maySet(path, ofPods));
            assertThat(change.maySet("/spec/replicas", ofPods)).isFalse();
            assertThat(change.maySet("/spec/template/spec/serviceAccountName", ofPods))
                    .isFalse();
        });
    }

    @Test
    void a_record_holds_a_change_and_none_of_its_traits() {
        assertThat(EACH.keySet())
                .isEqualTo(kinds(Change.class).stream()
                        .filter(Class::isRecord)
                        .map(Class::getSimpleName)
                        .collect(Collectors.toSet()));
        assertThat(EACH.values()).allSatisfy(change -> {
            var record = KubernetesJson.tree(change);
            var components = Arrays.stream(change.getClass().getRecordComponents())
                    .map(component -> component.getName())
                    .collect(Collectors.toSet());
            components.add("remedy");
            record.fieldNames().forEachRemaining(name -> assertThat(components).contains(name));
            assertThat(KubernetesJson.tree(Change.parse(record.toString()))).isEqualTo(record);
        });
    }

    @Test
    void only_who_makes_changes_asks_of_what_kind_one_is() throws IOException {
        var kinds = kinds(Change.class).stream().map(Class::getSimpleName).collect(Collectors.toSet());
        var ladder = Pattern.compile(
                "\\b(case|instanceof)\\s[^;{}>]*\\b(%1$s)\\b|\\b(%1$s)\\.class\\b".formatted(String.join("|", kinds)));
        try (var files = Files.walk(MAIN)) {
            var sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith(MAIN.resolve("change")))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(500);
            assertThat(kinds).hasSizeGreaterThanOrEqualTo(8);
            assertThat(sources.stream()
                            .filter(file -> ladder.matcher(code(file)).find()))
                    .containsExactly(WHO_MAKES_THEM);
        }
    }

    private static String code(Path file) {
        try {
            return Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|//[^\\n]*", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole sealed family. */
    private static Set<Class<?>> kinds(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(kind -> Stream.concat(Stream.of(kind), kind.isSealed() ? kinds(kind).stream() : Stream.of()))
                .collect(Collectors.toSet());
    }
}
