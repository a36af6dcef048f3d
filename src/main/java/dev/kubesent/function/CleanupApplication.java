package dev.kubesent.function;

import dev.kubesent.cleanup.CleanupSettings;
import dev.kubesent.function.http.AnswerTimer;
import dev.kubesent.function.http.CoreFunction;
import dev.kubesent.function.http.DoorRules;
import dev.kubesent.function.http.Entrance;
import dev.kubesent.function.http.EnvelopeFilter;
import dev.kubesent.sender.Doorkeeper;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.messaging.Message;

/** The cleanup as a function, and nothing else: it holds no cluster, and serves {@code /cleanup} only. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class CleanupApplication {

    /** The request says nothing that is read. */
    private static final long MAX_BODY = 64 << 10;

    private final CleanupEndpoint endpoint;

    CleanupApplication(CleanupSettings settings) {
        this.endpoint = new CleanupEndpoint(settings, Clock.systemUTC());
    }

    static ConfigurableApplicationContext start(CleanupSettings settings, String... more) {
        var application = new SpringApplication(CleanupApplication.class);
        application.addInitializers(
                context -> ((GenericApplicationContext) context).registerBean(CleanupSettings.class, () -> settings));
        application.setDefaultProperties(Map.of("spring.main.banner-mode", "off"));
        // As arguments, since these win over application.properties, which is the healer's.
        var arguments = new ArrayList<>(List.of(
                "--spring.cloud.function.definition=cleanup",
                "--spring.cloud.function.http.POST=cleanup",
                "--management.endpoint.health.group.liveness.include=livenessState",
                "--management.endpoint.health.group.readiness.include=readinessState"));
        arguments.addAll(List.of(more));
        return application.run(arguments.toArray(String[]::new));
    }

    @Bean
    Function<Message<byte[]>, Message<byte[]>> cleanup() {
        return new CoreFunction(endpoint::answer);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> door(MeterRegistry registry) {
        var anybody = new Doorkeeper(Optional.empty(), Clock.systemUTC());
        var rules = new DoorRules(
                (_, _) -> false,
                new Entrance(anybody, Set.of("/", "/cleanup")),
                _ -> _ -> Optional.empty(),
                new AnswerTimer(registry));
        return factory -> factory.addEngineValves(Door.opened(MAX_BODY, rules));
    }

    @Bean
    EnvelopeFilter envelopeFilter() {
        return new EnvelopeFilter();
    }

    /** Before the web server waits for its requests. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        endpoint.stop();
    }
}
