package dev.kubesent.registry;

import dev.kubesent.evidence.ImageRegistry;
import dev.kubesent.evidence.Reading;
import dev.kubesent.evidence.Reading.Missing;
import dev.kubesent.evidence.Reading.Present;
import dev.kubesent.evidence.RegistryFacts;
import dev.kubesent.evidence.RunningImage;
import dev.kubesent.evidence.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import land.oras.ContainerRef;
import land.oras.Registry;
import land.oras.auth.AuthProvider;
import land.oras.auth.NoAuthProvider;
import land.oras.auth.UsernamePasswordProvider;
import land.oras.exception.OrasException;

/** Asks by the OCI distribution API (github.com/opencontainers/distribution-spec), through ORAS. */
public final class OciRegistry implements ImageRegistry {

    /** How a registry is spoken to. */
    public enum Transport {
        TLS,
        PLAIN
    }

    private final Map<String, Transport> registries;
    private final Duration patience;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();

    /** @param registries hosts, with their ports @param patience for one question, all its calls together */
    public OciRegistry(Map<String, Transport> registries, Duration patience) {
        this.registries = Map.copyOf(registries);
        this.patience = patience;
    }

    @Override
    public boolean isAsked(String image) {
        return registries.containsKey(RunningImage.registry(image));
    }

    @Override
    public Reading<RegistryFacts> ask(String image, Optional<Platform> platform, List<Login> logins) {
        var host = RunningImage.registry(image);
        var transport = registries.get(host);
        if (transport == null) {
            return new Present<>(new RegistryFacts.NotAsked());
        }
        var question = asking.submit(() -> {
            var registry = Registry.builder()
                    .withAuthProvider(auth(host, logins))
                    .withInsecure(transport == Transport.PLAIN)
                    .build();
            return new Repository(registry, image, platform).facts(ContainerRef.parse(image));
        });
        try {
            return new Present<>(question.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            question.cancel(true);
            return missing(host, "it did not answer within " + patience.toMillis() / 1000.0 + " s");
        } catch (ExecutionException e) {
            return missing(host, told(Objects.requireNonNullElse(e.getCause(), e)));
        } catch (InterruptedException e) {
            question.cancel(true);
            Thread.currentThread().interrupt();
            return missing(host, "it was not waited for");
        }
    }

    private static Reading<RegistryFacts> missing(String host, String why) {
        return new Missing<>(Source.REGISTRY, host + ": " + why);
    }

    /** Its own text is not told: an answer may hold anything. */
    private static String told(Throwable cause) {
        return switch (cause) {
            case OrasException refused when refused.getStatusCode() > 0 -> "it answered " + refused.getStatusCode();
            case OrasException unreachable
            when unreachable.getCause() != null ->
                "no answer: " + unreachable.getCause().getClass().getSimpleName();
            case RuntimeException other -> "no answer: " + other.getClass().getSimpleName();
            case Throwable defect -> throw new IllegalStateException(defect);
        };
    }

    private static AuthProvider auth(String host, List<Login> logins) {
        return logins.stream()
                .filter(login -> login.host().equals(host))
                .findFirst()
                .<AuthProvider>map(login -> new UsernamePasswordProvider(login.user(), login.password()))
                .orElseGet(NoAuthProvider::new);
    }
}
