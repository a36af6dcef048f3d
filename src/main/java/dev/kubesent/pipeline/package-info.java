/**
 * The arrow: event, failure, incident, evidence, diagnosis, gate, remedy, report, as straight-line code.
 *
 * <p>{@link dev.kubesent.pipeline.EventEndpoint} takes a request and gives a reply, whatever the transport; {@link
 * dev.kubesent.pipeline.Pipeline} is what happens between; {@code Healer} decides and acts, {@code Verifier} watches what
 * was changed and takes it back, {@link dev.kubesent.pipeline.Sweep} feeds it what events did not, {@link dev.kubesent.pipeline.Consultation} asks the rules and then a doctor,
 * {@link dev.kubesent.pipeline.diagnose.DiagnoseEndpoint} does nothing but that; {@link
 * dev.kubesent.pipeline.SignatureConfig} reads what the users of the cluster have written. May call every stage; no stage calls it, and nothing here
 * knows Spring. Errors become answers in one place, {@link dev.kubesent.pipeline.Replies}.
 */
@NullMarked
package dev.kubesent.pipeline;

import org.jspecify.annotations.NullMarked;
