/**
 * Why a volume is not to be had.
 *
 * <p>Takes evidence, reads the chain of speakers in conditions and events ({@code diagnosis.kubelet}), and holds it against the pod's spec.
 * What the words mean stands in signatures/volume.yaml.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.volume;

import org.jspecify.annotations.NullMarked;
