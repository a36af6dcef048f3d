/**
 * Stage 7: why not.
 *
 * <p>Takes a {@link dev.kubesent.diagnosis.Diagnosis}, its evidence and the {@link dev.kubesent.change.Plan} to act on it,
 * and gives a {@link dev.kubesent.gate.Verdict}: {@link dev.kubesent.gate.Approved}, or {@link
 * dev.kubesent.gate.Refused} with every reason. It reads the failing pod again, and asks the API server for a dry run of
 * the exact change; it may write nothing. Each constraint answers <em>why not</em>; all are asked and all answers kept.
 * What cannot be told counts as a no. A reason's {@link dev.kubesent.api.v1alpha1.RefusalReason.Weight} says what an approval can
 * set aside.
 *
 * <p>Nobody else can make an {@code Approved}, and remedies take nothing else: an act that was not judged does not
 * compile.
 */
@NullMarked
package dev.kubesent.gate;

import org.jspecify.annotations.NullMarked;
