package dev.kubesent.function;

import dev.kubesent.function.health.ClusterHealth;
import dev.kubesent.function.health.WorkHealth;
import dev.kubesent.function.http.CoreFunction;
import dev.kubesent.function.http.Shutdown;
import dev.kubesent.function.process.IncidentSampler;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.pipeline.work.Later;
import dev.kubesent.report.Sink;
import dev.kubesent.time.StageClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;

/** What Spring serves and shows of the {@link Core}: it makes nothing of its own that heals. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Door.class)
class KubeSentApplication {

    /** Where traces go is Boot's setting, and switches them on. */
    static final String TRACES_TO = "management.opentelemetry.tracing.export.otlp.endpoint";

    @Bean
    StageClock clock(Core core) {
        return core.clock();
    }

    /** The function that spring-cloud-function-web serves at / and /heal. */
    @Bean
    Function<Message<byte[]>, Message<byte[]>> heal(EventEndpoint endpoint, Settings settings, LocalRun localRun) {
        return settings.isLocal()
                ? new CoreFunction(request -> {
                    localRun.adopt(request); // an embedded cluster has the pods that events tell of, and no others
                    return endpoint.answer(request);
                })
                : new CoreFunction(endpoint::answer);
    }

    /** The function at /diagnose, and under its original name at /analyze. */
    @Bean
    Function<Message<byte[]>, Message<byte[]>> diagnose(DiagnoseEndpoint endpoint) {
        return new CoreFunction(endpoint::answer);
    }

    @Bean
    Function<Message<byte[]>, Message<byte[]>> analyze(DiagnoseEndpoint endpoint) {
        return new CoreFunction(endpoint::answer);
    }

    @Bean
    DiagnoseEndpoint diagnoseEndpoint(Core core, Settings settings, Clock clock) {
        var rationed = Doctors.forQuestions(core.ports().doctor(), settings.doctor(), System.getenv(), clock);
        return new DiagnoseEndpoint(rationed, settings.policies(), settings.maxBody(), settings.maxWork(), clock);
    }

    /** The function at /sweep. */
    @Bean
    Function<Message<byte[]>, Message<byte[]>> sweep(Core core) {
        return new CoreFunction(core.sweeps()::answer);
    }

    @Bean
    EventEndpoint eventEndpoint(Core core) {
        return core.endpoint();
    }

    @Bean(destroyMethod = "") // the core closes it
    Connection connection(Core core) {
        return core.connection();
    }

    @Bean
    Ports ports(Core core) {
        return core.ports();
    }

    @Bean(destroyMethod = "") // the core closes it
    Later later(Core core) {
        return core.later();
    }

    @Bean(destroyMethod = "") // the core closes it
    Sink sink(Core core) {
        return core.sink();
    }

    @Bean
    Shutdown shutdown(Core core) {
        return new Shutdown(core.endpoint(), core.feed(), core.work());
    }

    /** At /actuator/health/readiness. */
    @Bean
    ClusterHealth clusterHealthIndicator(Core core, Settings settings) {
        return core.health(settings);
    }

    /** At /actuator/health/liveness. */
    @Bean
    WorkHealth workHealthIndicator(Core core, DiagnoseEndpoint questions) {
        return new WorkHealth(List.of(core.work()::runsSince, questions::runsSince), core.feed()::dead, core.clock());
    }

    @Bean
    LocalRun localRun(Core core, CommandLine commandLine, Environment environment) {
        return new LocalRun(core.connection(), core.endpoint(), core.sweep(), core.clock(), commandLine, environment);
    }

    @Bean
    SmartInitializingSingleton following(Core core, MeterRegistry meters, ObservationRegistry observations) {
        return () -> core.follow(meters, observations);
    }

    @Bean
    Sampler sampler(Environment environment) {
        return environment.containsProperty(TRACES_TO) ? new IncidentSampler() : Sampler.alwaysOff();
    }
}
