/**
 * Why the scheduler finds no node.
 *
 * <p>Takes evidence, reads the chain of speakers in conditions and events ({@code diagnosis.kubelet}), and holds it against the pod's spec.
 * The counts of its sentence are weighed here.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.schedule;

import org.jspecify.annotations.NullMarked;
