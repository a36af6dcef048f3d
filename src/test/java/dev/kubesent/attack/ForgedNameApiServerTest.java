package dev.kubesent.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.cluster.Bound;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.ContainerLog;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.FieldSelector;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.cluster.Selection;
import dev.kubesent.cluster.Subresource;
import dev.kubesent.cluster.fabric8.KubernetesReads;
import dev.kubesent.cluster.fabric8.KubernetesWrites;
import dev.kubesent.event.Request;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.testing.ApiServer;
import dev.kubesent.testing.Kubelet;
import dev.kubesent.testing.MovingClock;
import dev.kubesent.testing.OnTheApiServer;
import dev.kubesent.testing.ScenarioRun;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Finding 1, on a real API server as KubeSent's own account: no forged name becomes a request, through whichever method it comes. */
@OnTheApiServer
class ForgedNameApiServerTest {

    private static final String LINE = "connected to db with password hunter2-of-namespace-other";

    private static ApiServer server;
    private static KubernetesClient client;
    private static final List<String> SENT = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        server = ApiServer.required();
        client = new KubernetesClientBuilder()
                .withConfig(server.kubesent().getConfiguration())
                .withKubernetesSerialization(KubernetesJson.serialization())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("sent", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest sent, RequestTags tags) {
                        SENT.add(sent.method() + " " + sent.uri());
                    }
                }))
                .build();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> not_one_request_leaves_with_a_forged_name() {
        var reads = new KubernetesReads(client);
        var writes = new KubernetesWrites(client);
        var tests = new ArrayList<DynamicTest>();
        for (var port : Map.of(
                        ClusterReader.class, reads,
                        ClusterWriter.class, writes,
                        RecordWriter.class, writes,
                        DryRun.class, writes.dryRun())
                .entrySet()) {
            for (var method : port.getKey().getMethods()) {
                if (method.getName().equals("begin")) {
                    continue; // it takes no name: what it begins is another method's call
                }
                var calls = calls(method);
                assertThat(calls.isEmpty()).as(method.toString()).isEqualTo(method.getParameterCount() == 0);
                tests.add(dynamicTest(
                        port.getKey().getSimpleName() + "." + method.getName() + " with " + calls.size() + " forgeries",
                        () -> calls.forEach(arguments -> sendsNothing(method, port.getValue(), arguments))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(24);
        return tests.stream();
    }

    private static void sendsNothing(Method method, Object port, Object[] arguments) {
        SENT.clear();
        try {
            method.invoke(port, arguments);
        } catch (InvocationTargetException refused) {
            assertThat(refused.getCause()).isInstanceOf(RuntimeException.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
        if (arguments.length > 0) {
            assertThat(SENT).as(method.getName() + Arrays.toString(arguments)).isEmpty();
        }
    }

    /** One forgery at a time, in each place where there is room for one. */
    private static List<Object[]> calls(Method method) {
        var calls = new ArrayList<Object[]>();
        var parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            for (var forged : forged(parameters[i])) {
                var arguments = Arrays.stream(parameters)
                        .map(ForgedNameApiServerTest::honest)
                        .toArray();
                arguments[i] = forged;
                calls.add(arguments);
            }
        }
        return calls;
    }

    private static Object honest(Parameter parameter) {
        return switch (parameter.getType().getSimpleName()) {
            case "Class" -> Pod.class;
            case "String" ->
                parameter.getName().equals("kind")
                        ? "Pod"
                        : parameter.getName().equals("apiVersion") ? "a.b/v1" : "web";
            case "ObjectRef" -> ref("v1", "Pod", "web", "web-0");
            case "HasMetadata" -> record(meta("web", "web-0"));
            case "Pod" -> pod(meta("web", "web-0"));
            case "Job" -> job(meta("web", "web-0"));
            case "Map" -> Map.of("app", "web");
            case "ContainerLog" -> log("web", "web-0", "app");
            case "Selection" -> Selection.of("web");
            case "Bound" -> Bound.FEW;
            case "FieldSelector" -> FieldSelector.ALL;
            case "Consumer" -> (Consumer<Object>) _ -> {};
            case "Predicate" -> (Predicate<byte[]>) _ -> true;
            case "int" -> 10;
            case "Subresource" -> Subresource.NONE;
            case "List" -> List.of();
            case "ObjectNode" -> JsonNodeFactory.instance.objectNode();
            default -> throw new IllegalStateException("a parameter that this test does not know: " + parameter);
        };
    }

    private static List<?> forged(Parameter parameter) {
        var isAnyType =
                parameter.getDeclaringExecutable().getName().equals("eventsAbout"); // none becomes part of the URL
        return switch (parameter.getType().getSimpleName()) {
            case "Class", "Subresource", "List", "ObjectNode", "Bound", "Consumer", "Predicate", "int" -> List.of();
            case "FieldSelector" -> List.of(); // no name of a field is foreign, and a value is encoded
            case "Selection" ->
                both(
                        each(ForgedNameTest.HOSTILE, Selection::of),
                        each(others(), h -> Selection.of("web").labelled(Map.of(h, "web"))),
                        each(others(), h -> Selection.of("web").labelled(Map.of("app", h))));
            case "String" ->
                switch (parameter.getName()) {
                    case "next" -> List.of(); // the API server's own word, and encoded
                    case "kind", "apiVersion" -> others();
                    default -> ForgedNameTest.HOSTILE;
                };
            case "ObjectRef" ->
                both(
                        each(ForgedNameTest.HOSTILE, h -> ref("v1", "Pod", h, "web-0")),
                        each(ForgedNameTest.HOSTILE, h -> ref("v1", "Pod", "web", h)),
                        each(isAnyType ? List.of() : others(), h -> ref(h, "Pod", "web", "web-0")),
                        each(others(), h -> ref("v1", h, "web", "web-0")));
            case "HasMetadata" -> objects(ForgedNameApiServerTest::record);
            case "Pod" -> objects(ForgedNameApiServerTest::pod);
            case "Job" -> objects(ForgedNameApiServerTest::job);
            case "Map" -> both(each(others(), h -> Map.of(h, "web")), each(others(), h -> Map.of("app", h)));
            case "ContainerLog" ->
                both(
                        each(ForgedNameTest.HOSTILE, h -> log(h, "web-0", "app")),
                        each(ForgedNameTest.HOSTILE, h -> log("web", h, "app")),
                        each(ForgedNameTest.HOSTILE, h -> log("web", "web-0", h)));
            default -> throw new IllegalStateException("a parameter that this test does not know: " + parameter);
        };
    }

    /** Kinds and labels may have upper case, a label has dots in it, and a group or a prefix a slash after it. */
    private static List<String> others() {
        return ForgedNameTest.HOSTILE.stream()
                .filter(h -> !List.of("Upper", "a..b", "a/b", "x/status").contains(h))
                .toList();
    }

    private static List<?> objects(Function<ObjectMeta, Object> of) {
        return both(
                each(ForgedNameTest.HOSTILE, h -> of.apply(meta(h, "web-0"))),
                each(ForgedNameTest.HOSTILE, h -> of.apply(meta("web", h))));
    }

    private static List<Object> each(List<String> hostile, Function<String, Object> of) {
        return hostile.stream().map(of).toList();
    }

    @SafeVarargs
    private static List<Object> both(List<Object>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    private static ObjectRef ref(String apiVersion, String kind, String namespace, String name) {
        return new ObjectRef(apiVersion, kind, namespace, name, "");
    }

    private static ContainerLog log(String namespace, String pod, String container) {
        return new ContainerLog(namespace, pod, container, ContainerLog.Run.CURRENT, 5);
    }

    private static ObjectMeta meta(String namespace, String name) {
        return new ObjectMetaBuilder().withNamespace(namespace).withName(name).build();
    }

    private static HasMetadata record(ObjectMeta meta) {
        return new ConfigMapBuilder().withMetadata(meta).build();
    }

    private static Pod pod(ObjectMeta meta) {
        return new PodBuilder().withMetadata(meta).build();
    }

    private static Job job(ObjectMeta meta) {
        return new JobBuilder().withMetadata(meta).build();
    }

    @Test
    void the_log_of_a_namespace_that_never_opted_in_is_neither_read_nor_told(@TempDir Path folder) throws Exception {
        try (var kubelet = Kubelet.of("node-of-other", LINE + "\n", folder, server.admin())) {
            run("stranger", "payments-0", "node-of-other");
            server.bind("stranger"); // it granted the rights, and has not the label
            // What the attacker is after can be had with the account's rights: else this test would show nothing.
            assertThat(new KubernetesReads(client).log(log("stranger", "payments-0", "app")))
                    .contains(LINE);
            kubelet.asked().clear();
            SENT.clear();

            var writes = new KubernetesWrites(client);
            var ports = new Ports(new KubernetesReads(client), writes.dryRun(), writes, writes, _ -> {});
            var clock = new MovingClock(Instant.now());
            var pipeline = ScenarioRun.pipeline(ports, clock, "one");
            // Without the look at what was cut short, which follows each answer: other tests leave such things.
            var endpoint = new EventEndpoint(
                    pipeline,
                    new Resumption(pipeline, MovingClock.ticks(clock), (_, _) -> {}),
                    1 << 21,
                    new TellBack.Nothing());
            for (var names : List.of(
                    List.of("stranger", "payments-0/log?tailLines=20#"),
                    List.of("stranger/pods/payments-0/log?tailLines=20#", "x"),
                    List.of("kubesent/configmaps/kubesent#", "x"))) {
                var reply = endpoint.answer(forged(names.getFirst(), names.getLast()));
                assertThat(reply.status()).isEqualTo(400);
                assertThat(reply.text()).doesNotContain("hunter2", "db");
            }

            assertThat(SENT).isEmpty();
            assertThat(kubelet.asked()).isEmpty();
        }
    }

    private static Request forged(String namespace, String name) {
        return new Request(Map.of("content-type", "application/cloudevents+json"), """
            {"specversion":"1.0","id":"1","source":"s","type":"dev.knative.apiserver.ref.update","kind":"Pod",
             "namespace":"%s","name":"%s","data":{}}
            """.formatted(namespace, name)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static void run(String namespace, String pod, String node) {
        server.namespace(namespace);
        server.admin()
                .resource(new PodBuilder()
                        .withMetadata(meta(namespace, pod))
                        .withNewSpec()
                        .withNodeName(node)
                        .addNewContainer()
                        .withName("app")
                        .withImage("app")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }
}
