/**
 * The web server's edge: what is answered at the door, how large a body may be, and the request and response of a CloudEvent in its binary or structured
 * envelope. Knows servlets and Tomcat, and nothing of pods.
 */
@NullMarked
package dev.kubesent.function.http;

import org.jspecify.annotations.NullMarked;
