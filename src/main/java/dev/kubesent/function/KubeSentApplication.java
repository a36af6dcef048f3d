package dev.kubesent.function;

import dev.kubesent.archive.Archive;
import dev.kubesent.archive.FolderArchive;
import dev.kubesent.archive.TimedArchive;
import dev.kubesent.cluster.eks.EksToken;
import dev.kubesent.cluster.fabric8.KubernetesConnection;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelCalls;
import dev.kubesent.function.health.ClusterHealth;
import dev.kubesent.function.health.WorkHealth;
import dev.kubesent.function.process.ProcessName;
import dev.kubesent.function.process.Timer;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.SweepEndpoint;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.pipeline.diagnose.DiagnoseEndpoint;
import dev.kubesent.pipeline.work.BackgroundWork;
import dev.kubesent.pipeline.work.Later;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.registry.OciRegistry;
import dev.kubesent.report.Counters;
import dev.kubesent.report.KubernetesEvents;
import dev.kubesent.report.LogLine;
import dev.kubesent.report.Origin;
import dev.kubesent.report.Reporter;
import dev.kubesent.report.Reporters;
import dev.kubesent.report.Sink;
import dev.kubesent.report.Traces;
import dev.kubesent.sender.EventRate;
import dev.kubesent.time.StageClock;
import dev.kubesent.time.Ticks;
import dev.kubesent.watch.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;

/** The wiring: every stage gets the ports it may hold, and no more. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Door.class)
class KubeSentApplication {

    /** For one write; those of an incident are a few kilobytes. */
    private static final Duration ARCHIVE_TIME = Duration.ofSeconds(3);

    /** Of the half minute that is given to all that is around a failure. */
    private static final Duration REGISTRY_TIME = Duration.ofSeconds(10);

    @Bean
    StageClock clock() {
        return new StageClock();
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
    DiagnoseEndpoint diagnoseEndpoint(Doctor doctor, Settings settings, Clock clock) {
        var rationed = Doctors.forQuestions(doctor, settings.doctor(), System.getenv(), clock);
        return new DiagnoseEndpoint(rationed, settings.policies(), settings.maxBody(), settings.maxWork(), clock);
    }

    /** The function at /sweep. */
    @Bean
    Function<Message<byte[]>, Message<byte[]>> sweep(SweepEndpoint endpoint) {
        return new CoreFunction(endpoint::answer);
    }

    @Bean
    SweepEndpoint sweepEndpoint(Sweep sweep, Work work, Ticks ticks, Origin origin) {
        return new SweepEndpoint(sweep, work, ticks, origin);
    }

    @Bean
    Sweep sweeping(Pipeline pipeline, Ports ports, Settings settings, Clock clock) {
        return new Sweep(pipeline, ports, clock);
    }

    @Bean
    EventEndpoint eventEndpoint(
            Pipeline pipeline, Resumption resumption, Settings settings, Clock clock, Origin origin) {
        return new EventEndpoint(
                pipeline,
                resumption,
                new EventRate(pipeline::hasOptedIn, clock),
                settings.maxBody(),
                settings.isLocal() ? new TellBack.Incidents(origin) : new TellBack.Nothing());
    }

    @Bean
    Origin origin(Settings settings, Ports ports, Clock clock) {
        return settings.clusterName()
                .map(name -> Origin.named(name, clock))
                .orElseGet(() -> settings.isLocal() ? Origin.unnamed(clock) : Origin.ofCluster(ports.reader(), clock));
    }

    @Bean
    Resumption resumption(Pipeline pipeline, Later later, ObjectProvider<Feed> feed, Ticks ticks) {
        return new Resumption(pipeline, ticks, later, () -> feed.getObject().leads());
    }

    @Bean(destroyMethod = "") // Shutdown closes it, before the web server stops
    Feed feed(
            Settings settings,
            Connection connection,
            ProcessName name,
            EventEndpoint door,
            SweepEndpoint sweep,
            Resumption resumption) {
        if (settings.isLocal()) {
            return Feed.events(
                    () -> {}); // nothing was cut short in a cluster that is new, and a round would meet the first
            // sample half made
        }
        var namespace = settings.policies().gate().ownNamespace();
        return settings.feed().of(connection, namespace, name.text(), door, sweep, resumption);
    }

    @Bean
    ProcessName processName() {
        return ProcessName.anew();
    }

    /**
     * Where the processor stops with the answer, nothing may go on behind it: it would be cut short in the middle of an act, and go on
     * minutes later. The sweep takes up there what was begun.
     */
    @Bean
    Later later(Settings settings) {
        return settings.answer() == Settings.Answer.FIRST || settings.isLocal() ? new Timer() : (_, _) -> {};
    }

    @Bean
    Shutdown shutdown(EventEndpoint endpoint, Feed feed, Work work) {
        return new Shutdown(endpoint, feed, work);
    }

    @Bean(destroyMethod = "") // Shutdown closes it, before the web server stops
    Work work(Settings settings, Clock clock) {
        return switch (settings.answer()) {
            case LAST -> settings.isLocal() ? Work.beforeTheAnswer() : Work.besideTheRequest(clock);
            case FIRST -> new BackgroundWork(settings.maxWork(), Settings.drain(), clock);
        };
    }

    @Bean
    Pipeline pipeline(
            Ports ports, Settings settings, List<Reporter> reporters, Work work, Clock clock, ProcessName name) {
        return new Pipeline(ports, settings.policies(), new Reporters(reporters), work, clock, name.text());
    }

    @Bean(destroyMethod = "close")
    Connection connection(Settings settings, ObjectProvider<Opening> opening, Clock clock) {
        return switch (settings.cluster()) {
            case EMBEDDED -> new EmbeddedCluster(clock);
            case KUBECONFIG, IN_CLUSTER -> {
                var begun = opening.getIfAvailable();
                yield new RealCluster(begun == null ? KubernetesConnection.fromEnvironment() : begun.await());
            }
            case EKS -> {
                var cluster = settings.eks().orElseThrow();
                var token = new EksToken(cluster, new RoleCredentials(), clock);
                yield new RealCluster(
                        KubernetesConnection.to(cluster.endpoint(), cluster.certificateAuthority(), token));
            }
        };
    }

    @Bean
    Doctor doctor(Settings settings, MeterRegistry registry, Clock clock) {
        return Doctors.of(settings.doctor(), System.getenv(), calls(registry), clock);
    }

    static ModelCalls calls(MeterRegistry registry) {
        return (model, result, tokens) -> {
            registry.counter("kubesent.model.calls", "model", model, "result", result.name())
                    .increment();
            registry.counter("kubesent.model.tokens", "model", model).increment(tokens);
        };
    }

    /** At /actuator/health/readiness. */
    @Bean
    ClusterHealth clusterHealthIndicator(
            Connection connection, Settings settings, Pipeline pipeline, Feed feed, Ticks ticks) {
        return new ClusterHealth(
                connection.ports().reader(),
                settings.policies().gate().ownNamespace(),
                pipeline.signatures()::trouble,
                feed,
                connection.secondGate(ticks),
                ticks);
    }

    /** At /actuator/health/liveness. */
    @Bean
    WorkHealth workHealthIndicator(Work work, DiagnoseEndpoint questions, Feed feed, Clock clock) {
        return new WorkHealth(List.of(work::runsSince, questions::runsSince), feed::dead, clock);
    }

    @Bean
    Ports ports(Connection connection, Doctor doctor, Settings settings, Clock clock) {
        return connection
                .ports()
                .with(doctor)
                .with(settings.archive()
                        .<Archive>map(folder -> new TimedArchive(new FolderArchive(folder), ARCHIVE_TIME))
                        .orElseGet(Archive::none))
                .with(new OciRegistry(settings.registries(), REGISTRY_TIME, clock));
    }

    @Bean
    LocalRun localRun(
            Connection connection,
            EventEndpoint endpoint,
            Sweep sweep,
            StageClock clock,
            CommandLine commandLine,
            Environment environment) {
        return new LocalRun(connection, endpoint, sweep, clock, commandLine, environment);
    }

    @Bean
    Reporter logLine() {
        return new LogLine();
    }

    @Bean
    Reporter counters(MeterRegistry registry, Clock clock) {
        return new Counters(registry, clock);
    }

    @Bean
    Reporter traces(ObservationRegistry registry) {
        return new Traces(registry);
    }

    /** Where traces go is Boot's setting, and switches them on. */
    @Bean
    Sampler sampler(Environment environment) {
        var isExported = environment.containsProperty("management.opentelemetry.tracing.export.otlp.endpoint");
        return isExported ? new IncidentSampler() : Sampler.alwaysOff();
    }

    @Bean
    Reporter kubernetesEvents(Ports ports, Clock clock) {
        return new KubernetesEvents(ports.records(), clock);
    }

    /** {@code K_SINK} and {@code K_CE_OVERRIDES} are set by a SinkBinding (knative/overlays/sink). */
    @Bean(destroyMethod = "close")
    Sink sink(Environment environment, Origin origin) {
        var pauses = new Duration[] {Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5)};
        return Sink.at(
                environment.getProperty("K_SINK", ""),
                origin,
                environment.getProperty("K_CE_OVERRIDES", ""),
                pauses,
                Duration.ofSeconds(10));
    }
}
