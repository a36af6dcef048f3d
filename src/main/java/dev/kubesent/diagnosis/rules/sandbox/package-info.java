/**
 * Why a pod's sandbox or network is not made.
 *
 * <p>Takes evidence, reads the chain of speakers in conditions and events ({@code diagnosis.kubelet}), and holds it against the pod's spec.
 * What the words mean stands in signatures/sandbox.yaml.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.sandbox;

import org.jspecify.annotations.NullMarked;
