package dev.kubesent.function;

import dev.kubesent.event.Reply;
import dev.kubesent.function.http.AnswerTimer;
import dev.kubesent.function.http.DoorRules;
import dev.kubesent.function.http.EarlyDoor;
import dev.kubesent.function.http.Entrance;
import dev.kubesent.sender.Doorkeeper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The port and its door, as a function in a cluster has them before there is anything else; for tests in other packages. */
public final class DoorAlone implements AutoCloseable {

    /** The body of an event about a pod that is well. */
    public static final String HEALTHY = healthy();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Front front = Front.open(
            WebSettings.read(List.of("--server.port=0"), Map.of()).orElseThrow(),
            Door.early(Settings.read(Map.of("KUBESENT_CLUSTER", "kubeconfig")::get, false)));

    public EarlyDoor early() {
        return front.door().early();
    }

    /** Everybody is let in everywhere that there is. */
    public static Entrance anybody() {
        return new Entrance(new Doorkeeper(Optional.empty(), Clock.systemUTC()), Set.of("/", "/diagnose", "/analyze"));
    }

    /** An application that answers all that is let in the same. */
    public DoorRules answering(int status) {
        return new DoorRules(
                (_, _) -> false,
                anybody(),
                _ -> _ -> Optional.of(Reply.empty(status)),
                new AnswerTimer(new SimpleMeterRegistry()));
    }

    /** An event of Knative's source, whatever its body. */
    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + front.port() + path))
                .method(method, BodyPublishers.ofString(body))
                .header("content-type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "https://10.0.0.1:443")
                .header("ce-type", "dev.knative.apiserver.resource.update")
                .header("ce-kind", "Pod");
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String healthy() {
        try {
            return Files.readString(Path.of("events/08-healthy.http")).split("\n\n", 2)[1];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        front.close();
    }
}
