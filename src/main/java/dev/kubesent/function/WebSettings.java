package dev.kubesent.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;

/**
 * The settings of the web server, as far as they are known before Spring has read its own: the port, and ours. Spring's environment would tell them as
 * well, and takes a tenth of a second until it does.
 *
 * @param port 0 for any that is free
 * @param isManaged whether anybody has set anything else of Boot's, or of OpenTelemetry's, which Boot reads as its own: it is to be checked, and done, from the start
 * @param isTraced whether somebody has said where traces go
 * @param ours what application.properties says
 */
record WebSettings(int port, boolean isManaged, boolean isTraced, Properties ours) {

    private static final int USUAL_PORT = 8080;

    private static final String PORT = "server.port";

    private static final String PREFIX = "--";

    private static final List<String> MANAGED = List.of("management.", "otel.", "spring.");

    /** Boot's own, and the variables of OpenTelemetry's that it takes for it. */
    private static final Set<String> TRACES_TO =
            Set.of(KubeSentApplication.TRACES_TO, "otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint");

    /** What Main sets itself. */
    static final String NOT_BESIDE = "spring.backgroundpreinitializer.ignore";

    /** What Boot alone understands: the rest of the web server's settings, a port of its own for the probes, and files that hold more of them. */
    private static final List<String> BOOTS =
            List.of("server.", "management.server.", "spring.config.", "spring.application.json", "spring.profiles.");

    /** Beside which a process may be started, and what Boot reads then; {@code default} is the profile where none is named. */
    private static final List<String> FILES = Stream.of("application", "application-default")
            .flatMap(name -> Stream.of(".properties", ".xml", ".yml", ".yaml").map(name::concat))
            .toList();

    /** @param arguments such as --server.port=8081 @return empty where somebody has set what only Spring Boot understands */
    static Optional<WebSettings> read(List<String> arguments, Map<String, String> environment) {
        var names = Stream.of(
                        arguments.stream().map(argument -> argument.split("=", 2)[0].substring(PREFIX.length())),
                        System.getProperties().stringPropertyNames().stream(),
                        environment.keySet().stream())
                .flatMap(all -> all)
                .map(name -> name.toLowerCase(Locale.ROOT).replace('_', '.'))
                .toList();
        if (names.stream().anyMatch(WebSettings::isBoots)
                || Files.exists(Path.of("config"))
                || FILES.stream().anyMatch(file -> Files.exists(Path.of(file)))) {
            return Optional.empty();
        }
        var isManaged = names.stream().anyMatch(WebSettings::isManaged);
        var isTraced = names.stream().anyMatch(TRACES_TO::contains);
        return port(arguments, environment).map(port -> new WebSettings(port, isManaged, isTraced, file()));
    }

    private static boolean isManaged(String property) {
        return !property.equals(NOT_BESIDE) && MANAGED.stream().anyMatch(property::startsWith);
    }

    private static boolean isBoots(String property) {
        return !property.equals(PORT) && BOOTS.stream().anyMatch(property::startsWith);
    }

    /** In the order in which Boot has them. What is no port Boot refuses, and says why. */
    private static Optional<Integer> port(List<String> arguments, Map<String, String> environment) {
        var flag = PREFIX + PORT + "=";
        var port = arguments.stream()
                .filter(argument -> argument.startsWith(flag))
                .map(argument -> argument.substring(flag.length()))
                .findFirst()
                .or(() -> Optional.ofNullable(System.getProperty(PORT)))
                .or(() -> Optional.ofNullable(environment.get("SERVER_PORT")))
                .orElse(String.valueOf(USUAL_PORT));
        return port.matches("\\d{1,5}") && Integer.parseInt(port) <= 0xFFFF
                ? Optional.of(Integer.parseInt(port))
                : Optional.empty();
    }

    private static Properties file() {
        var ours = new Properties();
        try (var file = WebSettings.class.getResourceAsStream("/application.properties")) {
            if (file == null) {
                throw new IllegalStateException("application.properties is not in the jar");
            }
            ours.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ours;
    }

    /** @param name what follows {@code server.tomcat.} */
    int number(String name) {
        return Integer.parseInt(text(name));
    }

    Duration time(String name) {
        return DurationStyle.detectAndParse(text(name));
    }

    private String text(String name) {
        var text = ours.getProperty("server.tomcat." + name);
        if (text == null) {
            throw new IllegalStateException("application.properties has no server.tomcat." + name);
        }
        return text;
    }
}
