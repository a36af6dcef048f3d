package dev.kubesent.pipeline;

import dev.kubesent.archive.Archive;
import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.diagnosis.model.Doctor;
import dev.kubesent.evidence.ImageRegistry;
import dev.kubesent.remedy.engine.Pause;

/** What the pipeline reaches the world by. */
public record Ports(
        ClusterReader reader,
        DryRun dryRun,
        RecordWriter records,
        ClusterWriter writer,
        Pause pause,
        Doctor doctor,
        Archive archive,
        ImageRegistry registry) {

    /** Without anybody to ask, and nothing kept. */
    public Ports(ClusterReader reader, DryRun dryRun, RecordWriter records, ClusterWriter writer, Pause pause) {
        this(reader, dryRun, records, writer, pause, Doctor.none(), Archive.none(), ImageRegistry.none());
    }

    public Ports with(Doctor other) {
        return new Ports(reader, dryRun, records, writer, pause, other, archive, registry);
    }

    public Ports with(Archive other) {
        return new Ports(reader, dryRun, records, writer, pause, doctor, other, registry);
    }

    public Ports with(ImageRegistry other) {
        return new Ports(reader, dryRun, records, writer, pause, doctor, archive, other);
    }
}
