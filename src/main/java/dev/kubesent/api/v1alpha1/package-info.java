/**
 * The API that people and programs see: the Incident, its spec and status, and the closed sets in them.
 *
 * <p>Gives {@link dev.kubesent.api.v1alpha1.Incident} and what it holds, {@link dev.kubesent.api.v1alpha1.Cause}, {@link
 * dev.kubesent.api.v1alpha1.Place}, {@link dev.kubesent.api.v1alpha1.FailureKind}, {@link dev.kubesent.api.v1alpha1.Phase}, {@link
 * dev.kubesent.api.v1alpha1.RefusalReason}, {@link dev.kubesent.api.v1alpha1.Permission} and {@link dev.kubesent.api.v1alpha1.Deed}, each with what
 * is asked of it and with its sentences for people. The CRD, docs/causes.md and docs/reasons.md are written from it. A status is a value: each of its
 * steps gives the next status. Asks no cluster, knows no stage, and decides nothing; every stage may know it.
 */
@NullMarked
package dev.kubesent.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
