/**
 * What feeds the stages, and what answers for them: events, sweeps and rounds become claimed incidents, and the work on these has a thread.
 *
 * <p>{@link dev.kubesent.pipeline.EventEndpoint} takes a request and gives a reply, whatever the transport; {@link dev.kubesent.pipeline.Pipeline} looks
 * at the pod and claims; {@link dev.kubesent.pipeline.Sweep} feeds it what events did not, {@link dev.kubesent.pipeline.Resumption} what was cut short;
 * {@code ClaimedWork} has the work done, now or in the background. What is done about an incident is {@link dev.kubesent.lifecycle.Lifecycle}'s. {@link
 * dev.kubesent.pipeline.diagnose.DiagnoseEndpoint} asks for a diagnosis and nothing else. May call every stage; no stage calls it, and nothing here knows
 * Spring. Errors become answers in one place, {@link dev.kubesent.pipeline.Replies}.
 */
@NullMarked
package dev.kubesent.pipeline;

import org.jspecify.annotations.NullMarked;
