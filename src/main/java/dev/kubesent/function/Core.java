package dev.kubesent.function;

import dev.kubesent.archive.Archive;
import dev.kubesent.archive.FolderArchive;
import dev.kubesent.archive.TimedArchive;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.diagnosis.model.ModelCalls;
import dev.kubesent.function.health.ClusterHealth;
import dev.kubesent.function.http.Shutdown;
import dev.kubesent.function.process.ProcessName;
import dev.kubesent.function.process.Timer;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.SweepEndpoint;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.pipeline.work.BackgroundWork;
import dev.kubesent.pipeline.work.Later;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.registry.OciRegistry;
import dev.kubesent.report.Backlog;
import dev.kubesent.report.Counters;
import dev.kubesent.report.KubernetesEvents;
import dev.kubesent.report.LogLine;
import dev.kubesent.report.Origin;
import dev.kubesent.report.Reporters;
import dev.kubesent.report.Sink;
import dev.kubesent.report.Traces;
import dev.kubesent.sender.EventRate;
import dev.kubesent.time.StageClock;
import dev.kubesent.time.Ticks;
import dev.kubesent.watch.Feed;
import dev.kubesent.watch.WatchFeed;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * What heals, wired by hand: every stage gets the ports it may hold, and no more. It needs no Spring, is there before that, and begins with the event that
 * has started the process (docs/decisions/0127). Spring's application is given this one, and has no other: it serves the function, and counts and traces.
 *
 * @param backlog keeps what is told before {@link #follow}
 * @param meters of Spring's, from {@link #follow} on
 */
record Core(
        StageClock clock,
        Connection connection,
        Ports ports,
        Work work,
        Pipeline pipeline,
        EventEndpoint endpoint,
        Sweep sweep,
        SweepEndpoint sweeps,
        Feed feed,
        Sink sink,
        Later later,
        Backlog backlog,
        CompletableFuture<MeterRegistry> meters)
        implements AutoCloseable {

    /** For one write; those of an incident are a few kilobytes. */
    private static final Duration ARCHIVE_TIME = Duration.ofSeconds(3);

    /** Of the half minute that is given to all that is around a failure. */
    private static final Duration REGISTRY_TIME = Duration.ofSeconds(10);

    /** @param given the text of an environment variable, empty where it is not set @param work {@link #work}, or what an environment needs that stops the processor */
    static Core of(Settings settings, UnaryOperator<String> given, Connection connection, Work work, StageClock clock) {
        var backlog = new Backlog();
        var meters = new CompletableFuture<MeterRegistry>();
        var ports = ports(connection, settings, meters, clock);
        var origin = origin(settings, ports, clock);
        var sink = sink(given, origin);
        var reporters =
                new Reporters(List.of(new LogLine(), backlog, new KubernetesEvents(ports.records(), clock), sink));
        var name = ProcessName.anew().text();
        var pipeline = new Pipeline(ports, settings.policies(), reporters, work, clock, name);
        var sweep = new Sweep(pipeline, ports, clock);
        var sweeps = new SweepEndpoint(sweep, work, clock, origin);
        var later = later(settings);
        var fed = new CompletableFuture<Feed>(); // by what needs this very resumption
        var resumption = new Resumption(pipeline, clock, later, () -> fed.join().leads());
        var endpoint = new EventEndpoint(
                pipeline,
                resumption,
                new EventRate(pipeline::hasOptedIn, clock),
                settings.maxBody(),
                settings.isLocal() ? new TellBack.Incidents(origin) : new TellBack.Nothing());
        var feed = feed(settings, connection, name, endpoint, sweeps, resumption);
        fed.complete(feed);
        return new Core(
                clock, connection, ports, work, pipeline, endpoint, sweep, sweeps, feed, sink, later, backlog, meters);
    }

    /** Whoever counts and traces is there: it is told what was told before, and all else from now on. */
    void follow(MeterRegistry registry, ObservationRegistry observations) {
        backlog.join(new Reporters(List.of(new Counters(registry, clock), new Traces(observations))));
        meters.complete(registry);
        if (feed.figures().isPresent()) {
            Gauge.builder("kubesent.watch.leads", feed, one -> one.leads() ? 1 : 0)
                    .register(registry);
            Gauge.builder("kubesent.watch.waiting", feed, one -> figures(one).waiting())
                    .register(registry);
            FunctionCounter.builder(
                            "kubesent.watch.again", feed, one -> figures(one).again())
                    .register(registry);
            FunctionCounter.builder(
                            "kubesent.watch.left", feed, one -> figures(one).left())
                    .register(registry);
        }
    }

    private static Feed.Figures figures(Feed feed) {
        return feed.figures().orElseThrow();
    }

    /** What is under way is finished, and new events are sent to somebody else. Bounded by the drain. Once more does no harm. */
    void stop() {
        new Shutdown(endpoint, feed, work).stop();
    }

    /** When nothing works any more: what is told is sent, and the connection closed. */
    @Override
    public void close() {
        try (connection) {
            later.close();
            sink.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What readiness says. */
    ClusterHealth health(Settings settings) {
        return new ClusterHealth(
                connection.ports().reader(),
                settings.policies().gate().ownNamespace(),
                pipeline.signatures()::trouble,
                feed,
                connection.secondGate(clock),
                clock);
    }

    static Work work(Settings settings, Clock clock) {
        return switch (settings.answer()) {
            case LAST -> settings.isLocal() ? Work.beforeTheAnswer() : Work.besideTheRequest(clock);
            case FIRST -> new BackgroundWork(settings.maxWork(), Settings.drain(), clock);
        };
    }

    /**
     * Where the processor stops with the answer, nothing may go on behind it: it would be cut short in the middle of an act, and go on
     * minutes later. The sweep takes up there what was begun.
     */
    private static Later later(Settings settings) {
        return settings.answer() == Settings.Answer.FIRST || settings.isLocal() ? new Timer() : (_, _) -> {};
    }

    private static Ports ports(
            Connection connection, Settings settings, CompletableFuture<MeterRegistry> meters, Clock clock) {
        ModelCalls calls = (model, result, tokens) -> {
            var _ = meters.thenAccept(registry -> calls(registry).called(model, result, tokens));
        };
        Doctor doctor = Doctors.of(settings.doctor(), System.getenv(), calls, clock);
        return connection
                .ports()
                .with(doctor)
                .with(settings.archive()
                        .<Archive>map(folder -> new TimedArchive(new FolderArchive(folder), ARCHIVE_TIME))
                        .orElseGet(Archive::none))
                .with(new OciRegistry(settings.registries(), REGISTRY_TIME, clock));
    }

    static ModelCalls calls(MeterRegistry registry) {
        return (model, result, tokens) -> {
            registry.counter("kubesent.model.calls", "model", model, "result", result.name())
                    .increment();
            registry.counter("kubesent.model.tokens", "model", model).increment(tokens);
        };
    }

    private static Origin origin(Settings settings, Ports ports, Clock clock) {
        return settings.clusterName()
                .map(name -> Origin.named(name, clock))
                .orElseGet(() -> settings.isLocal() ? Origin.unnamed(clock) : Origin.ofCluster(ports.reader(), clock));
    }

    /** {@code K_SINK} and {@code K_CE_OVERRIDES} are set by a SinkBinding (knative/overlays/sink). */
    private static Sink sink(UnaryOperator<String> given, Origin origin) {
        var pauses = new Duration[] {Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(5)};
        return Sink.at(given.apply("K_SINK"), origin, given.apply("K_CE_OVERRIDES"), pauses, Duration.ofSeconds(10));
    }

    private static Feed feed(
            Settings settings,
            Connection connection,
            String name,
            EventEndpoint endpoint,
            SweepEndpoint sweeps,
            Resumption resumption) {
        if (settings.isLocal()) {
            // Nothing was cut short in a cluster that is new, and a round would meet the first sample half made.
            return Feed.events(() -> {});
        }
        var namespace = settings.policies().gate().ownNamespace();
        // Nothing of a watch is loaded where events are sent.
        return switch (settings.feed()) {
            case EVENTS -> Feed.events(resumption::resume);
            case WATCH ->
                new WatchFeed(
                        connection.election(namespace, name),
                        connection.watcher(),
                        endpoint::look,
                        sweeps::begins,
                        resumption::resume,
                        Ticks.ofTheMachine());
        };
    }
}
