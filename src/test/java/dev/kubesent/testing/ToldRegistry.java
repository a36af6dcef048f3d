package dev.kubesent.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.evidence.ImageRegistry;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.evidence.Source;
import java.util.List;
import java.util.Optional;

/** Says of each image what a scenario's {@code registry.yaml} says: {@code has}, {@code platforms}, {@code nearest} and {@code meant}, {@code nothing} or {@code silent}. */
record ToldRegistry(JsonNode answers) implements ImageRegistry {

    static ImageRegistry of(Scenario scenario) {
        return scenario.registry()
                .<ImageRegistry>map(yaml -> new ToldRegistry(KubernetesJson.parse(yaml, JsonNode.class)))
                .orElseGet(ImageRegistry::none);
    }

    @Override
    public boolean isAsked(String image) {
        return answers.has(image);
    }

    @Override
    public Reading<RegistryFacts> ask(String image, Optional<Platform> platform, Optional<Login> login) {
        var answer = answers.path(image);
        if (answer.has("silent")) {
            return new Missing<>(Source.REGISTRY, answer.path("silent").asText());
        }
        return new Present<>(facts(answer));
    }

    private static RegistryFacts facts(JsonNode answer) {
        if (answer.has("has")) {
            return new RegistryFacts.Exists();
        }
        if (answer.has("platforms")) {
            return new RegistryFacts.OtherPlatforms(texts(answer.path("platforms")));
        }
        return answer.has("nearest")
                ? new RegistryFacts.NoSuchTag(
                        texts(answer.path("nearest")),
                        Optional.of(answer.path("meant").asText()).filter(meant -> !meant.isEmpty()))
                : new RegistryFacts.NoSuchRepository();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
