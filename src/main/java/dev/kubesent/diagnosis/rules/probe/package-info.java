/**
 * Why a probe fails, and its container is killed.
 *
 * <p>Takes evidence, reads the chain of speakers in conditions and events ({@code diagnosis.kubelet}), and holds it against the pod's spec.
 * What the words mean stands in signatures/probe.yaml.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.probe;

import org.jspecify.annotations.NullMarked;
