package dev.kubesent.function;

import dev.kubesent.function.http.PageFilter;
import dev.kubesent.ui.Page;
import java.time.Clock;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page of the local run, with what is in memory. A server in a cluster shows nothing to whoever reaches it. */
@Configuration(proxyBeanMethods = false)
class LocalPage {

    private static final String WHERE = "the local run: samples in memory, no cluster";

    @Bean
    PageFilter pageFilter(Connection connection, Settings settings, Clock clock) {
        return new PageFilter(
                settings.isLocal()
                        ? Optional.of(Page.readOnly(connection.ports().reader(), WHERE, clock))
                        : Optional.empty());
    }
}
