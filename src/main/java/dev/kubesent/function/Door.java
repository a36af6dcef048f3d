package dev.kubesent.function;

import dev.kubesent.cluster.KubernetesJson;
import dev.kubesent.event.FirstLook;
import dev.kubesent.event.Glance;
import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.event.Sighting;
import dev.kubesent.function.health.Probe;
import dev.kubesent.function.health.WorkHealth;
import dev.kubesent.function.http.AnswerTimer;
import dev.kubesent.function.http.Bodies;
import dev.kubesent.function.http.CoreFunctions;
import dev.kubesent.function.http.DoorRules;
import dev.kubesent.function.http.DoorValve;
import dev.kubesent.function.http.EarlyDoor;
import dev.kubesent.function.http.Entrance;
import dev.kubesent.function.http.EnvelopeFilter;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.sender.Doorkeeper;
import dev.kubesent.sender.TokenCheck;
import dev.kubesent.time.Ticks;
import dev.kubesent.ui.Page;
import io.fabric8.kubernetes.api.model.Pod;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The wiring of what a request meets before any function does. */
@Configuration(proxyBeanMethods = false)
class Door {

    @Bean
    DoorRules doorRules(Entrance entrance, EventEndpoint events, Settings settings, MeterRegistry registry) {
        var look = events.glance();
        return new DoorRules(
                settings.isLocal() ? Page::isFor : (_, _) -> false,
                entrance,
                path -> Entrance.EVENTS.contains(path) ? look : _ -> Optional.empty(),
                new AnswerTimer(registry));
    }

    /** Where the port was not opened before, the door stands in the server that Boot sets up. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> door(
            ObjectProvider<Front> front, ObjectProvider<DoorRules> rules, Settings settings) {
        return factory -> {
            if (front.getIfAvailable() == null) {
                factory.addEngineValves(opened(settings.maxBody(), rules.getObject()));
            }
        };
    }

    @Bean
    EnvelopeFilter envelopeFilter() {
        return new EnvelopeFilter();
    }

    @Bean
    Entrance entrance(Core core, Settings settings) {
        return entranceTo(core, settings);
    }

    private static Entrance entranceTo(Core core, Settings settings) {
        var senders = settings.senders();
        var tokens = senders.audience()
                .map(audience ->
                        new TokenCheck(core.connection().issuer(), audience, senders.subjects(), core.clock()));
        return new Entrance(new Doorkeeper(tokens, core.clock()), senders.paths());
    }

    static DoorValve opened(long longest, DoorRules rules) {
        var door = new DoorValve(new Bodies(longest, Ticks.ofTheMachine()), EarlyDoor.closed(Ticks.ofTheMachine()));
        door.open(rules);
        return door;
    }

    /** Where senders show a token, its issuer has to be asked first: nothing is answered before what heals is there. */
    static DoorValve early(Settings settings) {
        var ticks = Ticks.ofTheMachine();
        return new DoorValve(new Bodies(settings.maxBody(), ticks), early(settings, ticks));
    }

    private static EarlyDoor early(Settings settings, Ticks ticks) {
        if (settings.feed() != Feeding.EVENTS || settings.isLocal()) {
            return EarlyDoor.closed(ticks);
        }
        return settings.senders().audience().isPresent()
                ? EarlyDoor.forTokens(ticks)
                : EarlyDoor.forEvents(early(settings.senders()), new Unremarkable(), Door::learn, ticks);
    }

    private static Entrance early(Senders anybody) {
        return new Entrance(new Doorkeeper(Optional.empty(), Clock.systemUTC()), anybody.paths());
    }

    /** What needs no application. */
    static CoreFunctions functions(Core core, Settings settings) {
        var cluster = core.health(settings);
        var work = new WorkHealth(List.of(core.work()::runsSince), core.feed()::dead, core.clock());
        return new CoreFunctions(
                entranceTo(core, settings),
                core.endpoint().glance(),
                (path, request) -> path.equals("/sweep")
                        ? core.sweeps().answer(request)
                        : core.endpoint().answer(request),
                core.endpoint()::droppedBefore,
                () -> Probe.status(work.health()),
                () -> Probe.detailed(cluster.health(), "cluster"));
    }

    /** Jackson learns the classes of this very pod: it takes as long as the connection to the API server does, and needs none. */
    private static void learn(Request request) {
        if (FirstLook.at(request).orElse(null) instanceof Sighting.Suspicious(var pod)) {
            pod.body().ifPresent(body -> {
                try {
                    var _ = KubernetesJson.parseJson(body, Pod.class);
                } catch (IOException | RuntimeException e) {
                    LoggerFactory.getLogger(Door.class)
                            .debug("the endpoint says what is wrong with it: {}", e.getMessage());
                }
            });
        }
    }

    /** What is known of an event before anything else is there. */
    static final class Unremarkable implements Glance {

        @Override
        public Optional<Reply> at(Request request) {
            return FirstLook.at(request)
                    .filter(Sighting.Unremarkable.class::isInstance)
                    .map(_ -> Reply.empty(204));
        }

        @Override
        public Optional<Reply> atPod(byte[] bytes, int length) {
            return FirstLook.isWell(bytes, length) ? Optional.of(Reply.empty(204)) : Optional.empty();
        }
    }
}
