package dev.kubesent.function;

import dev.kubesent.api.v1alpha1.Incident;
import dev.kubesent.api.v1alpha1.Phase;
import dev.kubesent.cluster.eks.EksCluster;
import dev.kubesent.cluster.eks.EksToken;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.pipeline.EventEndpoint;
import dev.kubesent.pipeline.Pipeline;
import dev.kubesent.pipeline.Ports;
import dev.kubesent.pipeline.Resumption;
import dev.kubesent.pipeline.Sweep;
import dev.kubesent.pipeline.TellBack;
import dev.kubesent.pipeline.work.Work;
import dev.kubesent.report.Origin;
import dev.kubesent.time.StageClock;
import dev.kubesent.time.Ticks;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.StandardEnvironment;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Before Lambda takes its snapshot (SnapStart), heals the samples once, so that what an incident needs is loaded and compiled in it.
 *
 * <p>On a cluster of its own in memory, and without a model: no credentials are asked for, no connection is opened, and what must be
 * random (the name of a claim) is drawn when it is needed (docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html). Where it fails,
 * Lambda publishes no version.
 */
final class Priming implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    /** Known to nobody: what is signed with it is thrown away. */
    private static final AwsCredentialsIdentity NOBODY = AwsCredentialsIdentity.create("priming", "priming");

    private final Optional<EksCluster> cluster;

    Priming(Optional<EksCluster> cluster) {
        this.cluster = cluster;
        // It keeps no strong reference: Spring does.
        Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        var clock = new StageClock();
        var settings = Settings.read(Map.<String, String>of()::get, false);
        try (var embedded = new EmbeddedCluster(clock)) {
            var ports = embedded.ports().with(Doctor.none());
            var pipeline = new Pipeline(ports, settings.policies(), _ -> {}, Work.beforeTheAnswer(), clock, "priming");
            var endpoint = new EventEndpoint(
                    pipeline,
                    new Resumption(pipeline, Ticks.ofTheMachine(), (_, _) -> {}),
                    settings.maxBody(),
                    new TellBack.Incidents(Origin.unnamed(clock)));
            new LocalRun(
                            embedded,
                            endpoint,
                            new Sweep(pipeline, ports, clock),
                            clock,
                            CommandLine.parse("--exit"),
                            new StandardEnvironment())
                    .replay(new PrintStream(OutputStream.nullOutputStream()));
            refuseUnlessHealed(ports);
        }
        cluster.ifPresent(eks -> new EksToken(eks, () -> NOBODY, clock).get());
        LOG.info("primed with the sample events");
    }

    /** A defect is answered as 503, and not thrown: what came of the samples tells. */
    private static void refuseUnlessHealed(Ports ports) {
        var healed = ports.reader().list(Incident.class, "demo").stream()
                .anyMatch(incident -> incident.progress().phase() == Phase.Healed);
        if (!healed) {
            throw new IllegalStateException("none of the sample events was healed; see the log");
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // nothing was taken along that would be stale by now
    }
}
