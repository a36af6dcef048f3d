/**
 * What foreign text may cost: how long it may be ({@link dev.kubesent.text.ForeignText}), how much looking at it one diagnosis is given
 * ({@link dev.kubesent.text.Effort}), how deep and how often repeated YAML may be ({@link dev.kubesent.text.BoundedYaml}).
 *
 * <p>Takes texts and gives texts. Every stage may call it; it may call none of them, and knows no Kubernetes.
 */
@NullMarked
package dev.kubesent.text;

import org.jspecify.annotations.NullMarked;
