/**
 * The ports to the Kubernetes API, and nothing that decides.
 *
 * <p>Takes and gives Kubernetes objects of the fabric8 model. Four ports, by what a caller may do with them: {@link
 * dev.kubesent.cluster.ClusterReader} reads, {@link dev.kubesent.cluster.DryRun} asks the server what it would say,
 * {@link dev.kubesent.cluster.RecordWriter} writes KubeSent's own records (Incidents and Events), and {@link
 * dev.kubesent.cluster.ClusterWriter} changes workloads: only {@code remedy} holds that one. Each has two
 * implementations, {@code cluster.fabric8} for a real API server and {@code cluster.memory} for the local run and pure
 * tests; the same scenarios run on both, so that they cannot drift apart.
 *
 * <p>May not call any stage of the pipeline. Every failure is a {@link dev.kubesent.cluster.ClusterException}; "there is
 * no such object" is an empty Optional, not a failure. No call retries by itself.
 */
@NullMarked
package dev.kubesent.cluster;

import org.jspecify.annotations.NullMarked;
