package dev.kubesent.pipeline.diagnose;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kubesent.cluster.Amount;
import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.cluster.Memory;
import dev.kubesent.cluster.ObjectRef;
import dev.kubesent.evidence.Evidence;
import dev.kubesent.evidence.ObservedEvent;
import dev.kubesent.evidence.OwnerChain;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.evidence.Source;
import dev.kubesent.evidence.Surroundings;
import dev.kubesent.failure.Failure;
import dev.kubesent.failure.Failures;
import dev.kubesent.text.ForeignText;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the doctor alone is asked: a pod as YAML or JSON, its logs, its events; as evidence of which nothing else is known. */
final class Question {

    /** As much of a log as is read from a cluster. */
    private static final int LOG_LINES = 50;

    private static final String NOT_GIVEN = "not given";

    private Question() {}

    /** The sender's error, told to the sender. */
    static final class UnusableQuestionException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableQuestionException(String why) {
            super(why);
        }
    }

    static Evidence read(byte[] body, Instant now) throws UnusableQuestionException {
        var question = tree(body);
        var pod = pod(question.path("pod"));
        var owner = owner(question.path("owner"), pod);
        var container = question.path("container").asText();
        var failure = failures(pod, now).stream()
                .filter(found ->
                        container.isEmpty() || found.subject().container().equals(container))
                .findFirst()
                .orElseThrow(() -> new UnusableQuestionException("the pod's status shows no failure that is known"
                        + (container.isEmpty() ? "" : " of container " + container)));
        return new Evidence(
                failure,
                pod,
                now,
                given(Source.LOG, lines(question.path("logs"))),
                given(Source.EVENTS, events(question.path("events"))),
                owner,
                new Missing<>(Source.NAMESPACE, NOT_GIVEN),
                new Missing<>(Source.LIMIT_RANGES, NOT_GIVEN),
                new Missing<>(Source.QUOTAS, NOT_GIVEN),
                new Missing<>(Source.NODE, NOT_GIVEN),
                new Missing<>(Source.HISTORY, NOT_GIVEN),
                Surroundings.unread(NOT_GIVEN));
    }

    private static JsonNode tree(byte[] body) throws UnusableQuestionException {
        try {
            var tree = KubernetesJson.parseJson(body, JsonNode.class);
            if (tree == null || !tree.isObject()) {
                throw new UnusableQuestionException("the body is no JSON object with 'pod' and 'logs'");
            }
            return tree;
        } catch (IOException e) {
            throw new UnusableQuestionException("the body is not valid JSON: " + firstLine(e));
        }
    }

    private static Pod pod(JsonNode given) throws UnusableQuestionException {
        if (!given.isTextual() && !given.isObject()) {
            throw new UnusableQuestionException("'pod' is missing: a pod as YAML text, or as an object");
        }
        try {
            var pod = given.isTextual()
                    ? KubernetesJson.parse(given.asText(), Pod.class)
                    : KubernetesJson.as(given, Pod.class);
            if (pod.getMetadata() == null || pod.getMetadata().getName() == null || pod.getSpec() == null) {
                throw new UnusableQuestionException("'pod' has no metadata.name, or no spec");
            }
            var meta = pod.getMetadata();
            meta.setNamespace(Objects.requireNonNullElse(meta.getNamespace(), "default"));
            meta.setUid(Objects.requireNonNullElse(meta.getUid(), ""));
            return pod;
        } catch (RuntimeException e) {
            throw new UnusableQuestionException("'pod' is not a pod: " + firstLine(e));
        }
    }

    /** As {@code Deployment/web}, or as the object itself; of no controller is known what it does. */
    private static Reading<OwnerChain> owner(JsonNode given, Pod pod) throws UnusableQuestionException {
        if (given.isMissingNode() || given.isNull()) {
            return new Missing<>(Source.OWNERS, NOT_GIVEN);
        }
        var parts = given.isObject()
                ? new String[] {
                    given.path("kind").asText(), given.at("/metadata/name").asText()
                }
                : given.asText().split("/", 2);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new UnusableQuestionException("'owner' is neither a name such as Deployment/web nor an object");
        }
        var meta = pod.getMetadata();
        var ref = new ObjectRef("", parts[0].strip(), meta.getNamespace(), parts[1].strip(), "");
        return new Present<>(new OwnerChain(List.of(new OwnerChain.Unknown(ref))));
    }

    private static List<Failure> failures(Pod pod, Instant now) throws UnusableQuestionException {
        try {
            // Amounts that are none would fail in a rule.
            pod.getSpec().getContainers().forEach(Question::checkAmounts);
            pod.getSpec().getInitContainers().forEach(Question::checkAmounts);
            var failures = Failures.all(pod, now);
            var known = Stream.concat(
                            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                    .map(Container::getName)
                    .toList();
            for (var failure : failures) {
                if (!known.contains(failure.subject().container())) {
                    throw new UnusableQuestionException("'pod' has a status of container "
                            + failure.subject().container() + ", but no such container");
                }
            }
            return failures;
        } catch (RuntimeException e) {
            throw new UnusableQuestionException("'pod' is not a pod: " + firstLine(e));
        }
    }

    private static void checkAmounts(Container container) {
        var resources = container.getResources();
        if (resources == null) {
            return;
        }
        Stream.of(resources.getLimits(), resources.getRequests())
                .filter(Objects::nonNull)
                .forEach(amounts -> amounts.forEach(Question::checkAmount));
    }

    private static void checkAmount(String of, Quantity amount) {
        if (of.equals("memory")) {
            Memory.of(amount);
        } else {
            Amount.of(amount);
        }
    }

    private static List<String> lines(JsonNode given) {
        var lines = new ArrayList<String>();
        if (given.isTextual()) {
            lines.addAll(given.asText().lines().toList());
        }
        given.forEach(line -> lines.add(line.asText()));
        return lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()).stream()
                .map(ForeignText::line)
                .toList();
    }

    private static List<ObservedEvent> events(JsonNode given) {
        var events = new ArrayList<ObservedEvent>();
        given.forEach(event -> events.add(
                event.isTextual()
                        ? new ObservedEvent("", event.asText(), "")
                        : new ObservedEvent(
                                event.path("reason").asText(),
                                event.path("message").asText(),
                                "")));
        return events.subList(Math.max(0, events.size() - ForeignText.EVENTS), events.size());
    }

    private static <T> Reading<List<T>> given(Source source, List<T> list) {
        return list.isEmpty() ? new Missing<>(source, NOT_GIVEN) : new Present<>(list);
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
