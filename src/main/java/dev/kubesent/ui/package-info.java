/**
 * The page: incidents in a browser, for the person who started it. {@code java -jar kubesent.jar ui}, and the local run.
 *
 * <p>Takes requests of a browser on this machine and the incidents of a {@link dev.kubesent.cluster.ClusterReader}, and gives HTML, JSON and a person's word.
 * {@link dev.kubesent.ui.Page} answers, whichever server took the request; {@link dev.kubesent.ui.Door} says who may ask. May read incidents and nothing else
 * of a cluster, and may write nothing but a person's word, with the person's own rights. All text of others is sent as JSON strings with its control characters
 * escaped; the page's scripts show text and never make markup of it.
 */
@NullMarked
package dev.kubesent.ui;

import org.jspecify.annotations.NullMarked;
