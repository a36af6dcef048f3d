package dev.kubesent.function;

import dev.kubesent.event.Reply;
import dev.kubesent.event.Request;
import dev.kubesent.function.http.AnswerTimer;
import dev.kubesent.function.http.Bodies;
import dev.kubesent.function.http.DoorFilter;
import dev.kubesent.function.http.Entrance;
import dev.kubesent.function.http.EnvelopeFilter;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.sender.Doorkeeper;
import dev.kubesent.sender.TokenCheck;
import dev.kubesent.time.Ticks;
import dev.kubesent.ui.Page;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** The wiring of what a request meets before any function does. */
@Configuration(proxyBeanMethods = false)
class Door {

    @Bean
    FilterRegistrationBean<DoorFilter> doorFilter(
            Entrance entrance, EventEndpoint events, Settings settings, MeterRegistry registry) {
        return first(
                entrance,
                settings.maxBody(),
                (path, request) -> Entrance.EVENTS.contains(path) ? events.atTheDoor(request) : Optional.empty(),
                registry,
                settings.isLocal() ? Page::isFor : (_, _) -> false);
    }

    @Bean
    EnvelopeFilter envelopeFilter() {
        return new EnvelopeFilter();
    }

    @Bean
    Entrance entrance(Doorkeeper doorkeeper, Settings settings) {
        return new Entrance(doorkeeper, settings.senders().paths());
    }

    @Bean
    Doorkeeper doorkeeper(Connection connection, Settings settings, Clock clock) {
        var senders = settings.senders();
        return new Doorkeeper(
                senders.audience()
                        .map(audience -> new TokenCheck(connection.issuer(), audience, senders.subjects(), clock)),
                clock);
    }

    /** Before every filter of Spring's: of what a healthy event cost, they were a third. */
    static FilterRegistrationBean<DoorFilter> first(
            Entrance entrance,
            long longest,
            BiFunction<String, Request, Optional<Reply>> glance,
            MeterRegistry registry,
            BiPredicate<String, String> aside) {
        var bodies = new Bodies(longest, Ticks.ofTheMachine());
        var filter = new FilterRegistrationBean<>(
                new DoorFilter(entrance, bodies, glance, new AnswerTimer(registry), aside));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        return filter;
    }
}
