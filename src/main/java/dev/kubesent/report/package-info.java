/**
 * Stage 10: telling.
 *
 * <p>Takes a {@link dev.kubesent.report.Finished} incident and tells it to everybody who listens: Kubernetes Events on
 * the pod and its workload, one log line, counters, the CloudEvent of the reply, and the terminal of a local run. All of
 * them say the same, since all are made from the incident and one {@link dev.kubesent.report.Reason}. May write Events, and
 * read which cluster this is; decides nothing, and its failures change nothing.
 */
@NullMarked
package dev.kubesent.report;

import org.jspecify.annotations.NullMarked;
