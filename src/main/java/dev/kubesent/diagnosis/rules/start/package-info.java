/**
 * Why a container is not created or started.
 *
 * <p>Takes evidence of a crash loop, and of a start that failed reads the chain of speakers in status, events, or the only lines of a log
 * ({@code diagnosis.kubelet}); held against the pod's spec. What the words mean stands in signatures/start.yaml and loader.yaml.
 */
@NullMarked
package dev.kubesent.diagnosis.rules.start;

import org.jspecify.annotations.NullMarked;
