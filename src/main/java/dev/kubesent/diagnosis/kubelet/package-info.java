/**
 * What Kubernetes says of a pod, taken apart: a message of a container's state or of an Event is a chain of speakers.
 *
 * <p>Takes a message and the pod's own names, and gives {@link dev.kubesent.diagnosis.kubelet.Chain}: clauses, each with who says it and in
 * which phase. The user's own names are hidden before any word is looked for. Pure functions; may call nothing but {@code text}, {@code signature} and
 * the model of a pod. What a clause means, the signatures and rules say.
 */
@NullMarked
package dev.kubesent.diagnosis.kubelet;

import org.jspecify.annotations.NullMarked;
