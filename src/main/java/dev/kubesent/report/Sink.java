package dev.kubesent.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kubesent.api.v1alpha1.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each change of an incident's phase as a CloudEvent in binary mode to {@code K_SINK}, which a Knative SinkBinding sets: chat, tickets
 * and dashboards hang on there. One at a time, in order, by a thread of its own: healing never waits for it.
 */
public final class Sink implements Reporter, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sink.class);

    /** Events that wait. A sink that is down for longer than these last loses the newest. */
    private static final int WAITING = 256;

    /** For one try, with its body. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Knative's own table of what is worth another try (specs/eventing/data-plane.md). */
    private static final Set<Integer> TRIED_AGAIN = Set.of(404, 408, 409, 429);

    /** @param at when it got to its phase */
    private record Moved(Incident incident, Instant at) {}

    private final BlockingQueue<Moved> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Optional<URI> address;
    private final Origin origin;
    private final Map<String, String> extensions;
    private final Duration[] pauses;
    private final Duration drain;
    private final Optional<Thread> sender;
    private Optional<HttpClient> client = Optional.empty();
    private volatile boolean closing;

    private Sink(
            Optional<URI> address, Origin origin, Map<String, String> extensions, Duration[] pauses, Duration drain) {
        this.address = address;
        this.origin = origin;
        this.extensions = extensions;
        this.pauses = pauses.clone();
        this.drain = drain;
        this.sender = address.map(_ -> Thread.ofVirtual().name("sink").start(this::send));
    }

    /**
     * @param address {@code K_SINK}; where it is empty nobody is told
     * @param origin asked by the thread that sends
     * @param overrides {@code K_CE_OVERRIDES}: extensions that every event gets; empty for none
     * @param pauses before each further try
     * @param drain how long a process that ends goes on sending what waits
     */
    public static Sink at(String address, Origin origin, String overrides, Duration[] pauses, Duration drain) {
        var to = address.isBlank() ? Optional.<URI>empty() : Optional.of(URI.create(address));
        return new Sink(to, origin, extensions(overrides), pauses, drain);
    }

    @Override
    public void tell(Finished finished) {
        // Its phase was told when it was written.
    }

    @Override
    public void moved(Incident incident) {
        if (address.isPresent() && !waiting.offer(new Moved(incident, origin.now()))) {
            LOG.warn(
                    "the sink does not keep up: {} is not sent",
                    incident.getMetadata().getName());
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        if (sender.isPresent() && !sender.get().join(drain)) {
            LOG.warn("{} events are not sent: the sink did not take them in {}", waiting.size(), drain);
            sender.get().interrupt();
        }
    }

    private void send() {
        try {
            while (!closing || !waiting.isEmpty()) {
                var moved = waiting.poll(100, TimeUnit.MILLISECONDS);
                if (moved != null) {
                    deliver(IncidentEvent.of(moved.incident(), origin.source(), moved.at()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(IncidentEvent event) throws InterruptedException {
        var answer = "";
        for (int tries = 0; tries <= pauses.length; tries++) {
            if (tries > 0) {
                Thread.sleep(pauses[tries - 1]);
            }
            try {
                // The time-out of a request ends with the headers; this one is for the body too.
                var status = client().sendAsync(request(event), BodyHandlers.discarding())
                        .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .statusCode();
                if (status < 300) {
                    return;
                }
                answer = "HTTP " + status;
                if (status < 500 && !TRIED_AGAIN.contains(status)) {
                    break;
                }
            } catch (ExecutionException | TimeoutException | IllegalArgumentException | UncheckedIOException e) {
                answer = e.toString();
            }
        }
        LOG.warn("{} is not sent to the sink: {}", event.attributes().get("type"), answer);
    }

    /** Made for the first event: it reads the JDK's public authorities, for which no claim is to wait (docs/decisions/0143). Of the sending thread only. */
    private HttpClient client() {
        var there = client.orElseGet(
                () -> HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
        client = Optional.of(there);
        return there;
    }

    private HttpRequest request(IncidentEvent event) {
        var request = HttpRequest.newBuilder(address.orElseThrow());
        var headers = new LinkedHashMap<>(event.attributes());
        headers.remove("datacontenttype");
        headers.putAll(extensions);
        headers.forEach((name, value) -> request.header("ce-" + name, encoded(value)));
        return request.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event.data().toString()))
                .build();
    }

    /** CloudEvents, HTTP binding, 3.1.3.2: what is no printable ASCII, and space, quote and percent. */
    private static String encoded(String value) {
        var encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append("%%%02X".formatted(b));
            }
        }
        return encoded.toString();
    }

    private static Map<String, String> extensions(String overrides) {
        if (overrides.isBlank()) {
            return Map.of();
        }
        try {
            JsonNode tree = new ObjectMapper().readTree(overrides);
            var extensions = new LinkedHashMap<String, String>();
            tree.path("extensions")
                    .properties()
                    .forEach(extension -> extensions.put(
                            extension.getKey().toLowerCase(Locale.ROOT),
                            extension.getValue().asText()));
            return extensions;
        } catch (IOException e) {
            throw new IllegalArgumentException("K_CE_OVERRIDES is no JSON: " + e.getMessage());
        }
    }
}
