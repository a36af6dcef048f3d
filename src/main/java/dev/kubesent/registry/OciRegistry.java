package dev.kubesent.registry;

import dev.kubesent.evidence.ImageRegistry;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.evidence.RunningImage;
import dev.kubesent.evidence.Source;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the registries that the settings name, and remembers what they say. */
public final class OciRegistry implements ImageRegistry {

    /** How a registry is spoken to. */
    public enum Transport {
        TLS,
        PLAIN
    }

    /** Where docker.io is asked. */
    private static final String DOCKER_HUB = "registry-1.docker.io";

    private final Map<String, Transport> registries;
    private final Duration patience;
    private final Remembered remembered;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private Optional<HttpClient> http = Optional.empty();

    /** @param registries hosts, with their ports @param patience for one question, all its calls together */
    public OciRegistry(Map<String, Transport> registries, Duration patience, Clock clock) {
        this.registries = Map.copyOf(registries);
        this.patience = patience;
        this.remembered = new Remembered(clock);
    }

    /** Made for the first question: it reads the JDK's public authorities, for which no other event is to wait (docs/decisions/0143). */
    private synchronized HttpClient http() {
        var client = http.orElseGet(() -> HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        http = Optional.of(client);
        return client;
    }

    @Override
    public boolean isAsked(String image) {
        return registries.containsKey(RunningImage.registry(image));
    }

    @Override
    public Reading<RegistryFacts> ask(String image, Optional<Platform> platform, Optional<Login> login) {
        var host = RunningImage.registry(image);
        var transport = registries.get(host);
        if (transport == null) {
            return new Present<>(new RegistryFacts.NotAsked());
        }
        var reference = Reference.of(image);
        if (reference.isEmpty()) {
            return missing(host, "it can have no image of that name");
        }
        var question = new Remembered.Question(image, platform, login);
        return remembered.answer(question, () -> ask(base(host, transport), reference.get(), question));
    }

    private static URI base(String host, Transport transport) {
        var where = host.equals(RunningImage.DOCKER_HUB) ? DOCKER_HUB : host;
        return URI.create((transport == Transport.PLAIN ? "http://" : "https://") + where + "/");
    }

    private Reading<RegistryFacts> ask(URI base, Reference reference, Remembered.Question question) {
        var host = base.getAuthority();
        var answer = asking.submit(() -> new Repository(
                        new Distribution(http(), base, question.login(), patience), reference, question.platform())
                .facts());
        try {
            return new Present<>(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            return missing(host, "it did not answer within " + patience.toMillis() / 1000.0 + " s");
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case RegistryException refused -> missing(host, String.valueOf(refused.getMessage()));
                case UncheckedIOException noClient -> missing(host, String.valueOf(noClient.getMessage()));
                case null, default -> throw new IllegalStateException(e);
            };
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return missing(host, "it was not waited for");
        }
    }

    private static Reading<RegistryFacts> missing(String host, String why) {
        return new Missing<>(Source.REGISTRY, host + ": " + why);
    }
}
