/**
 * The front door: a look at a cluster, or at files, by a person at a terminal. {@code java -jar kubesent.jar scan} and {@code explain}.
 *
 * <p>Takes what the current kubeconfig may read, and gives a {@link dev.kubesent.scan.ScanReport}: every failing workload with its cause, what it rests on, what
 * KubeSent would do and what a person can do. It needs no CRD, no label and no right but reading. May read the cluster, diagnose by the rules, describe
 * a change and, where that is asked for, try it in a dry run; may not ask the gate for leave, write anything, or ask a model.
 */
@NullMarked
package dev.kubesent.scan;

import org.jspecify.annotations.NullMarked;
