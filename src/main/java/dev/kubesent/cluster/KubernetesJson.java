package dev.kubesent.cluster;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.kubesent.text.BoundedYaml;
import io.fabric8.knative.serving.v1.Configuration;
import io.fabric8.knative.serving.v1.Revision;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one place that turns Kubernetes objects into text and back. fabric8 7 speaks Jackson 2; Spring's own mapper is
 * Jackson 3 and must never see these types.
 */
public final class KubernetesJson {

    /** Of JSON as of YAML: what is deeper is no Kubernetes object. The longest number and name are Jackson's own bounds. */
    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxNestingDepth(BoundedYaml.DEPTH).build();

    private static final ObjectMapper MAPPER = new ObjectMapper(
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build());
    private static final KubernetesSerialization SERIALIZATION;

    /**
     * What is read by a reference that names its kind: pods and what makes them. Of any other kind the client asks the API server for the resource's name. Left
     * to find them, fabric8 loads the thousand classes of all kinds that it knows.
     */
    private static final List<Class<? extends HasMetadata>> BY_KIND = List.of(
            Pod.class,
            ReplicationController.class,
            ReplicaSet.class,
            Deployment.class,
            StatefulSet.class,
            DaemonSet.class,
            Job.class,
            CronJob.class,
            Service.class,
            Configuration.class,
            Revision.class);

    static {
        MAPPER.setAnnotationIntrospector(new SealedFamilies());
        SERIALIZATION = new KubernetesSerialization(MAPPER, false);
        BY_KIND.forEach(SERIALIZATION::registerKubernetesResource);
        // The API server never sends null for a list; a forged or hand-made event may.
        MAPPER.configOverride(List.class).setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP));
        MAPPER.configOverride(Map.class).setSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP));
        MAPPER.registerModule(new SimpleModule().setDeserializerModifier(new LateDeserializers()));
        MAPPER.registerModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    private KubernetesJson() {}

    /** For the fabric8 client, so that what it reads and what we read are the same. */
    public static KubernetesSerialization serialization() {
        return SERIALIZATION;
    }

    public static String json(Object object) {
        return SERIALIZATION.asJson(object);
    }

    public static String yaml(Object object) {
        return SERIALIZATION.asYaml(object);
    }

    public static JsonNode tree(Object object) {
        return MAPPER.valueToTree(object);
    }

    public static <T> T as(JsonNode tree, Class<T> type) {
        return MAPPER.convertValue(tree, type);
    }

    /**
     * JSON, or YAML, where the text does not begin as JSON does.
     *
     * @throws IllegalArgumentException where it is deeper, or repeats itself more often, than anybody writes it
     * @throws RuntimeException with the parser's own words, where the text is not such an object
     */
    public static <T> T parse(String text, Class<T> type) {
        if (!text.stripLeading().startsWith("{")) {
            BoundedYaml.check(text);
        }
        return SERIALIZATION.unmarshal(text, type);
    }

    /** Of JSON that is read while it comes. */
    public static JsonParser parser(InputStream json) throws IOException {
        return MAPPER.createParser(json);
    }

    /** The object that begins where the parser stands, which goes on behind it. */
    public static <T> T parse(JsonParser at, Class<T> type) throws IOException {
        return MAPPER.readValue(at, type);
    }

    /** Strict JSON, no YAML, and nothing behind it. @throws JsonProcessingException with line and column */
    public static <T> T parseJson(byte[] json, Class<T> type) throws IOException {
        return MAPPER.readerFor(type)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readValue(json);
    }

    /** Of a sealed family the compiler keeps the list, and no second one is needed. As Jackson 3 has it. */
    private static final class SealedFamilies extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public @Nullable List<NamedType> findSubtypes(Annotated type) {
            var listed = super.findSubtypes(type);
            return listed != null || !type.getRawType().isSealed()
                    ? listed
                    : kinds(type.getRawType()).map(NamedType::new).toList();
        }

        private static Stream<Class<?>> kinds(Class<?> family) {
            return Arrays.stream(family.getPermittedSubclasses())
                    .flatMap(kind -> kind.isSealed() ? kinds(kind) : Stream.of(kind));
        }
    }
}
