package dev.kubesent.function;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application on the embedded cluster, for tests in other packages. */
public final class RunningApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** @param settings such as KUBESENT_MAX_BODY */
    public static RunningApplication start(Map<String, String> settings, String... arguments) {
        var all = Stream.concat(Stream.of("--server.port=0"), Arrays.stream(arguments))
                .toArray(String[]::new);
        return new RunningApplication(Main.start(CommandLine.parse(all), Settings.read(settings::get, false)));
    }

    public int port() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + port() + path);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    WebServer server() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
    }

    @Override
    public void close() {
        context.close();
    }
}
