package dev.kubesent.function.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.boot.ansi.AnsiOutput;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.boot.system.ApplicationPid;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * The log of a process in which Spring's application may never start: set up by Boot's own {@link LoggingSystem}, from the same settings by the same names
 * ({@code logging.*}), but without Boot's environment. To read all places where settings can be takes a processor for a quarter of a second, and the first
 * event waited for it (docs/decisions/0143). A Spring that starts later finds the log set up.
 */
public final class ApplicationLog {

    private static final Bindable<Map<String, LogLevel>> LEVELS = Bindable.mapOf(String.class, LogLevel.class);

    private static final Bindable<Map<String, List<String>>> GROUPS = Bindable.of(ResolvableType.forClassWithGenerics(
            Map.class,
            ResolvableType.forClass(String.class),
            ResolvableType.forClassWithGenerics(List.class, String.class)));

    private final LoggingSystem system;

    private ApplicationLog(LoggingSystem system) {
        this.system = system;
    }

    /** @param arguments such as {@code --logging.level.root=DEBUG} @param ours application.properties @param usual what all else wins over */
    public static ApplicationLog setUp(List<String> arguments, Properties ours, Map<String, Object> usual) {
        var environment = environment(arguments, ours, usual);
        var system = new LogbackLoggingSystem(ApplicationLog.class.getClassLoader()); // there is no other to look for
        system.beforeInitialize();
        Binder.get(environment)
                .bind("spring.output.ansi.enabled", AnsiOutput.Enabled.class)
                .ifBound(AnsiOutput::setEnabled);
        initialize(system, environment);
        LogEscaping.escape();
        setLevels(system, Binder.get(environment));
        return new ApplicationLog(system);
    }

    /** As Boot has them: who is asked first stands first. */
    private static ConfigurableEnvironment environment(
            List<String> arguments, Properties ours, Map<String, Object> usual) {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.addFirst(new SimpleCommandLinePropertySource(arguments.toArray(String[]::new)));
        sources.addLast(new PropertiesPropertySource("application.properties", ours));
        sources.addLast(new MapPropertySource("usual", usual));
        sources.addLast(new MapPropertySource("process", process()));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    /** What Boot's formats of JSON tell of the process. */
    private static Map<String, Object> process() {
        var process = new HashMap<String, Object>();
        Optional.ofNullable(new ApplicationPid().toLong()).ifPresent(pid -> process.put("spring.application.pid", pid));
        Optional.ofNullable(ApplicationLog.class.getPackage().getImplementationVersion())
                .ifPresent(version -> process.put("spring.application.version", version));
        return process;
    }

    private static void initialize(LoggingSystem system, ConfigurableEnvironment environment) {
        system.getSystemProperties(environment).apply();
        var file = LogFile.get(environment);
        if (file != null) {
            file.applyToSystemProperties();
        }
        system.initialize(
                new LoggingInitializationContext(environment),
                environment.getProperty("logging.config", "").strip(),
                file);
    }

    /** Not those of {@code debug} and {@code trace}: they are of Spring's own loggers, and Spring sets them when it starts. */
    private static void setLevels(LoggingSystem system, Binder settings) {
        var groups = settings.bind("logging.group", GROUPS).orElseGet(Map::of);
        settings.bind("logging.level", LEVELS)
                .orElseGet(Map::of)
                .forEach((name, level) -> groups.getOrDefault(name, List.of(name)).stream()
                        .map(one -> one.equalsIgnoreCase(LoggingSystem.ROOT_LOGGER_NAME)
                                ? LoggingSystem.ROOT_LOGGER_NAME
                                : one)
                        .forEach(logger -> system.setLogLevel(logger, level)));
    }

    /** When nobody tells anything any more. */
    public void stop() {
        Optional.ofNullable(system.getShutdownHandler()).ifPresent(Runnable::run);
    }
}
