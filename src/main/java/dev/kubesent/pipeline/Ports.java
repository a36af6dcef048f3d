package dev.kubesent.pipeline;

import dev.kubesent.cluster.ClusterReader;
import dev.kubesent.cluster.ClusterWriter;
import dev.kubesent.cluster.DryRun;
import dev.kubesent.cluster.RecordWriter;
import dev.kubesent.remedy.Pause;

/** What the pipeline reaches the world by. */
public record Ports(ClusterReader reader, DryRun dryRun, RecordWriter records, ClusterWriter writer, Pause pause) {}
